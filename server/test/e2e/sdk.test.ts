import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

const TOOL = {
  name: 'lookup',
  description: 'Looks up.',
  schema: { type: 'object' as const, properties: { query: { type: 'string' } }, required: ['query'] },
}

describe('the real SDKs, against a simulated vendor that speaks OpenAI’s dialect', () => {
  let vendor: SimulatedVendor
  let house: OpenHouse
  let openai: OpenAI
  let anthropic: Anthropic
  before(async () => {
    vendor = await startSimulatedVendor()
    house = await openHouse({
      config: `targets:\n${simulatedTarget('vendor', vendor.url, 'closed')}  - { name: claude, provider: anthropic, url: "${vendor.url}", model: simulated-vendor-model, side: closed, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY }\n  - { name: embedder, provider: openai-compatible, url: "${vendor.url}", model: simulated-embedder, side: closed, simulated: true, addresses: [127.0.0.0/8], operations: [embed] }\n`,
      environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
    })
    openai = new OpenAI({ baseURL: `${house.url}/v1`, apiKey: house.key, maxRetries: 0 })
    anthropic = new Anthropic({ baseURL: house.url, apiKey: house.key, authToken: null, maxRetries: 0 })
  })
  after(async () => {
    await house.close()
    await vendor.close()
  })

  for (const model of ['vendor', 'claude']) {
    test(`openai, whole, target ${model}`, async () => {
      vendor.behave('answer')
      const { data, response } = await openai.chat.completions
        .create({ model, messages: [{ role: 'user', content: 'Hello' }] })
        .withResponse()
      assert.match(data.choices[0]?.message.content ?? '', /\[simulated vendor\]/)
      assert.equal(data.choices[0]?.finish_reason, 'stop')
      assert.equal(data.usage?.prompt_tokens, 21)
      assert.equal(data.usage?.completion_tokens, 12)
      assert.equal(response.headers.get('x-causeway-target'), model)
      assert.equal(response.headers.get('x-causeway-side'), 'closed')
      assert.ok(response.headers.get('x-request-id'))
      const record = await house.record(response.headers.get('x-causeway-request') ?? '')
      assert.equal(
        record.bytes.out,
        Number(response.headers.get('content-length')),
        'the record counts the answer',
      )
    })

    test(`openai, streaming with and without usage, target ${model}`, async () => {
      vendor.behave('answer')
      for (const include of [true, false]) {
        const stream = await openai.chat.completions.create({
          model,
          stream: true,
          messages: [{ role: 'user', content: 'Hello' }],
          ...(include ? { stream_options: { include_usage: true } } : {}),
        })
        let text = ''
        let usages = 0
        for await (const chunk of stream) {
          text += chunk.choices[0]?.delta.content ?? ''
          if (chunk.usage !== null && chunk.usage !== undefined) usages += 1
        }
        assert.match(text, /\[simulated vendor\] word1 word2/)
        assert.equal(usages, include ? 1 : 0, 'usage only where it was asked for, and once')
      }
      const last = (await house.records())[0]
      assert.equal(last?.usage.output, 12, 'usage is booked although the client did not ask')
    })

    test(`openai, tools, target ${model}`, async () => {
      vendor.behave('tool-call')
      const tools = [
        {
          type: 'function' as const,
          function: { name: TOOL.name, description: TOOL.description, parameters: TOOL.schema },
        },
      ]
      const whole = await openai.chat.completions.create({
        model,
        tools,
        messages: [{ role: 'user', content: 'Look' }],
      })
      const call = whole.choices[0]?.message.tool_calls?.[0]
      assert.ok(call?.type === 'function')
      assert.deepEqual(JSON.parse(call.function.arguments), { query: 'simulated' })
      assert.equal(whole.choices[0]?.finish_reason, 'tool_calls')
      const final = await openai.chat.completions
        .stream({ model, tools, messages: [{ role: 'user', content: 'Look' }] })
        .finalChatCompletion()
      const streamed = final.choices[0]?.message.tool_calls?.[0]
      assert.ok(streamed?.type === 'function')
      assert.deepEqual(JSON.parse(streamed.function.arguments), { query: 'simulated' })
    })

    test(`anthropic, whole, target ${model}`, async () => {
      vendor.behave('answer')
      const { data, response } = await anthropic.messages
        .create({
          model,
          max_tokens: 50,
          system: 'Be brief.',
          messages: [{ role: 'user', content: 'Hello' }],
        })
        .withResponse()
      const first = data.content[0]
      assert.ok(first?.type === 'text')
      assert.match(first.text, /\[simulated vendor\]/)
      assert.equal(data.stop_reason, 'end_turn')
      assert.equal(data.usage.output_tokens, 12)
      assert.ok(response.headers.get('request-id'))
    })

    test(`anthropic, streaming and tools, target ${model}`, async () => {
      vendor.behave('answer')
      const text = await anthropic.messages
        .stream({ model, max_tokens: 50, messages: [{ role: 'user', content: 'Hello' }] })
        .finalText()
      assert.match(text, /\[simulated vendor\] word1 word2/)
      vendor.behave('tool-call')
      const message = await anthropic.messages
        .stream({
          model,
          max_tokens: 50,
          tools: [{ name: TOOL.name, description: TOOL.description, input_schema: TOOL.schema }],
          messages: [{ role: 'user', content: 'Look' }],
        })
        .finalMessage()
      const block = message.content.find((one) => one.type === 'tool_use')
      assert.deepEqual(block?.input, { query: 'simulated' })
      assert.equal(message.stop_reason, 'tool_use')
    })
  }

  test('a tool round trip from Anthropic’s dialect on the other dialect’s model', async () => {
    vendor.behave('answer')
    await anthropic.messages.create({
      model: 'vendor',
      max_tokens: 50,
      tools: [{ name: TOOL.name, input_schema: TOOL.schema }],
      messages: [
        { role: 'user', content: 'Look twice' },
        {
          role: 'assistant',
          content: [
            { type: 'tool_use', id: 'toolu_1', name: 'lookup', input: { query: 'a' } },
            { type: 'tool_use', id: 'toolu_2', name: 'lookup', input: { query: 'b' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: 'one' },
            { type: 'tool_result', tool_use_id: 'toolu_2', content: 'two' },
          ],
        },
      ],
    })
    const sent: { messages: { role: string; tool_call_id?: string; content?: unknown }[] } = JSON.parse(
      vendor.seen.at(-1)?.body ?? '{}',
    )
    assert.deepEqual(
      sent.messages.map(({ role }) => role),
      ['user', 'assistant', 'tool', 'tool'],
    )
    assert.deepEqual(
      sent.messages.slice(2).map(({ tool_call_id, content }) => [tool_call_id, content]),
      [
        ['toolu_1', 'one'],
        ['toolu_2', 'two'],
      ],
    )
  })

  test('unknown fields, key order and number spelling survive where the dialect is the same', async () => {
    vendor.behave('answer')
    const body =
      '{"zeta": 1.50, "model": "vendor", "messages": [{"role":"user","content":"Hi","x-mine":[1,2]}], "chat_template_kwargs": {"enable_thinking": false}, "top_k": 1e1}'
    await (await house.post('/v1/chat/completions', body)).text()
    assert.equal(
      vendor.seen.at(-1)?.body,
      body.replace('"model": "vendor"', '"model": "simulated-vendor-model"'),
    )
  })

  test('embeddings, models and token counting', async () => {
    const embedding = await openai.embeddings.create({
      model: 'embedder',
      input: 'hello',
      encoding_format: 'float',
    })
    assert.deepEqual(embedding.data[0]?.embedding, [0.1, 0.2])
    const models = await openai.models.list()
    assert.deepEqual(models.data.map(({ id }) => id).sort(), ['claude', 'embedder', 'vendor'])
    const counted = await anthropic.messages.countTokens({
      model: 'claude',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    assert.equal(counted.input_tokens, 33)
    const here = await anthropic.messages.countTokens({
      model: 'vendor',
      messages: [{ role: 'user', content: 'Hello' }],
    })
    assert.ok(here.input_tokens > 0)
  })

  test('errors arrive as the SDK’s own classes', async () => {
    await assert.rejects(
      openai.chat.completions.create({ model: 'nobody', messages: [{ role: 'user', content: 'x' }] }),
      OpenAI.NotFoundError,
    )
    await assert.rejects(
      anthropic.messages.create({
        model: 'nobody',
        max_tokens: 5,
        messages: [{ role: 'user', content: 'x' }],
      }),
      Anthropic.NotFoundError,
    )
    const denied = await openai.chat.completions
      .create({
        model: 'vendor',
        messages: [{ role: 'user', content: 'Pay to DE89 3704 0044 0532 0130 00' }],
      })
      .catch((error: unknown) => error)
    assert.ok(denied instanceof OpenAI.PermissionDeniedError)
    assert.match(denied.message, /IBAN/)
    assert.ok(!denied.message.includes('0532'), 'the value itself is never repeated')
  })

  test('count_tokens does not leave for content that may not', async () => {
    const seen = vendor.seen.length
    const counted = await anthropic.messages.countTokens({
      model: 'claude',
      messages: [{ role: 'user', content: 'Pay to DE89 3704 0044 0532 0130 00' }],
    })
    assert.ok(counted.input_tokens > 0)
    assert.equal(vendor.seen.length, seen)
  })
})
