import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  CausewayError,
  type Citation,
  type FinishReason,
  type JsonObject,
  type ReplyEvent,
  type Sealed,
} from '../../domain/index.ts'
import { answering, faultOfAct, frames, messages, readJson, readReply } from '../testing.ts'
import { anthropicMessages } from './index.ts'

const OPTIONS = answering('anthropic-messages')
const END: ReplyEvent = { type: 'end', reason: 'stop', native: 'STOP', stopSequence: null }
const text = (delta: string): ReplyEvent => ({ type: 'text', delta })
const tool = (
  index: number,
  id: string | null,
  delta: string,
  name = 'f',
): Extract<ReplyEvent, { type: 'tool' }> => ({
  type: 'tool',
  index,
  id,
  name: id === null ? null : name,
  delta,
})
const signed = (more: Partial<Sealed>): ReplyEvent => ({
  type: 'signature',
  value: 'v',
  redacted: false,
  dialect: 'openai-responses',
  tool: null,
  raw: { encrypted_content: 'v' },
  ...more,
})

const told = (
  events: readonly ReplyEvent[],
): { readonly frames: JsonObject[]; readonly dropped: readonly string[] } => {
  const writer = anthropicMessages.streamWriter(OPTIONS)
  const source = events.map((event) => writer.write(event)).join('')
  return { frames: frames(source), dropped: writer.dropped?.() ?? [] }
}

/** The blocks of a message as a client puts them together; fails where two are open at a time. */
const assembled = (events: readonly ReplyEvent[]): readonly JsonObject[] => {
  const blocks: Record<string, unknown>[] = []
  let input = ''
  let isOpen = false
  for (const frame of told(events).frames) {
    const change: Record<string, unknown> = { ...Object(frame['delta']) }
    const block = blocks.at(-1) ?? {}
    switch (frame['type']) {
      case 'content_block_start':
        assert.deepEqual([isOpen, frame['index']], [false, blocks.length])
        isOpen = true
        input = ''
        blocks.push({ ...Object(frame['content_block']) })
        break
      case 'content_block_stop':
        assert.deepEqual([isOpen, frame['index']], [true, blocks.length - 1])
        isOpen = false
        if (block['type'] === 'tool_use' && input !== '') block['input'] = JSON.parse(input)
        break
      case 'content_block_delta':
        assert.deepEqual([isOpen, frame['index']], [true, blocks.length - 1])
        if (change['type'] === 'text_delta') block['text'] = `${block['text']}${change['text']}`
        if (change['type'] === 'thinking_delta')
          block['thinking'] = `${block['thinking']}${change['thinking']}`
        if (change['type'] === 'signature_delta') block['signature'] = change['signature']
        if (change['type'] === 'input_json_delta') input += String(change['partial_json'])
        if (change['type'] === 'citations_delta') {
          const before = Array.isArray(block['citations']) ? block['citations'] : []
          block['citations'] = [...before, change['citation']]
        }
        break
      default:
    }
  }
  return JSON.parse(JSON.stringify(blocks))
}

const wholeContent = (events: readonly ReplyEvent[]): unknown =>
  Object(JSON.parse(JSON.stringify(anthropicMessages.wholeBody(events, OPTIONS)))).content

/** The assistant's blocks of the next request, in which the client sends the answer back. */
const sentBack = (content: readonly JsonObject[]) =>
  anthropicMessages.conversation(
    readJson('anthropic-messages', messages({ messages: [{ role: 'assistant', content }] })),
  ).turns[0]?.blocks ?? []

describe('an answer told in Messages', () => {
  it('T18 has one block open at a time, whatever order its pieces come in', () => {
    const events = [
      { type: 'reasoning', delta: 'hm' } as const,
      text('so'),
      tool(0, 'a', '{"x"'),
      tool(1, 'b', '{"y":2}'),
      tool(2, 'c', ''),
      tool(0, null, ':1}'),
      tool(2, null, '{}'),
      text('done'),
      END,
    ]
    const content = assembled(events)
    assert.deepEqual(content, [
      { type: 'thinking', thinking: 'hm', signature: 'causeway-unsigned' },
      { type: 'text', text: 'so' },
      { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } },
      { type: 'tool_use', id: 'b', name: 'f', input: { y: 2 } },
      { type: 'tool_use', id: 'c', name: 'f', input: {} },
      { type: 'text', text: 'done' },
    ])
    assert.deepEqual(wholeContent(events), content)
  })

  it('T29 T30 gives a call an id of its own where the upstream’s is none, no id of the dialect, or used before', () => {
    const before = {
      messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'c0', name: 'f', input: {} }] }],
    }
    const options = answering('anthropic-messages', true, before)
    const ids = (...given: readonly (string | null)[]): readonly unknown[] => {
      const events = [...given.map((id, index) => ({ ...tool(index, 'x', '{}'), id })), END] as const
      const writer = anthropicMessages.streamWriter(options)
      const told = frames(events.map((event) => writer.write(event)).join(''))
      const { content } = Object(anthropicMessages.wholeBody(events, options))
      const streamed = told.flatMap((frame) => Object(frame['content_block']).id ?? [])
      assert.deepEqual(
        Object(content).map((block: JsonObject) => block['id']),
        streamed,
      )
      return streamed
    }
    const own = (index: number): string => `toolu_${options.id}_${index}`
    assert.deepEqual(ids('a', 'b'), ['a', 'b'])
    assert.deepEqual(ids(null, 'c0', 'a b', 'd', 'd'), [own(0), own(1), own(2), 'd', own(4)])
  })

  it('T12 carries another dialect’s state in the signature’s place, and its issuer gets it back', () => {
    const raw = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' }
    const events: readonly ReplyEvent[] = [
      { type: 'reasoning', delta: 'hm' },
      signed({ value: 'gAAA', raw }),
      signed({
        value: 'sealed',
        redacted: true,
        dialect: 'bedrock-converse',
        raw: { reasoningContent: { redactedContent: 'sealed' } },
      }),
      text('x'),
      END,
    ]
    const content = assembled(events)
    assert.deepEqual(wholeContent(events), content)
    assert.match(String(content[0]?.['signature']), /^causeway-openai-responses:[\w-]+$/)
    assert.match(String(content[1]?.['data']), /^causeway-bedrock-converse:[\w-]+$/)
    assert.deepEqual(sentBack(content).slice(0, 2), [
      {
        type: 'reasoning',
        text: 'hm',
        signature: 'gAAA',
        redacted: false,
        native: { dialect: 'openai-responses', raw },
      },
      {
        type: 'reasoning',
        text: '',
        signature: 'sealed',
        redacted: true,
        native: { dialect: 'bedrock-converse', raw: { reasoningContent: { redactedContent: 'sealed' } } },
      },
    ])
  })

  it('T10 brings a call’s signature back to that call, whether it came before the call, with it or after', () => {
    const sealed = signed({
      dialect: 'gemini',
      value: 'thought',
      tool: 0,
      raw: { thoughtSignature: 'thought' },
    })
    const first = tool(0, 'a', '{"x":1}')
    const second = tool(1, 'b', '{}')
    for (const events of [
      [sealed, first, second, END],
      [first, sealed, second, END],
      [first, second, sealed, END],
      [tool(0, 'a', '{"x"'), sealed, tool(0, null, ':1}'), second, END],
      [text('so'), sealed, first, second, END],
    ]) {
      const content = assembled(events)
      const calls = sentBack(content).filter((block) => block.type === 'tool-call')
      assert.deepEqual(
        calls.map((block) => [block.id, block.input, block.signature]),
        [
          ['a', '{"x":1}', 'thought'],
          ['b', '{}', undefined],
        ],
      )
      const whole: readonly JsonObject[] = JSON.parse(JSON.stringify(wholeContent(events)))
      assert.deepEqual(
        sentBack(whole).flatMap((block) => (block.type === 'tool-call' ? [block.signature] : [])),
        ['thought', undefined],
      )
      assert.equal(
        sentBack(content).some((block) => block.type === 'reasoning'),
        false,
      )
    }
    const lost = assembled([sealed, END])
    assert.equal(lost.length, 1)
    assert.deepEqual(sentBack(lost)[0]?.native, { dialect: 'gemini', raw: { thoughtSignature: 'thought' } })
  })

  it('T12 ends with the text that the model ended with: clients take the answer from the last block', () => {
    const raw = { text: '', thoughtSignature: 'c2ln' }
    const state = signed({ dialect: 'gemini', value: 'c2ln', raw })
    const thought = { type: 'reasoning', delta: 'hm' } as const
    for (const [events, types] of [
      [
        [thought, text('x'), state, END],
        ['thinking', 'text'],
      ],
      [[text('x'), state, state, END], ['text']],
      [
        [text('x'), state, state, text('y'), END],
        ['text', 'thinking', 'thinking', 'text'],
      ],
      [
        [text('x'), state, text('y'), END],
        ['text', 'thinking', 'text'],
      ],
      [
        [text('x'), state, tool(0, 'a', '{}'), END],
        ['text', 'thinking', 'tool_use'],
      ],
      [
        [text('x'), state, thought, END],
        ['text', 'thinking', 'thinking'],
      ],
      [[state, END], ['thinking']],
      [[thought, state, END], ['thinking']],
    ] as const) {
      const content = assembled(events)
      assert.deepEqual(
        content.map(({ type }) => type),
        types,
        JSON.stringify(events),
      )
      assert.deepEqual(wholeContent(events), content)
    }
  })

  it('T17 shows thought as thinking only, signed by its own issuer as it was', () => {
    const own = signed({ dialect: 'anthropic-messages', value: 'sig' })
    const content = assembled([{ type: 'reasoning', delta: 'secret' }, own, own, text('x'), END])
    assert.deepEqual(content, [
      { type: 'thinking', thinking: 'secret', signature: 'sig' },
      { type: 'thinking', thinking: '', signature: 'sig' },
      { type: 'text', text: 'x' },
    ])
  })

  it('T59 cites in the block of text, and names what it cannot', () => {
    const citation = (more: Partial<Citation>): ReplyEvent => ({
      type: 'citation',
      citation: {
        url: 'https://example.com',
        title: 'A',
        cited: null,
        span: [0, 1],
        native: { dialect: 'openai-responses', raw: {} },
        ...more,
      },
    })
    const events = [text('x'), citation({}), text('y'), END]
    const written = {
      type: 'web_search_result_location',
      url: 'https://example.com',
      title: 'A',
      cited_text: '',
      encrypted_index: 'causeway-unindexed',
    }
    assert.deepEqual(assembled(events), [{ type: 'text', text: 'xy', citations: [written] }])
    assert.deepEqual(wholeContent(events), assembled(events))
    assert.deepEqual(told(events).dropped, [])
    const [heard] = readReply(
      'anthropic-messages',
      [JSON.stringify(anthropicMessages.wholeBody(events, OPTIONS))],
      false,
    ).filter((event) => event.type === 'citation')
    assert.equal(heard?.citation.url, 'https://example.com')
    for (const lost of [
      [text('x'), citation({ url: null }), END],
      [text('x'), tool(0, 'a', '{}'), citation({}), END],
      [citation({}), END],
    ]) {
      assert.deepEqual(told(lost).dropped, ['citations'])
    }
  })

  it('names media and probabilities, which have no place in it', () => {
    const events: readonly ReplyEvent[] = [
      text('x'),
      { type: 'media', mime: 'image/png', data: 'AAAA' },
      { type: 'logprobs', tokens: [] },
      { type: 'logprobs', tokens: [] },
      END,
    ]
    assert.deepEqual(told(events).dropped, ['media', 'logprobs'])
    assert.deepEqual(wholeContent(events), [{ type: 'text', text: 'x' }])
  })

  it('T48 tells an input without the cache, and does not make up what nobody counted', () => {
    const usage = { input: 20, output: 9, cacheRead: 5, cacheWrite: null, reasoning: 4, estimated: false }
    const body = Object(anthropicMessages.wholeBody([{ type: 'usage', usage }, END], OPTIONS))
    assert.deepEqual(body.usage, {
      input_tokens: 15,
      cache_creation_input_tokens: null,
      cache_read_input_tokens: 5,
      output_tokens: 9,
      output_tokens_details: { thinking_tokens: 4 },
    })
  })

  it('T42 T43 says how it ended, the stop sequence and a refusal included', () => {
    const ended = (
      reason: FinishReason,
      native: string | null = null,
      before: readonly ReplyEvent[] = [],
    ) => {
      const end: ReplyEvent = {
        type: 'end',
        reason,
        native,
        stopSequence: reason === 'stop-sequence' ? 'END' : null,
      }
      const frame = told([...before, end]).frames.find((one) => one['type'] === 'message_delta')
      const { content: _, ...body } = Object(anthropicMessages.wholeBody([...before, end], OPTIONS))
      const change: Record<string, unknown> = { ...Object(frame?.['delta']) }
      for (const [name, value] of Object.entries(change)) assert.deepEqual(body[name], value, name)
      return change
    }
    assert.deepEqual(ended('stop-sequence'), { stop_reason: 'stop_sequence', stop_sequence: 'END' })
    assert.equal(ended('context')['stop_reason'], 'model_context_window_exceeded')
    assert.equal(ended('pause')['stop_reason'], 'pause_turn')
    assert.deepEqual(ended('filter', 'SAFETY'), {
      stop_reason: 'refusal',
      stop_sequence: null,
      stop_details: { type: 'refusal', category: null, explanation: null },
      native_stop_reason: 'SAFETY',
    })
    assert.equal(ended('other', 'odd')['native_stop_reason'], 'odd')
    assert.equal(ended('stop', 'stop', [{ type: 'refusal', delta: 'No.' }])['stop_reason'], 'refusal')
    assert.deepEqual(assembled([{ type: 'refusal', delta: 'No.' }, END]), [{ type: 'text', text: 'No.' }])
    assert.deepEqual(wholeContent([{ type: 'end', reason: 'refusal', native: null, stopSequence: null }]), [])
  })

  it('tells a failed attempt to call a tool as an error, never as an end', () => {
    const end: ReplyEvent = {
      type: 'end',
      reason: 'malformed',
      native: 'MALFORMED_FUNCTION_CALL',
      stopSequence: null,
    }
    const types = told([text('x'), end]).frames.map((frame) => frame['type'])
    assert.equal(types.at(-1), 'error')
    assert.equal(types.includes('message_stop'), false)
    assert.equal(
      faultOfAct(() => anthropicMessages.wholeBody([text('x'), end], OPTIONS)).code,
      'upstream_error',
    )
  })
})

describe('errors and signs of life', () => {
  it('T52 T53 T56 stand in frames of their own, typed, with the request’s id', () => {
    for (const [status, type] of [
      [529, 'overloaded_error'],
      [503, 'overloaded_error'],
      [429, 'rate_limit_error'],
      [null, 'api_error'],
    ] as const) {
      const [frame] = told([{ type: 'error', message: 'No.', status, native: null }]).frames
      assert.deepEqual(frame, { type: 'error', error: { type, message: 'No.' }, request_id: OPTIONS.call.id })
    }
    const { fault } = new CausewayError('overloaded', 'It is so.')
    assert.match(
      anthropicMessages.errorEvent(fault, 'cw_1'),
      /^\n\nevent: error\ndata: \{.*"request_id":"cw_1"\}\n\n$/,
    )
    assert.equal(anthropicMessages.requestIdHeader, 'request-id')
  })

  it('T50 a ping is an event that a client knows and no reader counts', () => {
    assert.equal(anthropicMessages.keepAlive, 'event: ping\ndata: {"type":"ping"}\n\n')
    const { keepAlive } = anthropicMessages
    const writer = anthropicMessages.streamWriter(OPTIONS)
    const source = [text('x'), END].map((event) => writer.write(event) + keepAlive).join('')
    assert.deepEqual(
      readReply('anthropic-messages', [keepAlive, source]).map((event) => event.type),
      ['start', 'text', 'usage', 'end'],
    )
  })
})
