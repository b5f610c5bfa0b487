/** Words that announce a credential of unknown make, whatever the value looks like. Separated by `|`. */
export const SECRET_WORDS =
  'api_key|apikey|api-key|api key|apikeys|api keys|api_token|api-token|api token|apitoken|access_key|access-key|access key|accesskey|access_token|access-token|access token|accesstoken|secret_key|secret-key|secret key|secretkey|secret_access_key|secret access key|secretaccesskey|client_secret|client-secret|client secret|clientsecret|auth_token|auth-token|auth token|authtoken|_auth|auth_key|auth-key|authkey|authentication key|bearer|bearer token|token|tokens|secret|secrets|secret value|credential|credentials|creds|private_key|private-key|private key|privatekey|private token|private-token|personal access token|pat|signing_key|signing key|signingkey|signing secret|signing_secret|encryption_key|encryption-key|encryption key|encryptionkey|webhook_secret|webhook secret|webhooksecret|session_key|session_secret|session_token|session token|sessiontoken|app_key|appkey|app-key|app_secret|appsecret|app secret|application key|consumer_key|consumer_secret|consumer secret|shared_secret|shared secret|sharedsecret|sharedaccesskey|master_key|master-key|master key|masterkey|account_key|account key|accountkey|license_key|license-key|license key|licence key|licensekey|product key|service_key|service key|service token|deploy_key|deploy token|deploy_token|refresh_token|refresh token|refreshtoken|id_token|oauth token|oauth_token|oauth secret|jwt_secret|jwt secret|hmac|hmac key|salt|x-api-key|x-auth-token|authorization|subscription key|subscription_key|subscription-key|ocp-apim-subscription-key|functions-key|storage key|integration key|routing key|routing_key|ingest key|ingestion key|license token|bot token|bot_token|npm token|write key|write_key|writekey|server key|server_key|project key|developer key|developer_key|token secret|token_secret|secret token|secret_token|security token|security_token|csrf token|csrf_token|csrftoken|xsrf-token|authenticity_token|connect.sid|phpsessid|jsessionid|sessionid|session_id|session id|session cookie|aspsessionid|laravel_session|remember_token|totp|otp secret|2fa secret|two-factor secret|mfa secret|authenticator secret|setup key|activation key|preshared key|pre-shared key|presharedkey|psk|wireguard key|ssh key|vault token|service account key|passkey|' +
  'schlüssel|zugangsschlüssel|api-schlüssel|geheimnis|geheimschlüssel|zugriffstoken|zugangstoken|lizenzschlüssel|' +
  "clé api|clé d'api|clé secrète|clé privée|clé d'accès|jeton|jeton d'accès|" +
  'clave api|clave de api|clave secreta|clave privada|clave de acceso|llave api|llave secreta|token de acceso|' +
  'chiave api|chiave segreta|chiave privata|chiave di accesso|' +
  'chave api|chave de api|chave da api|chave secreta|chave privada|chave de acesso|segredo|' +
  'sleutel|api-sleutel|toegangssleutel|geheime sleutel|klucz|klucza|klucz api|klucz prywatny|sekret|nyckel|nyckeln|api-nyckel|api-nyckeln|hemlig nyckel|nøkkel|nøkkelen|api-nøkkel|api-nøkkelen|nøgle|nøglen|api-nøgle|api-nøglen|api-avain|avain|anahtar|anahtarım|api anahtarı|gizli anahtar|klíč|api klíč|kulcs|cheie|cheia api|kunci api|khóa api|' +
  'ключ|апи ключ|api-ключ|секретный ключ|токен|токена|токеном|токен доступа|секрет|ключ доступу|κλειδί|μυστικό κλειδί|مفتاح|رمز الوصول|מפתח|טוקן|कुंजी|टोकन|' +
  '密钥|密鑰|秘钥|令牌|金鑰|私钥|キー|シークレット|トークン|アクセストークン|키|비밀키|토큰|คีย์|โทเคน|โทเค็น'

/** Words around which a value that looks drawn at random is a credential, though they name many other things too. */
export const CREDENTIAL_CUES =
  'key|keys|auth|oauth|authenticate|authenticated|authentication|unauthorized|unauthorised|not authorized|forbidden|401|403|invalid_grant|access denied|permission denied|leak|leaked|leaking|rotate|rotated|revoke|revoked|expired|compromised|log in|login|logging in|logged in|sign in|signin|curl|wget|header|headers|connect|api|sdk|webhook|endpoint|.env|dotenv|env var|environment variable|export|password|pass|vault|credential|sensitive|confidential|secret|private|admin|deploy|ssh|anmelden|einloggen|anmeldung|zugang|clé|connexion|clave|llave|acceso|chiave|accesso|chave|acesso|toegang|dostęp|доступ|войти|авторизац'

/** Words for a password, in the languages a prompt may mix. */
export const PASSWORD_WORDS =
  'password|passwords|passwd|passwort|passwörter|passphrase|pass phrase|pass-phrase|passcode|pass|pwd|psw|pswd|pw|kennwort|zugangsdaten|losungswort|wlan-schlüssel|wifi key|wi-fi key|wpa key|wpa2 key|network key|' +
  'mot de passe|mdp|phrase secrète|contraseña|contrasena|contraseñas|clave|la clave|palabra clave|senha|palavra-passe|palavra passe|parola|parola chiave|parolă|wachtwoord|wachtwoordzin|hasło|haslo|hasła|hasłem|lösenord|losenord|lösenordet|şifre|sifre|şifresi|şifrem|şifreniz|parolası|parolam|salasana|salasanani|adgangskode|adgangskoden|passord|passordet|kodeord|kodeordet|lykilorð|heslo|hesla|jelszó|jelszava|jelszavam|lozinka|šifra|geslo|fjalëkalimi|parool|slaptažodis|kata sandi|mật khẩu|mat khau|nenosiri|' +
  'пароль|пароля|паролем|паролі|парола|лозинка|κωδικός|κωδικός πρόσβασης|συνθηματικό|كلمة المرور|كلمة السر|סיסמה|סיסמא|הסיסמה|पासवर्ड|পাসওয়ার্ড|密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|패스워드|รหัสผ่าน|พาสเวิร์ด|' +
  'db_pass|dbpass|db_password|pgpassword|requirepass|masterauth|userpass|identified by|sshpass'

/** Words for a code of digits that opens a door, a card or an account. */
export const PIN_WORDS =
  "pin|pin code|pin-code|pincode|pin number|pin-nummer|code pin|código pin|codice pin|kod pin|pinkode|pinkod|pin kodu|пин-код|пин код|door code|gate code|alarm code|entry code|lock code|unlock code|safe code|safe combination|safe combo|locker combination|lock combination|combination|keypad code|building code|access code|garage code|lockbox code|voicemail pin|one-time code|one time code|one-time password|verification code|security code|auth code|login code|2fa code|mfa code|sms code|otp|otp code|authenticator code|confirmation code|türcode|zugangscode|tresorcode|alarmcode|sicherheitscode|bestätigungscode|einmalcode|code d'accès|code de la porte|code porte|code de l'alarme|code de sécurité|code de vérification|código de acceso|código de la puerta|código de seguridad|código de verificación|código da porta|codice di accesso|codice porta|codice di verifica|toegangscode|verificatiecode|kod dostępu|kod do drzwi|kod weryfikacyjny|portkod|dörrkod|doğrulama kodu|giriş kodu|код доступа|код подтверждения|код от двери|验证码|驗證碼|門禁密碼|门禁密码|認証コード|인증번호|인증 코드|รหัสพิน|รหัส otp"

/** Words behind which one-time recovery codes are listed. */
export const RECOVERY_WORDS =
  'recovery code|recovery codes|backup code|backup codes|scratch codes|emergency codes|wiederherstellungscode|wiederherstellungscodes|backup-codes|codes de secours|codes de récupération|códigos de recuperación|códigos de respaldo|códigos de recuperação|codici di recupero|codici di backup|herstelcodes|kody zapasowe|kody odzyskiwania|återställningskoder|резервные коды|恢复代码|备用验证码|バックアップコード|recovery key|wiederherstellungsschlüssel|bitlocker'

/** Words behind which the words of a wallet's seed stand. */
export const SEED_WORDS =
  'seed phrase|seed words|recovery phrase|secret recovery phrase|secret phrase|mnemonic|mnemonic phrase|backup phrase|wallet phrase|seedphrase|wiederherstellungsphrase|seed-phrase|phrase de récupération|phrase secrète|frase semilla|frase de recuperación|frase secreta|frase de recuperação|frase seed|frase di recupero|herstelzin|fraza odzyskiwania|сид-фраза|сид фраза|мнемоническая фраза|助记词|助記詞|ニーモニック|시드 구문|復元フレーズ'

/** Tools and statements that take a password without naming it, and where in the line it stands. */
export const COMMAND_WORDS =
  'sshpass|--password|--pass|--passwd|--user|curl|wget|mysql|mysqldump|mysqladmin|mariadb|redis-cli|ldapsearch|ldapadd|sqlcmd|docker login|podman login|helm registry|smbclient|mount.cifs|net use|xfreerdp|rdesktop|plink|pscp|htpasswd|ipmitool|openssl|keytool|convertto-securestring|unzip -p|7z|psexec|evil-winrm|crackmapexec|mongosh|mongo|kinit|chpasswd|svn|lftp|az login|gpg|snmpwalk|cmdkey'

/** Words in front of a user name and password written side by side. */
export const LOGIN_WORDS =
  'credentials|creds|credential|login|logins|log in|log into|log on|logon|logged into|log in as|log in with|logging in as|logged in as|sign in|sign in with|account|user|username|userid|ssh|sftp|ftp|vpn|rdp|wifi|wi-fi|wlan|hotspot|admin|root|admin login|test account|zugangsdaten|anmeldedaten|logindaten|login-daten|einloggen mit|anmelden mit|benutzer|identifiants|connexion|credenciales|acceso|usuario|credenziali|accesso|utente|credenciais|inloggegevens|dane logowania|inloggningsuppgifter|giriş bilgileri|учетные данные|учётные данные|логин|帳號|账号|アカウント|계정'

/** Where a wrapped credential may begin: headers, files and parameters of fixed form. */
export const WRAPPINGS =
  'cookie:|set-cookie:|document.cookie|--cookie|sig=|signature=|x-amz-security-token=|wifi:|"kty"|"auth"|:5432:|:3306:|:aa|otpauth|-us1|-us2|-us3|-us4|-us5|-us6|-us7|-us8|-us9|_mmk|0q~|1q~|2q~|3q~|4q~|5q~|6q~|7q~|8q~|9q~|enc[aes256_gcm|$ansible_vault|mnemonic|contribsys__com'
