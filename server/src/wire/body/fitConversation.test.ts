import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CONVERSATIONAL, type Dialect, type JsonObject } from '../../domain/index.ts'
import { faultOfAct, translate } from '../testing.ts'

const LONG = 'word '.repeat(300)
const words = [LONG, 'Yes.', LONG, 'No.', 'And now?']
const turns = words.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }))

/** The same history in each dialect that clients speak, by the name of its list. */
const HISTORIES: Readonly<Partial<Record<Dialect, readonly [list: string, body: JsonObject]>>> = {
  'openai-chat': ['messages', { model: 'm', messages: turns }],
  'openai-responses': ['input', { model: 'm', input: turns }],
  'anthropic-messages': ['messages', { model: 'm', max_tokens: 100, messages: turns }],
  gemini: [
    'contents',
    {
      contents: words.map((text, index) => ({ role: index % 2 === 0 ? 'user' : 'model', parts: [{ text }] })),
    },
  ],
  ollama: ['messages', { model: 'm', messages: turns }],
}

describe('a history that is cut to fit into another dialect’s target', () => {
  for (const from of CONVERSATIONAL) {
    const history = HISTORIES[from]
    if (history === undefined) continue
    const [list, body] = history
    for (const to of CONVERSATIONAL.filter((one) => one !== from)) {
      it(`names what was left out by the list of ${from}, for ${to}`, () => {
        const { dropped, text } = translate(from, body, { fit: 650 }, to)
        const ranges = dropped.filter((name) => /\d\.\.\d/.test(name))
        assert.deepEqual(ranges, [`${list}[0..1]`], dropped.join())
        assert.match(text, /And now\?/)
        const fault = faultOfAct(() => translate(from, body, { fit: 10 }, to))
        assert.deepEqual([fault.code, fault.field], ['context_too_long', list])
      })
    }
  }

  it('names an image’s wish for detail once, by the client’s own path', () => {
    const url = 'data:image/png;base64,iVBORw0KGgo='
    const asks: readonly (readonly [Dialect, JsonObject, string])[] = [
      [
        'openai-chat',
        {
          model: 'm',
          messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url, detail: 'low' } }] }],
        },
        'messages[0].content[0].image_url.detail',
      ],
      [
        'openai-responses',
        {
          model: 'm',
          input: [{ role: 'user', content: [{ type: 'input_image', image_url: url, detail: 'low' }] }],
        },
        'input[0].content[0].detail',
      ],
    ]
    for (const [from, body, path] of asks) {
      for (const to of ['anthropic-messages', 'gemini', 'bedrock-converse', 'ollama'] as const)
        assert.deepEqual(translate(from, body, {}, to).dropped, [path], `${from} into ${to}`)
    }
  })

  it('names a cache mark by its own path where the upstream has none', () => {
    const part = { type: 'input_text', text: 'Hi', prompt_cache_breakpoint: { mode: 'explicit' } }
    const body = { model: 'm', input: [{ role: 'user', content: [{ type: 'input_text', text: 'a' }, part] }] }
    for (const to of ['openai-chat', 'anthropic-messages', 'gemini', 'ollama'] as const)
      assert.deepEqual(
        translate('openai-responses', body, {}, to).dropped,
        ['input[0].content[1].prompt_cache_breakpoint'],
        to,
      )
  })
})
