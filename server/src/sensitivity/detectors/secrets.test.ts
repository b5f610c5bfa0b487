import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { sight } from '../sight.ts'

/*
 * Every credential here is made up at run time, so that no line of this file looks like one.
 */
let seed = 7
const random = (alphabet: string, length: number): string =>
  Array.from({ length }, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return alphabet.charAt(Math.floor((seed / 2147483648) * alphabet.length))
  }).join('')

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const HEX = '0123456789abcdef'

const found = (text: string) =>
  sight(text)
    .filter(({ type }) => type === 'SECRET' || type === 'PASSWORD')
    .map(({ type, sub, start, end }) => ({ type, sub, value: text.slice(start, end) }))

const makes: readonly (readonly [string, string])[] = [
  ['aws_access_key_id', `AKIA${random(UPPER, 16)}`],
  ['github_token', `ghp_${random(LETTERS, 36)}`],
  ['github_token', `github_pat_${random(LETTERS, 22)}_${random(LETTERS, 59)}`],
  ['gitlab_token', `glpat-${random(LETTERS, 20)}`],
  ['slack_token', `xoxb-${random('0123456789', 12)}-${random('0123456789', 12)}-${random(LETTERS, 24)}`],
  ['stripe_key', `sk_live_${random(LETTERS, 24)}`],
  ['openai', `sk-proj-${random(LETTERS, 48)}`],
  ['anthropic', `sk-ant-api03-${random(LETTERS, 80)}`],
  ['google_api_key', `AIza${random(LETTERS, 35)}`],
  ['npm', `npm_${random(LETTERS, 36)}`],
  ['huggingface', `hf_${random(LETTERS, 34)}`],
  ['sendgrid', `SG.${random(LETTERS, 22)}.${random(LETTERS, 43)}`],
  ['digitalocean', `dop_v1_${random(HEX, 64)}`],
  ['databricks', `dapi${random(HEX, 32)}`],
  ['groq', `gsk_${random(LETTERS, 52)}`],
]

describe('credentials with a prefix', () => {
  for (const [sub, value] of makes) {
    test(sub, () => {
      for (const text of [value, `key = "${value}"`, `use ${value}, please.`, `{"k":"x\\n${value}"}`]) {
        const [first] = found(text)
        assert.deepEqual(first, { type: 'SECRET', sub, value }, text.slice(0, 12))
      }
      const [label] = sight(value)
      assert.ok(label !== undefined && label.masked.length < 20 && !label.masked.includes(value.slice(-6)))
    })
  }

  test('not stand-ins, words, or the middle of words', () => {
    const texts = [
      `AKIA${'IOSFODNN7'}EXAMPLE`,
      `ghp_${'x'.repeat(36)}`,
      'sk-your-api-key-goes-here-please-replace',
      'task-management-and-planning-for-everybody',
      `X${makes[0]?.[1]}`,
      'hf_transformers_model_name_or_path_default',
    ]
    for (const text of texts) assert.deepEqual(found(text), [], text.slice(0, 12))
  })
})

describe('credentials by their wrapping', () => {
  const body = Array.from({ length: 6 }, () => random(LETTERS, 64)).join('\n')
  test('private keys, whole or cut', () => {
    const head = `-----BEGIN RSA ${'PRIVATE'} KEY-----\n`
    const whole = `${head}${body}\n-----END RSA ${'PRIVATE'} KEY-----`
    assert.deepEqual(found(`key:\n${whole}\nok`)[0], { type: 'SECRET', sub: 'private_key', value: whole })
    assert.equal(found(`${head}${body}`)[0]?.sub, 'private_key')
    assert.equal(found(JSON.stringify(whole))[0]?.sub, 'private_key')
    assert.deepEqual(found(`${head}...\n-----END RSA ${'PRIVATE'} KEY-----`), [])
    assert.deepEqual(found(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`), [])
  })

  test('web tokens, logins in addresses, headers', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const jwt = `${part({ alg: 'HS256' })}.${part({ sub: '17', admin: true })}.${random(LETTERS, 43)}`
    assert.equal(found(`cookie ${jwt};`)[0]?.value, jwt)
    const pass = random(LETTERS, 12)
    assert.equal(found(`postgres://app:${pass}@db:5432/x`)[0]?.sub, 'connection_string')
    assert.equal(found(`see redis://:${pass}@cache:6379`)[0]?.value, `redis://:${pass}@cache:6379`)
    const bearer = random(LETTERS, 40)
    assert.equal(
      found(`Authorization: Bearer ${bearer}`).some(({ value }) => value === bearer),
      true,
    )
    for (const text of [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
      'postgres://app:${PASSWORD}@db/x',
      'postgres://user:password@localhost/db',
      'https://example.com:8080/path@2',
      'Authorization: Bearer $TOKEN',
      'bearer of bad news everywhere',
    ])
      assert.deepEqual(found(text), [], text)
  })

  test('a value that looks random beside a word that announces a secret', () => {
    const value = random(LETTERS, 32)
    for (const text of [
      `api_key=${value}`,
      `"client_secret": "${value}"`,
      `my access token is ${value}`,
      `githubToken: '${value}'`,
    ]) {
      assert.deepEqual(
        found(text).map((each) => each.value),
        [value],
        text.slice(0, 20),
      )
    }
    for (const text of [
      'token = os.getenv("GITHUB_TOKEN")',
      'api_key: your-api-key-here-1234',
      'secret: {{ vault.path }}',
      'the secret ingredient is love-and-patience',
      'tokens: 1234567890',
      `commit ${random(HEX, 40)}`,
      'access token expires_in_seconds',
    ])
      assert.deepEqual(found(text), [], text)
  })
})

describe('credentials of fixed form', () => {
  const values = (text: string) => found(text).map(({ value }) => value)

  test('checksums make surer, and a wrong one takes nothing away', () => {
    const body = random(LETTERS, 30)
    const base = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    let rest = crc32(body)
    let check = ''
    for (let i = 0; i < 6; i += 1) {
      check = base.charAt(rest % 62) + check
      rest = Math.floor(rest / 62)
    }
    assert.equal(sight(`ghp_${body}${check}`)[0]?.confidence, 0.99)
    assert.equal(sight(`ghp_${body}000000`)[0]?.confidence, 0.97)
  })

  test('keys of SSH and PuTTY, and the private part of a JSON web key', () => {
    const body = random(LETTERS, 400)
    const ssh2 = `---- BEGIN SSH2 ENCRYPTED ${'PRIVATE'} KEY ----\nComment: "x"\n${body}\n---- END SSH2 ENCRYPTED ${'PRIVATE'} KEY ----`
    assert.deepEqual(values(`see\n${ssh2}\nthere`), [ssh2])
    const putty = `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${body}\nPrivate-MAC: ${random(HEX, 64)}`
    assert.deepEqual(values(putty), [putty])
    const d = random(LETTERS, 43)
    assert.deepEqual(values(`{"kty":"EC","crv":"P-256","x":"${random(LETTERS, 43)}","d":"${d}"}`), [d])
    assert.deepEqual(values(`{"kty":"EC","crv":"P-256","x":"${random(LETTERS, 43)}"}`), [])
  })

  test('what is assigned begins at its first letter, also where that could open a literal', () => {
    for (const first of ['b', 'f', 'r', 'u', 'a']) {
      const drawn = first + random(LETTERS, 31)
      for (const text of [`token: ${drawn}`, `token = ${first}"${drawn}"`, `TOKEN=${drawn}`])
        assert.deepEqual(
          found(text).map(({ value }) => value),
          [drawn],
          text.slice(0, 12),
        )
      const uuid = `${first}7b1fbf6-d43d-41d1-8306-94c3bb959159`
      if (/[a-f]/.test(first))
        for (const name of ['session_id', 'access_id', 'tokenId'])
          assert.deepEqual(found(`{"user_id": "x", "${name}": ${uuid}}\n${name}: ${uuid}`), [], name)
    }
  })

  test('cookies: what opens a session, not what counts visits', () => {
    const session = random(LETTERS, 26)
    assert.deepEqual(values(`Cookie: _ga=GA1.2.1234567.1234567; PHPSESSID=${session}; theme=dark`), [session])
    assert.deepEqual(values('Cookie: theme=dark; lang=en; cookieconsent=yes'), [])
  })

  test('marks inside: Azure, Mailchimp, MaxMind, Telegram', () => {
    for (const value of [
      `${random(LETTERS, 3)}8Q~${random(LETTERS, 34)}`,
      `${random(HEX, 32)}-us14`,
      `${random(LETTERS, 6)}_${random(LETTERS, 29)}_mmk`,
      `${random('123456789', 10)}:AA${random(LETTERS, 33)}`,
    ]) {
      assert.deepEqual(values(`we use ${value} there`), [value])
    }
  })

  test('files of tools, sealed files, seeds', () => {
    const password = random(LETTERS, 12)
    const login = Buffer.from(`nina:${password}`).toString('base64')
    assert.ok(values(`{"auths":{"r.io":{"auth": "${login}"}}}`).includes(login))
    assert.deepEqual(values(`db.x.io:5432:shop:nina:${password}\n`), [password])
    assert.equal(
      found(`$ANSIBLE_VAULT;1.1;AES256\n${random(HEX, 80)}\n${random(HEX, 80)}`)[0]?.sub,
      'ansible_vault',
    )
    const words = Array.from({ length: 24 }, () => random('abdeilnorst', 5)).join(' ')
    assert.deepEqual(values(`My recovery phrase is: ${words}`), [words])
    assert.deepEqual(values(`My recovery phrase is: ${words.slice(0, 60)}`), [])
  })
})

describe('passwords', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['the wifi password is flame889 please', 'flame889'],
    ['Passwort: Sommer2024!', 'Sommer2024!'],
    ['password for the vpn is Qr7!dke#39', 'Qr7!dke#39'],
    ['DB_PASSWORD=hunter2x', 'hunter2x'],
    ['{"password":"correcthorse"}', 'correcthorse'],
    ["sshpass -p 'dash889' ssh x", 'dash889'],
    ['la contraseña es Verano#24', 'Verano#24'],
    ['mot de passe : Soleil2024', 'Soleil2024'],
    ['密码是Abc12345', 'Abc12345'],
    ['with password R3boot!Now', 'R3boot!Now'],
  ]
  for (const [text, value] of cases) {
    test(text, () =>
      assert.ok(
        found(text).some((each) => each.type === 'PASSWORD' && each.value === value),
        JSON.stringify(found(text)),
      ),
    )
  }
  for (const text of [
    'my password is not accepted',
    'password must have 8 characters',
    'const password = await hash(input)',
    'def f(username, password): return 1',
    'password: string',
    'POSTGRES_PASSWORD=example',
    'forgot my password again',
    'PASSWORD=$SECRET',
    'password = getpass()',
    'type="password" name="password"',
  ]) {
    test(`nothing in: ${text}`, () => assert.deepEqual(found(text), []))
  }
})
