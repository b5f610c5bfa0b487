import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callOf, secret, siteOf, ways } from '../../test/fixture/pseudonyms.ts'
import { createPseudonyms, emptyMapping } from './index.ts'

const TEXT = 'Ask Anna Schneider or Li Wei.'

const leftOf = (more: object): readonly string[] => {
  const call = callOf({ model: 'auto', messages: [{ role: 'user', content: TEXT }], ...more })
  const site = siteOf('messages[0].content', TEXT, [
    ['Anna Schneider', 'PERSON'],
    ['Li Wei', 'PERSON'],
  ])
  return createPseudonyms({ secret }).cover(call, [site], ways, emptyMapping).left
}

const tool = (name: string, parameters: object = { type: 'object' }): object => ({
  tools: [{ type: 'function', function: { name, parameters } }],
})

test('a name in a key or in a string of the protocol is told, not passed over', () => {
  const holding: readonly (readonly [object, string])[] = [
    [{ metadata: { anna_schneider: 'x' } }, 'metadata (key 0)'],
    [{ metadata: { annaSchneider: 'x' } }, 'metadata (key 0)'],
    [{ metadata: { Schneider: 'x' } }, 'metadata (key 0)'],
    [{ metadata: { li_wei: 'x' } }, 'metadata (key 0)'],
    [{ metadata: { inner: '{"Schneider, Anna":1}' } }, 'metadata.inner{} (key 0)'],
    [{ prompt_cache_key: 'schneider-anna' }, 'prompt_cache_key'],
    [tool('notify_anna_schneider'), 'tools[0].function.name'],
    [
      tool('notify', { type: 'object', properties: { anna_schneider: {} } }),
      'tools[0].function.parameters.properties (key 0)',
    ],
    [
      tool('notify', { type: 'object', properties: { who: { pattern: '^Schneider$' } } }),
      'tools[0].function.parameters.properties.who.pattern',
    ],
    [
      {
        messages: [
          { role: 'user', content: TEXT },
          {
            role: 'user',
            content: [{ type: 'image_url', image_url: { url: 'https://files.example/anna-schneider.png' } }],
          },
        ],
      },
      'messages[1].content[0].image_url.url',
    ],
  ]
  for (const [more, path] of holding) assert.deepEqual(leftOf(more), [path], JSON.stringify(more))
})

test('a place is told without the value that its name holds', () => {
  const text = 'Ask Anna Schneider.'
  const call = callOf({
    model: 'auto',
    messages: [{ role: 'user', content: text }],
    metadata: { anna_schneider: { x: 'QW5uYQ' } },
  })
  const found = siteOf('messages[0].content', text, [['Anna Schneider', 'PERSON']])
  const encoded = siteOf('metadata.anna_schneider.x', 'QW5uYQ', [['QW5uYQ', 'PERSON']])
  const hidden = { ...encoded, spans: encoded.spans.map((span) => ({ ...span, encoded: true })) }
  const { left } = createPseudonyms({ secret }).cover(call, [found, hidden], ways, emptyMapping)
  assert.ok(left.length >= 2)
  assert.doesNotMatch(left.join(), /anna|schneider/i)
})

test('what only sounds like one of their short names is none', () => {
  assert.deepEqual(leftOf({ metadata: { wei: 'x', anna: 1, list: 2 }, ...tool('list_files') }), [])
})
