import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { JsonObject, Kind } from '../domain/index.ts'
import { createLabeller } from './label.ts'
import { ownDetectors } from './own/index.ts'
import { standingOf } from './standing.ts'
import { callOf } from './testing.ts'

const labeller = createLabeller()
const kindsOf = (json: JsonObject): readonly Kind[] =>
  labeller.label(callOf(json), { carries: [] }, null).kinds

const tool = (name: string, description: string, properties: JsonObject = {}): JsonObject => ({
  tools: [{ type: 'function', function: { name, description, parameters: { type: 'object', properties } } }],
})

describe('what is somebody’s is found in a definition as anywhere', () => {
  const cases: readonly (readonly [Kind, string, JsonObject])[] = [
    ['contact', 'an address in a description', tool('send', 'Sends to ines.fahl@tarnbridge.de by default.')],
    ['contact', 'a name in a description', tool('send', 'Ask Grace Miller before anything is sent.')],
    ['contact', 'a family name in a description', tool('send', 'Escalate to Kowalczyk.')],
    [
      'contact',
      'names to choose from',
      tool('pick', 'Picks', { who: { enum: ['Grace Miller', 'Ines Fahl'] } }),
    ],
    [
      'contact',
      'single names to choose from',
      tool('pick', 'Picks', { who: { enum: ['Anna', 'Kowalczyk'] } }),
    ],
    [
      'contact',
      'a name beside words of a program',
      tool('pick', 'Picks', { who: { enum: ['all_users', 'Grace Miller'] } }),
    ],
    [
      'contact',
      'single names beside words of a program',
      tool('pick', 'Picks', { who: { enum: ['all_users', 'Kowalczyk'] } }),
    ],
    [
      'contact',
      'names with two capitals',
      tool('pick', 'Picks', { who: { enum: ['McDonald', 'Kowalczyk'] } }),
    ],
    ['contact', 'a default', tool('pick', 'Picks', { who: { type: 'string', default: 'Grace Miller' } })],
    ['contact', 'an example', tool('pick', 'Picks', { who: { examples: ['Kowalczyk'] } })],
    ['contact', 'a number that rings', tool('call', 'Calls the desk, +49 30 901820.')],
    ['contact', 'a title of two words', { tools: [{ name: 'x', input_schema: { title: 'Grace Miller' } }] }],
    ['contact', 'a name with a blank for a tool', tool('Grace Miller', 'Picks')],
    ['payment', 'a number in a tool’s name', tool('pay_DE89370400440532013000', 'Pays')],
    [
      'secret',
      'a key for a tool’s name',
      tool(`sk-ant-${'api03-Zx8Qm2Vt7Lp4Rk9Wd3Hs6Yb1Nc5Jf0Ga8Ue2Io4'}`, 'Pays'),
    ],
    [
      'financial',
      'a payslip',
      tool('pay', 'Payslip for Ines Fahl: gross pay 3,210.00 EUR, net pay 2,188.40 EUR.'),
    ],
    ['health', 'an illness', tool('ask', 'My aunt has epilepsy and takes lamotrigine.')],
    [
      'contract',
      'a clause',
      tool(
        'x',
        'This Agreement is made between Alpha GmbH and Beta Ltd. The Supplier shall indemnify the Customer against all claims. Governing law: England.',
      ),
    ],
    [
      'contact',
      'a constant of a form',
      { text: { format: { schema: { properties: { a: { const: 'Grace Miller' } } } } } },
    ],
  ]
  for (const [kind, what, json] of cases) {
    test(what, () => assert.ok(kindsOf(json).includes(kind), JSON.stringify(kindsOf(json))))
  }
})

describe('a name is somebody’s wherever the protocol does not say that it is a program’s', () => {
  const cases: readonly (readonly [string, JsonObject])[] = [
    ['who speaks', { messages: [{ role: 'user', name: 'Victor', content: 'x' }] }],
    [
      'a part of a turn',
      { messages: [{ role: 'user', content: [{ type: 'text', name: 'Victor', text: 'x' }] }] },
    ],
    [
      'what a tool was called with',
      {
        messages: [
          { role: 'assistant', content: [{ type: 'tool_use', name: 'f', input: { name: 'Victor' } }] },
        ],
      },
    ],
    [
      'the same as JSON in a string',
      {
        messages: [
          { tool_calls: [{ function: { name: 'f', arguments: '{"type":"function","name":"Victor"}' } }] },
        ],
      },
    ],
    ['what a tool brought back', { messages: [{ role: 'tool', content: '{"tools":[{"name":"Victor"}]}' }] }],
    ['a list in the place of a name', { messages: [{ role: 'tool', name: ['Victor'] }] }],
    ['an object in the place of a name', { messages: [{ role: 'tool', name: { of: 'Victor' } }] }],
  ]
  for (const [what, json] of cases) test(what, () => assert.deepEqual(kindsOf(json), ['contact']))
})

test('an organisation’s own words are found in identifiers too', () => {
  const words = [
    { name: 'projects', kind: 'internal' as const, type: 'INTERNAL', exactCase: false, words: ['bluebird'] },
  ]
  const own = ownDetectors({ words, patterns: [], examples: [] })
  const call = callOf(tool('bluebird', 'Picks'))
  assert.deepEqual(createLabeller({ own }).label(call, { carries: [] }, null).kinds, ['internal'])
})

test('the same text is read by its place, though verdicts are remembered', () => {
  const name = { tools: [{ name: 'Victor', description: 'Picks' }] }
  const turn = { messages: [{ role: 'user', content: 'Victor' }] }
  assert.deepEqual(kindsOf(name), [])
  assert.deepEqual(kindsOf(turn), ['contact'])
  assert.deepEqual(kindsOf(name), [])
})

test('places that only look like a definition are none', () => {
  for (const path of [
    'messages[0].tools[0].name',
    'tools',
    'tooling[0].name',
    'tools[0].function.parameters{}.name',
    'input[0].name',
  ])
    assert.equal(standingOf(path, 'Victor'), null, path)
  assert.equal(standingOf('tools[0].name', 'Victor'), 'name')
  assert.equal(standingOf('input[2].tools[0].name', 'Victor'), 'name')
  assert.equal(standingOf('tools[0].name', 'Victor Miller'), 'definition')
  assert.equal(standingOf('tools[0].input_schema.properties.due_date.title', 'Due Date'), 'name')
  assert.equal(standingOf('tools[0].input_schema.properties.due_date.title', 'Ines Fahl'), 'definition')
  assert.equal(standingOf('tools[0].parameters.properties.name.default', 'Victor'), 'example')
})

describe('programs’ addresses are nobody’s, and people’s beside them somebody’s', () => {
  const kinds = (text: string) => labeller.find(text).flatMap(({ kind }) => kind ?? [])
  for (const text of [
    'noreply@tarnbridge.de',
    'Do_Not_Reply@tarnbridge.de',
    'notifications@tarnbridge.de',
    'git@tarnbridge.de:tools/x.git',
  ])
    test(text, () => assert.deepEqual(kinds(text), []))
  for (const text of [
    'noreply+ines.fahl@tarnbridge.de',
    '4711+ines@users.noreply.tarnbridge.de',
    'norman.reply@tarnbridge.de',
    'write to git@tarnbridge.de today',
  ])
    test(text, () => assert.deepEqual(kinds(text), ['contact']))
})

describe('user names', () => {
  const found = (text: string) => labeller.find(text).some(({ type }) => type === 'USERNAME')
  for (const text of [
    'Her Slack handle is ifahl_7',
    'handle: "ifahl"',
    'username: ifahl_7',
    'name,user,age\nx,ifahl_7,3',
    '| Tool | User |\n|--|--|\n| x | ifahl_7 |',
  ])
    test(text, () => assert.ok(found(text)))
  for (const text of [
    'Handle "partial" reads.',
    'user_id: {"device_id":"1"}',
    'A user, a folder or a file (by-name, by-date), as you wish to have it sorted. Ask.\nOne, by-name, three',
    '| Tool | Kind |\n|--|--|\n| `ask_user` | x |\n| `write_list` | y |',
    'A handle to a server-side session',
  ])
    test(text, () => assert.ok(!found(text)))
})

describe('names in instructions', () => {
  const people = (text: string) =>
    labeller.find(text).flatMap(({ type, start, end }) => (type === 'PERSON' ? text.slice(start, end) : []))
  test('an assistant’s own name is none, and somebody’s beside it is', () => {
    const text =
      'You are Aria, a helpful assistant of a clinic. Aria is brief. Appointments go to Aria Miller and to Kowalczyk.'
    assert.deepEqual(people(text), ['Aria Miller', 'Kowalczyk'])
  })
  test('a person who is addressed stays one', () => {
    assert.deepEqual(people('You are Aria Kowalczyk, our agent for claims.'), ['Aria Kowalczyk'])
  })
  for (const text of [
    'Per-command limits apply.',
    '### Tone\nBe brief.',
    'Fields "M H DoM Mon DoW"',
    'Hällo gemini',
    'Reads PDFs for LLMs.',
  ])
    test(text, () => assert.deepEqual(people(text), []))
})

describe('members of an object in a program are no turns of a conversation', () => {
  const found = (text: string) => labeller.find(text).some(({ type }) => type === 'CREDIT_CARD')
  test('members', () => {
    const told = `The first half of the run is slow.${' It is what it is.'.repeat(9)}\n`
    assert.ok(
      !found(`${told}  model: 'large',\n  most: 4539 5787,\n  model: 'small',\n  least: 6362 1486,\n`),
    )
  })
  test('turns', () => {
    assert.ok(found('model: the first half is 4539 5787\nuser: go on\nmodel: and then 6362 1486\n'))
  })
})

describe('documentation and papers', () => {
  const kinds = (text: string) => new Set(labeller.find(text).flatMap(({ kind }) => kind ?? []))
  test('a program ends a session as a contract does, without one', () => {
    const text =
      '- Ends a task that runs\n- Takes a `task_id`\n- Use it when you need to terminate the agreement early'
    assert.deepEqual([...kinds(text)], [])
  })
  test('a clause among names of code is a clause', () => {
    const text =
      'Put this into `terms_of_use`: The Supplier shall indemnify the Customer against all claims. This Agreement is governed by the laws of England.'
    assert.ok(kinds(text).has('contract'))
  })
  test('an assistant that works on papers is not one, and a paper put before it is', () => {
    const roles = [
      'You are an expert contract reviewer. For each clause state: risk, who bears it, suggested wording. Flag missing termination, liability and governing law clauses.',
      'You are HR-Bot. Answer questions on leave, payroll dates and benefits from the handbook.',
    ]
    for (const role of roles) assert.deepEqual([...kinds(role)], [], role)
    const clause =
      'The Tenant shall keep the premises in good repair and shall not assign this Lease without the prior written consent of the Landlord.'
    assert.ok(kinds(`You are an assistant. ${clause}`).has('contract'))
    assert.ok(
      kinds('You are the buyer. Takeover of Alpha AG by Beta Ltd for 120 million, not yet announced.').has(
        'financial',
      ),
    )
    assert.ok(kinds('You are a helper. STRICTLY CONFIDENTIAL: the menu.').has('internal'))
  })
  test('a property of an object has no owner', () => {
    const code = '\n```ts\nexport const f = (x: X) => {\n  return x.size;\n}\n```\n'
    assert.deepEqual(
      [...kinds(`The \`size\` property of the stats object. Confidential clients keep it.${code}`)],
      [],
    )
    assert.ok(kinds(`// Property of Tarn Bridge Ltd, may not be reproduced.${code}`).has('source_code'))
  })
  test('a mark far from any code marks none', () => {
    const prose = 'The boats lay still in the evening light and nobody said a word about it. '.repeat(60)
    const code = 'export const f = (x: X) => {\n  return x.size;\n}\n'
    assert.deepEqual([...kinds(`Please do not share lyrics.\n${prose}\n${code}`)], [])
    assert.ok(kinds(`${prose}\n// Our proprietary code, do not share\n${code}`).has('source_code'))
  })
})
