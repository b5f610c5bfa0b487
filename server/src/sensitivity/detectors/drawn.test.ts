import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sight } from '../sight.ts'

/* Nothing here is anyone's: every value is drawn at run time. */
let state = 77
const draw = (alphabet: string, length: number): string =>
  Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return alphabet.charAt(Math.floor((state / 2147483648) * alphabet.length))
  }).join('')

const SMALL = 'abcdefghijklmnopqrstuvwxyz'
const BOTH = SMALL + SMALL.toUpperCase()
const ALL = `${BOTH}0123456789`
const hex = (length: number): string => draw('0123456789abcdef', length)
const uuid = (): string => [8, 4, 4, 4, 12].map(hex).join('-')
const base64 = (length: number): string => `${draw(`${ALL}+/`, length - 1)}=`

const VALUES: readonly (() => string)[] = [
  () => draw(ALL, 32),
  () => draw(ALL, 20),
  () => hex(32),
  () => hex(40),
  () => draw(SMALL, 32),
  () => draw(BOTH, 24),
  () => base64(44),
  () => `${draw(SMALL, 4)}_${draw(ALL, 32)}`,
  () => `${draw(ALL, 24)}.${draw(ALL, 6)}.${draw(ALL, 30)}`,
]

/** How a credential of no known make is written down, in code, files, commands and speech. */
const ANNOUNCED = [
  'API_KEY={X}',
  'export ACME_API_TOKEN="{X}"',
  'apiKey: {X}',
  '{"client_secret":"{X}"}',
  '{\\"api_key\\": \\"{X}\\"}',
  '<add key="ApiKey" value="{X}" />',
  '<apiKey>{X}</apiKey>',
  'X-Api-Key: {X}',
  'Authorization: Token {X}',
  'acmectl --api-key {X} list',
  'the API key is {X}',
  'use token {X} to log in',
  'Mein API-Schlüssel lautet {X}.',
  'Ma clé API est {X}',
  'mi clave de API es {X}',
  'La chiave API è {X}',
  'a chave da API é {X}',
  'de API-sleutel is {X}',
  'klucz API to {X}',
  'API-nyckeln är {X}',
  'api anahtarı: {X}',
  'api-ключ: {X}',
  'API密钥是{X}',
  'APIキーは{X}です',
  'API 키는 {X} 입니다',
  'AccountName=a;AccountKey={X};EndpointSuffix=core',
  'api_key: str = "{X}"',
  'os.getenv("API_KEY", "{X}")',
  '| API key | {X} |',
  '**API key:** `{X}`',
  'variable "api_key" {\n  default = "{X}"\n}',
  '$env:API_KEY = "{X}"',
  '//r.io/:_authToken={X}',
  'git clone https://oauth2:{X}@git.x.io/a/b.git',
]

/** Drawn as well, and nobody's secret. */
const HARMLESS: readonly (() => string)[] = [
  () => `commit ${hex(40)}\nAuthor: x\n\n    refactor the token refresh`,
  () => `${hex(40)} fix token refresh\n${hex(40)} rotate keys`,
  () => `docker pull registry.io/app@sha256:${hex(64)}`,
  () => `MD5 (token.bin) = ${hex(32)}`,
  () => `trace_id=${hex(32)} span_id=${hex(16)} msg="auth failed"`,
  () => `{"tool_call_id":"call_${draw(ALL, 24)}","content":"ok"}`,
  () => `{"id":"toolu_01${draw(ALL, 22)}","type":"tool_use"}`,
  () => `{"id":"resp_${hex(48)}"}`,
  () => `{"id":"rs_${hex(50)}","encrypted_content":"gAAAAAB${draw(ALL, 400)}"}`,
  () => `{"signature":"${base64(268)}"}`,
  () => `"integrity": "sha512-${base64(88)}",`,
  () => `<script nonce="${draw(ALL, 22)}" integrity="sha384-${base64(64)}"></script>`,
  () => `data:image/png;base64,${base64(900)}`,
  () => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${draw(ALL, 43)} me@box`,
  () => `-----BEGIN CERTIFICATE-----\n${draw(ALL, 64)}\n${draw(ALL, 64)}\n-----END CERTIFICATE-----`,
  () => `https://docs.google.com/spreadsheets/d/${draw(ALL, 44)}/edit#gid=0`,
  () => `GET /api/v1/users/${hex(24)} 200 12ms`,
  () => `customer cus_${draw(ALL, 14)} paid with pm_${draw(ALL, 24)}`,
  () => `user id ${draw(ALL, 28)} logged in`,
  () => `tx 0x${hex(64)} on mainnet`,
  () => `ssh fingerprint SHA256:${draw(ALL, 43)}`,
  () => `public key: ${base64(44)}`,
  () => `session ${uuid()} expired for user`,
  () => `{"key":"${uuid()}","label":"x"}`,
  () => `next_page_token: ${draw(ALL, 40)}`,
  () => `deployment dpl_${draw(ALL, 28)} ready`,
]

const secrets = (text: string): readonly string[] =>
  sight(text)
    .filter(({ kind }) => kind === 'secret')
    .map(({ start, end }) => text.slice(start, end))

describe('credentials of no known make', () => {
  for (const text of ANNOUNCED) {
    test(text, () => {
      const missed = VALUES.map((make) => make()).filter(
        (value) => !secrets(text.replace('{X}', () => value)).some((seen) => seen.includes(value)),
      )
      // One draw in a hundred or so looks like words by chance.
      assert.ok(missed.length <= 1, missed.join(' '))
    })
  }

  test('an address that is called secret, a literal in pieces, a header with a user in it', () => {
    const address = `https://hooks.x.io/in/${draw('ABCDEFGH12345678', 9)}/${draw(ALL, 24)}`
    assert.deepEqual(secrets(`Treat ${address} as secret.`), [address])
    const [head, tail] = [draw(ALL, 9), draw(ALL, 14)]
    assert.deepEqual(secrets(`sessionToken: "${head}" + "${tail}"`), [`${head}" + "${tail}`])
    const login = Buffer.from(`nina:${draw(ALL, 10)}`).toString('base64')
    assert.ok(secrets(`Authorization: Basic ${login}`).includes(login))
  })
})

describe('drawn and harmless', () => {
  for (const make of HARMLESS) {
    test(make().slice(0, 48), () => {
      for (let i = 0; i < 5; i += 1) {
        const text = make()
        assert.deepEqual(secrets(text), [], text)
      }
    })
  }
})
