import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CausewayError, type JsonObject, type Media } from '../domain/index.ts'
import { walkCall } from './walk.ts'

const leaves = (json: JsonObject, media: readonly Media[] = []) => {
  const found: Record<string, string> = {}
  walkCall(
    { json, media },
    {
      leaf: ({ path, text }) => {
        found[path] = text
      },
    },
  )
  return found
}

test('every string is a leaf, with the path a person would write', () => {
  assert.deepEqual(
    leaves({
      model: 'auto',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'hi' }] },
        { role: 'assistant', tool_calls: [{ function: { arguments: '{"to":{"iban":"X"}}' } }] },
      ],
      metadata: { 'a key of words': 12345678, ratio: 0.5, small: 12 },
    }),
    {
      model: 'auto',
      'messages[0].role': 'user',
      'messages[0].content[0].type': 'text',
      'messages[0].content[0].text': 'hi',
      'messages[1].role': 'assistant',
      'messages[1].tool_calls[0].function.arguments': '{"to":{"iban":"X"}}',
      'messages[1].tool_calls[0].function.arguments{}.to.iban': 'X',
      'metadata (key 0)': 'a key of words',
      'metadata[key 0]': '12345678',
    },
  )
})

test('names of members come with their values, names of the protocol do not', () => {
  const names: string[] = []
  walkCall(
    { json: { content: 'a', password: 'b', list: ['c'] }, media: [] },
    { leaf: ({ name }) => names.push(name) },
  )
  assert.deepEqual(names, ['', 'password', 'list'])
})

const image = (path: string, mime?: string, remote = false): Media => ({
  path,
  type: 'file',
  remote,
  ...(mime === undefined ? {} : { mime }),
})
const bytes = Buffer.from('\x89PNG\r\n not words, but bytes of a picture \x00\x01\x02').toString('base64')

test('media bytes are passed over; anything else in their place is read', () => {
  assert.deepEqual(leaves({ url: `data:image/png;base64,${bytes}` }, [image('url', 'image/png')]), {})
  assert.deepEqual(leaves({ data: bytes }, [image('data', 'image/png')]), {})
  assert.deepEqual(leaves({ data: 'my ssn is 536-22-1234, thanks a lot!' }, [image('data', 'image/png')]), {
    data: 'my ssn is 536-22-1234, thanks a lot!',
  })
  assert.deepEqual(leaves({ url: 'https://x.org/?mail=a@b.de' }, [image('url', undefined, true)]), {
    url: 'https://x.org/?mail=a@b.de',
  })
  assert.deepEqual(leaves({ other: bytes }, [image('url')]), { other: bytes })
})

test('text in media is read as text', () => {
  const data = Buffer.from('Name;IBAN\nAnn;DE89370400440532013000').toString('base64')
  const expected = 'Name;IBAN\nAnn;DE89370400440532013000'
  assert.deepEqual(leaves({ data }, [image('data', 'text/csv')]), { data: expected })
  assert.deepEqual(leaves({ data: `data:text/plain;charset=utf-8;base64,${data}` }, [image('data')]), {
    data: expected,
  })
})

const tooDeep = (thrown: unknown): boolean =>
  thrown instanceof CausewayError && thrown.fault.code === 'too_deep'

test('nesting beyond all requests is refused, in lists and in strings alike', () => {
  const deep: JsonObject = JSON.parse(`{"a":${'['.repeat(600)}${']'.repeat(600)}}`)
  assert.throws(() => leaves(deep), tooDeep)
  assert.throws(() => leaves({ a: `${'['.repeat(600)}${']'.repeat(600)}` }), tooDeep)
})
