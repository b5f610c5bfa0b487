import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startUp, type Up } from '../run-command.ts'
import { type Behaviour, type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/*
 * What must never be written down, said in every place where a request or an answer can say it, and then looked
 * for in everything that the product keeps, prints and shows.
 */

/** Eighteen hexadecimal digits that stand nowhere else, the same in each run: what a text is labelled as must not be drawn. */
const mark = (name: string): string =>
  createHash('sha256').update(`canary of ${name}`).digest('hex').slice(0, 18)

const CANARIES = {
  key: `cw-${randomBytes(32).toString('base64url')}`,
  'wrong key': `cw-${randomBytes(32).toString('base64url')}`,
  // Two vendors' ways of making keys: one that anyone would know for a key, and one that nobody would.
  'vendor credential': `sk-${randomBytes(24).toString('hex')}`,
  'plain vendor credential': `heron.bucket.${randomBytes(3).toString('hex')}`,
  'text of a user': `the grey heron ${mark('heron')} waits`,
  'text of the system': `the tide table ${mark('table')} is wrong`,
  'text of a tool’s argument': `the ferry ${mark('ferry')} is late`,
  'text of a tool’s result': `the gate ${mark('gate')} is shut`,
  metadata: `the pier ${mark('pier')} is closed`,
  'text of no JSON': `the quay ${mark('quay')} is wet`,
  'name of a repeated key': `the jetty ${mark('jetty')}`,
  'value of the wrong type': `the buoy ${mark('buoy')} is red`,
  'a query': `lagoon-${mark('lagoon')}`,
  card: '4111 1111 1111 1111',
  iban: 'DE89 3704 0044 0532 0130 00',
  answer: 'word3 word4 word5',
} as const
type Canary = keyof typeof CANARIES

/** How a text may stand in a file: as it is, without blanks, escaped, or encoded at any of three offsets. */
const spellings = (text: string): readonly string[] => {
  const bytes = Buffer.from(text)
  const inBase64 = [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // Characters at both ends depend on what stands beside.
    const inner = encoded.slice(offset === 0 ? 0 : 4, encoded.length - 4)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [
    ...new Set([
      text,
      text.replaceAll(' ', ''),
      text.replaceAll(' ', '-'),
      text.replaceAll(' ', '+'),
      encodeURIComponent(text),
      JSON.stringify(text).slice(1, -1),
      JSON.stringify(JSON.stringify(text)).slice(3, -3),
      bytes.toString('hex'),
      bytes.toString('utf16le'),
      ...inBase64,
    ]),
  ].filter((spelling) => spelling.length >= 8)
}

const found = (where: string, content: Buffer | string): readonly string[] => {
  const text = typeof content === 'string' ? content : content.toString('latin1')
  return Object.entries(CANARIES).flatMap(([name, canary]) =>
    spellings(canary)
      .filter((spelling) => text.includes(spelling))
      .map((spelling) => `${name} in ${where}, as ${spelling.slice(0, 12)}…`),
  )
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

test('the search finds a canary in every spelling', () => {
  const { iban } = CANARIES
  for (const text of [
    iban,
    encodeURIComponent(iban),
    iban.replaceAll(' ', ''),
    Buffer.from(`x${iban}yz`).toString('base64'),
    Buffer.from(`xy${iban}z`).toString('base64url'),
    Buffer.from(iban).toString('hex'),
  ])
    assert.notDeepEqual(found('here', `before ${text} after`), [], text)
  assert.deepEqual(found('here', 'DE89 •••• 3000'), [])
})

const SESSION = `session-${mark('session')}`
const CHAT = '/v1/chat/completions'

const chat = (model: string, stream: boolean, sensitive: boolean) => ({
  model,
  stream,
  messages: [
    { role: 'system', content: CANARIES['text of the system'] },
    { role: 'user', content: sensitive ? `${CANARIES.card} and ${CANARIES.iban}` : 'Hello.' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: {
            name: 'note',
            arguments: JSON.stringify({ note: CANARIES['text of a tool’s argument'] }),
          },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: CANARIES['text of a tool’s result'] },
    { role: 'user', content: CANARIES['text of a user'] },
  ],
  metadata: { note: CANARIES.metadata },
})
const message = (model: string, stream: boolean) => ({
  model,
  stream,
  max_tokens: 20,
  system: CANARIES['text of the system'],
  messages: [{ role: 'user', content: CANARIES['text of a user'] }],
})

describe('what was said is kept nowhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-privacy-'))
  let vendor: SimulatedVendor
  let up: Up
  /** What the control port and the open paths showed while it ran. */
  const shown: (readonly [string, string])[] = []
  const answers: (readonly [Behaviour, number])[] = []
  /** Credentials that clients got to see. */
  const toClients: string[] = []
  /** What was found before any upstream had repeated a prompt, and after some had. */
  const quiet: string[] = []
  const echoed: string[] = []

  const ask = async (
    behaviour: Behaviour,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<void> => {
    vendor.behave(behaviour)
    const response = await up.post(path, CANARIES.key, body, {
      'x-causeway-session': SESSION,
      ...headers,
    })
    const text = await response.text()
    toClients.push(...found('an answer to a client', text).filter((hit) => hit.includes('credential')))
    answers.push([behaviour, response.status])
  }

  before(async () => {
    vendor = await startSimulatedVendor()
    const target = (name: string, side: 'closed' | 'own', secret: string): string =>
      `  - { name: ${name}, provider: openai-compatible, url: "${vendor.url}", model: simulated-vendor-model, side: ${side}, simulated: true, addresses: [127.0.0.0/8], credential: env:${secret} }\n`
    writeFileSync(join(folder, 'key'), `${CANARIES.key}\n`, { mode: 0o600 })
    writeFileSync(
      join(folder, 'causeway.yaml'),
      `listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }\ndata: ./data\ntargets:\n${target('closed', 'closed', 'VENDOR_KEY')}${target('home', 'own', 'HOME_KEY')}routes:\n  - { name: auto, targets: [closed, home], objective: ordered }\nkeys:\n  - { name: dev, secret: "file:./key", uses: [general] }\n`,
    )
    up = await startUp(['--no-engine'], {
      cwd: folder,
      environment: {
        PATH: '/nonexistent',
        HOME: folder,
        VENDOR_KEY: CANARIES['vendor credential'],
        HOME_KEY: CANARIES['plain vendor credential'],
      },
    })
    await talk()
    await look()
    quiet.push(...everywhere())
    await talkToEchoes()
    await look()
    echoed.push(...everywhere())
    assert.equal(await up.stop(), 0, up.err())
    quiet.push(...found('stdout', up.out()), ...found('stderr', up.err()))
  })
  after(async () => {
    await vendor.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const talk = async (): Promise<void> => {
    for (const stream of [false, true]) {
      await ask('answer', CHAT, chat('auto', stream, false))
      await ask('answer', CHAT, chat('auto', stream, true))
      await ask('answer', '/v1/messages', message('auto', stream))
      await ask('cut-middle', CHAT, chat('home', stream, true))
      await ask('error-event', CHAT, chat('home', stream, true))
    }
    await ask('answer', CHAT, chat('closed', false, true))
    await ask('answer', `${CHAT}?note=${CANARIES['a query']}`, chat('auto', false, false))
    await ask('answer', '/v1/embeddings', { model: 'home', input: CANARIES['text of a user'] })
    await ask(
      'answer',
      CHAT,
      `{"model":"auto","messages":[{"role":"user","content":"${CANARIES['text of no JSON']}`,
    )
    await ask('answer', CHAT, `${CANARIES['text of no JSON']} {"model":"auto"}`)
    const repeated = CANARIES['name of a repeated key']
    await ask('answer', CHAT, `{"model":"auto","messages":[],"x":{"${repeated}":1,"${repeated}":2}}`)
    await ask('answer', CHAT, {
      ...chat('auto', false, false),
      temperature: CANARIES['value of the wrong type'],
    })
    await ask('answer', CHAT, { model: 'auto', messages: CANARIES['value of the wrong type'] })
    await ask('answer', CHAT, {
      model: 'auto',
      messages: [{ role: CANARIES['value of the wrong type'], content: 'Hello.' }],
    })
    await ask('answer', CHAT, chat('auto', false, false), {
      authorization: `Bearer ${CANARIES['wrong key']}`,
    })
    await ask('answer', CHAT, chat('auto', false, false), { 'x-api-key': CANARIES['wrong key'] })
    await askEcho('echo-401')
  }
  const askEcho = async (behaviour: Behaviour): Promise<void> => {
    await ask(behaviour, CHAT, chat('closed', false, false))
    await ask(behaviour, CHAT, chat('home', true, true))
    await ask(behaviour, '/v1/messages', message('home', false))
  }
  const talkToEchoes = async (): Promise<void> => {
    await askEcho('echo-400')
    await askEcho('echo-500')
  }

  const look = async (): Promise<void> => {
    const keep = async (where: string, response: Response): Promise<string> => {
      const text = await response.text()
      assert.equal(response.status, 200, `${where}: ${text}`)
      shown.push([where, text])
      return text
    }
    for (const path of ['/metrics', '/readyz', '/healthz'])
      await keep(path, await fetch(`${up.gatewayUrl}${path}`))
    await keep('/api/overview', await up.control('/api/overview'))
    await keep('/api/status', await up.control('/api/status'))
    const list = await keep('/api/requests', await up.control('/api/requests?limit=100'))
    const ids = new Set(list.match(/cw_[0-9a-z]{26}/g) ?? [])
    assert.equal(ids.size, answers.length, 'a record for every request')
    for (const id of ids) await keep('/api/requests/ID', await up.control(`/api/requests/${id}`))
  }

  test('everything was said, and what was permitted arrived', () => {
    const received = vendor.seen.map(({ headers, body }) => `${JSON.stringify(headers)} ${body}`).join('\n')
    const arrived: readonly Canary[] = [
      'vendor credential',
      'plain vendor credential',
      'text of a user',
      'text of the system',
      'text of a tool’s argument',
      'text of a tool’s result',
      'metadata',
      'card',
      'iban',
    ]
    for (const name of arrived) assert.ok(received.includes(CANARIES[name]), name)
    assert.ok(!received.includes(CANARIES.key) && !received.includes(CANARIES['wrong key']))
    const statuses = new Set(answers.map(([, status]) => status))
    for (const status of [200, 400, 401, 403, 502]) assert.ok(statuses.has(status), String(status))
  })

  const everywhere = (): readonly string[] => [
    ...filesIn(join(folder, 'data')).flatMap((file) => found(relative(folder, file), readFileSync(file))),
    ...shown.flatMap(([where, text]) => found(where, text)),
  ]

  test('no file, no output and no view holds any of it', () => {
    const ledger = filesIn(join(folder, 'data')).filter((file) => file.includes('ledger'))
    assert.ok(
      ledger.some((file) => readFileSync(file).includes(SESSION)),
      'the session is kept by design, so the search looks in the right place',
    )
    assert.deepEqual(
      [...new Set(quiet)].filter((hit) => !isPlain(hit)),
      [],
    )
    assert.deepEqual(
      toClients.filter((hit) => !isPlain(hit)),
      [],
    )
  })

  test('nor a credential that does not look like one, when its vendor repeats it in a refusal', () => {
    assert.deepEqual([...new Set([...quiet, ...toClients])].filter(isPlain), [])
  })

  test('nor where an upstream’s error repeats what it was asked', () => {
    assert.deepEqual(
      [...new Set(echoed)].filter((hit) => !isPlain(hit)),
      [],
    )
  })
})

const isPlain = (hit: string): boolean => hit.startsWith('plain vendor credential')
