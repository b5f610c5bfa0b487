/** Words that announce a credential of unknown make. Separated by `|`. */
export const SECRET_WORDS =
  'api_key|apikey|api-key|api key|api_token|api token|access_key|access key|accesskey|access_token|access token|accesstoken|secret_key|secret key|secretkey|secret_access_key|client_secret|client secret|clientsecret|auth_token|auth token|authtoken|auth_key|bearer|token|secret|secrets|credential|credentials|private_key|private key|privatekey|signing_key|signing key|encryption_key|encryption key|encryptionkey|webhook_secret|session_key|session_secret|session_token|app_key|app_secret|appsecret|app secret|consumer_secret|shared_secret|shared secret|master_key|master key|account_key|accountkey|license_key|service_key|deploy_key|refresh_token|id_token|jwt_secret|hmac|salt|x-api-key|authorization|schlüssel|zugangsschlüssel|api-schlüssel|geheimnis|clé api|clé secrète|clave api|clave secreta|chiave api|chiave segreta|密钥|令牌'

/** Words for a password, in the languages a prompt may mix. */
export const PASSWORD_WORDS =
  'password|passwords|passwd|passwort|passphrase|passcode|pass|pwd|psw|kennwort|zugangsdaten|mot de passe|mdp|contraseña|contrasena|clave|senha|palavra-passe|parola|wachtwoord|hasło|haslo|lösenord|losenord|şifre|sifre|şifresi|şifrem|salasana|adgangskode|passord|密码|口令|パスワード|비밀번호|รหัสผ่าน|pin|pin code|sshpass -p|db_pass|dbpass|db_password|requirepass|userpass'
