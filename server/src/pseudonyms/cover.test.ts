import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callOf, chat, coverText, restore, secret, siteOf, ways } from '../../test/fixture/pseudonyms.ts'
import { createPseudonyms, emptyMapping, type Site } from './index.ts'

const NAMED = 'Letter to Frau Maria Schneider, maria.schneider@firma.test.'
const VALUES = [
  ['Maria Schneider', 'PERSON'],
  ['maria.schneider@firma.test', 'EMAIL'],
] as const

test('a name and what is made of it are replaced together, and nothing else', () => {
  const covered = coverText(NAMED, VALUES)
  const found = /^Letter to Frau (\p{Lu}\p{Ll}+) (\p{Lu}\p{Ll}+), (.+)@example\.(?:com|org|net)\.$/u.exec(
    covered.text,
  )
  assert.ok(found, covered.text)
  assert.equal(
    found[3],
    `${found[1]}.${found[2]}`
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, ''),
  )
  assert.deepEqual(covered.left, [])
  assert.doesNotMatch(covered.source, /maria|schneider|firma/i)
})

test('later mentions that nobody found are covered in every spelling', () => {
  const text = `${NAMED} Maria wrote. Schneider, Maria; MARIA SCHNEIDER; Schneiders Hund; M. Schneider; maria_schneider.pdf; mschneider; maria-schneider`
  const covered = coverText(text, VALUES)
  assert.doesNotMatch(covered.source, /maria|schneider/i)
  assert.equal(restore(covered, covered.text), text)
})

test('a word that is a name and a word at once stays a word where a name is not meant', () => {
  const text = 'Ask Mark May first. May I mark it? Then Mark May will see. In May we met; Mark knows.'
  const covered = coverText(text, [['Mark May', 'PERSON']])
  assert.match(covered.text, /\. May I mark it\?/)
  assert.doesNotMatch(covered.text, /Mark May/)
  assert.equal(restore(covered, covered.text), text)
})

test('the rest of the source survives character by character', () => {
  const spelled = `{ "model" : "auto",\n "unknown":{"n":1.0e2,"z":0.10,"u":"\\u00e9\\/"}, "messages":[ {"role":"user","content":"Hi \\u004daria \\"Kowalski\\"\\n"} ] }`
  const text = 'Hi Maria "Kowalski"\n'
  const call = callOf(null, spelled)
  const site = siteOf('messages[0].content', text, [
    ['Maria', 'PERSON'],
    ['Kowalski', 'PERSON'],
  ])
  const { source } = createPseudonyms({ secret }).cover(call, [site], ways, emptyMapping)
  const [before = '', after = ''] = spelled.split('\\u004daria \\"Kowalski\\"')
  assert.ok(source.startsWith(before), source)
  assert.ok(source.endsWith(after), source)
  assert.doesNotMatch(JSON.parse(source).messages[0].content, /Maria|Kowalski/)
})

test('JSON inside strings is edited inside, and long numbers outside strings by digits', () => {
  const inner = JSON.stringify({
    to: 'Maria Schneider',
    deep: JSON.stringify({ iban: 'DE89 3704 0044 0532 0130 00' }),
  })
  const call = callOf(
    null,
    `{"model":"auto","messages":[{"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":[{"id":"Maria","type":"function","function":{"name":"pay","arguments":${JSON.stringify(inner)}}}]}],"card":4111111111111111}`,
  )
  const path = 'messages[1].tool_calls[0].function.arguments{}'
  const sites: readonly Site[] = [
    siteOf(`${path}.to`, 'Maria Schneider', [['Maria Schneider', 'PERSON']]),
    siteOf(`${path}.deep{}.iban`, 'DE89 3704 0044 0532 0130 00', [['DE89 3704 0044 0532 0130 00', 'IBAN']]),
    siteOf('card', '4111111111111111', [['4111111111111111', 'CREDIT_CARD']]),
  ]
  const covered = createPseudonyms({ secret }).cover(call, sites, ways, emptyMapping)
  const body = JSON.parse(covered.source)
  const args = JSON.parse(body.messages[1].tool_calls[0].function.arguments)
  assert.doesNotMatch(args.to, /Maria|Schneider/)
  assert.match(JSON.parse(args.deep).iban, /^DE\d\d 9999 \d{4} \d{4} \d{4} \d\d$/)
  assert.match(covered.source, /"card":400000\d{10}\}$/)
  assert.equal(body.messages[1].tool_calls[0].id, 'Maria', 'ids are the protocol’s own')
  assert.deepEqual(covered.left, ['messages[1].tool_calls[0].id'], 'and so what stands in one is told')
})

test('what cannot be replaced is told by its place', () => {
  const body = {
    model: 'auto',
    messages: [{ role: 'user', content: 'see attached' }],
    tools: [{ type: 'function', function: { name: 'x', parameters: { 'maria@firma.test': 1 } } }],
  }
  const sites: readonly Site[] = [
    siteOf('tools[0].function.parameters (key 0)', 'maria@firma.test', [['maria@firma.test', 'EMAIL']]),
    siteOf('headers.anthropic-beta', 'maria@firma.test', [['maria@firma.test', 'EMAIL']]),
    {
      ...siteOf('messages[0].content', 'see attached', []),
      spans: [{ start: 0, end: 3, type: 'EMAIL', kind: 'contact', confidence: 1, encoded: true }],
    },
    siteOf('messages[0].content[*]', 'maria@firma.test', [['maria@firma.test', 'EMAIL']]),
  ]
  const covered = createPseudonyms({ secret }).cover(callOf(body), sites, ways, emptyMapping)
  assert.deepEqual([...covered.left].sort(), [
    'headers.anthropic-beta',
    'messages[0].content',
    'messages[0].content[*]',
    'tools[0].function.parameters (key 0)',
  ])
})

test('a value known from elsewhere that stands in a key is told too', () => {
  const text = 'Write to maria@firma.test'
  const call = callOf({
    model: 'auto',
    messages: [{ role: 'user', content: text }],
    extra: { 'maria@firma.test': true },
  })
  const covered = createPseudonyms({ secret }).cover(
    call,
    [siteOf('messages[0].content', text, [['maria@firma.test', 'EMAIL']])],
    ways,
    emptyMapping,
  )
  assert.deepEqual(covered.left, ['extra (key 0)'])
})

test('secrets are masked, numbered by value, and kept nowhere', () => {
  const covered = coverText('one sk-abc123XYZ789 two sk-def456UVW000 again sk-abc123XYZ789', [
    ['sk-abc123XYZ789', 'SECRET'],
    ['sk-def456UVW000', 'SECRET'],
  ])
  assert.equal(covered.text, 'one [CREDENTIAL] two [CREDENTIAL 2] again [CREDENTIAL]')
  assert.equal(covered.mapping.size, 0)
  assert.equal(restore(covered, '[CREDENTIAL]'), '[CREDENTIAL]')
  assert.equal(covered.room.isStandIn(covered.mapping, '[CREDENTIAL 2]', 'SECRET'), true)
  assert.equal(covered.room.isStandIn(covered.mapping, '[ABC 123]', 'LICENSE_PLATE'), false)
})

test('signs of what a whole text is have no stand-in', () => {
  const text = 'This agreement is made between the parties'
  const site = siteOf('messages[0].content', text, [['agreement', 'CONTRACT']])
  const covered = createPseudonyms({ secret }).cover(
    chat(text),
    [site],
    { contract: 'pseudonyms' },
    emptyMapping,
  )
  assert.deepEqual(covered.left, ['messages[0].content'])
  assert.equal(covered.source, chat(text).source)
})

test('stand-ins stay through a conversation, and two values never share one', () => {
  const first = coverText(NAMED, VALUES)
  const more = `${NAMED} And Peter Schneider, Maria Huber.`
  const second = coverText(
    more,
    [...VALUES, ['Peter Schneider', 'PERSON'], ['Maria Huber', 'PERSON']],
    first.mapping,
    first.room,
  )
  assert.ok(second.text.startsWith(first.text), `${first.text} | ${second.text}`)
  assert.equal(restore(second, second.text), more)
  const people = Array.from(
    { length: 400 },
    (_, i) =>
      `Ab${'cdefghijklmnopqrst'.charAt(i % 18)}${'aeiou'.charAt(i % 5)}${String.fromCharCode(97 + (i % 26), 97 + ((i * 7) % 26))}n Quor${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}ski`,
  )
  const many = `${people.join('; ')}.`
  const covered = coverText(
    many,
    people.map((one) => [one, 'PERSON'] as const),
  )
  assert.deepEqual(covered.left, [])
  assert.equal(restore(covered, covered.text, 'text', 50), many)
})

test('another conversation has other stand-ins for the same value', () => {
  assert.notEqual(coverText(NAMED, VALUES).text, coverText(NAMED, VALUES).text)
})

test('a client that writes a stand-in gets nothing for it: the original draws another', () => {
  const first = coverText(NAMED, VALUES)
  const standIn = /Frau (\S+) (\S+),/.exec(first.text)
  const asked = `${NAMED} Who is ${standIn?.[1]} ${standIn?.[2]}?`
  const second = coverText(asked, VALUES, first.mapping, first.room)
  assert.ok(second.text.endsWith(`Who is ${standIn?.[1]} ${standIn?.[2]}?`), second.text)
  const now = /Frau (\S+) (\S+),/.exec(second.text)
  assert.notEqual(now?.[2], standIn?.[2])
  assert.equal(restore(second, `${standIn?.[1]} ${standIn?.[2]}`), `${standIn?.[1]} ${standIn?.[2]}`)
  assert.equal(restore(second, `${now?.[1]} ${now?.[2]}`), 'Maria Schneider')
})

test('spans that overlap, are empty, or cut a character in two do no harm', () => {
  const text = '😀 Maria 😀 DE89 3704 0044 0532 0130 00'
  const spans = [
    { start: 3, end: 8, type: 'PERSON' },
    { start: 3, end: 3, type: 'PERSON' },
    { start: 1, end: 8, type: 'PERSON' },
    { start: 12, end: 39, type: 'IBAN' },
    { start: 17, end: 39, type: 'PHONE' },
    { start: 30, end: 99, type: 'PHONE' },
  ].map((span) => ({ ...span, kind: 'contact' as const, confidence: 1, encoded: false }))
  const covered = createPseudonyms({ secret }).cover(
    chat(text),
    [{ path: 'messages[0].content', text, nested: false, spans }],
    ways,
    emptyMapping,
  )
  assert.doesNotMatch(covered.source, /Maria|3704|0130/)
  assert.doesNotThrow(() => JSON.parse(covered.source))
})

test('a value inside another one is covered with it and alone', () => {
  const text = 'Mail anna.berg@berg.test or Anna Berg, Bergstraße 5; berg@berg.test'
  const covered = coverText(text, [
    ['anna.berg@berg.test', 'EMAIL'],
    ['Anna Berg', 'PERSON'],
    ['Bergstraße 5', 'ADDRESS'],
    ['berg@berg.test', 'EMAIL'],
  ])
  assert.doesNotMatch(covered.text, /\banna\b|\bberg\b|bergstr/i)
  assert.equal(restore(covered, covered.text), text)
})

test('an empty request, no sites, a source that is no JSON: nothing is thrown, in doubt it is left', () => {
  const room = createPseudonyms({ secret })
  const call = chat('')
  assert.deepEqual(room.cover(call, [], ways, emptyMapping).left, [])
  assert.equal(room.cover(call, [], ways, emptyMapping).source, call.source)
  const broken = { ...call, source: '{"model":' }
  assert.deepEqual(room.cover(broken, [], ways, emptyMapping).left, ['*'])
})

test('a megabyte with thousands of values is covered whole', () => {
  const lines = Array.from(
    { length: 9000 },
    (_, i) =>
      `Row ${i}: +49 170 ${1000000 + i * 7}, customer user${i}@firma.test, some words of no meaning at all for the size of it.`,
  )
  const text = lines.join('\n')
  const spans = [...text.matchAll(/\+49 170 \d{7}|user\d+@firma\.test/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    type: match[0].startsWith('+') ? 'PHONE' : 'EMAIL',
    kind: 'contact' as const,
    confidence: 1,
    encoded: false,
  }))
  const covered = createPseudonyms({ secret }).cover(
    chat(text),
    [{ path: 'messages[0].content', text, nested: false, spans }],
    ways,
    emptyMapping,
  )
  assert.deepEqual(covered.left, [])
  assert.doesNotMatch(covered.source, /firma\.test/)
})
