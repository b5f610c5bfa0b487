import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import type * as Bedrock from '@aws-sdk/client-bedrock-runtime'
import { houseOfSuite, suite } from './house.ts'
import { PDF, PNG, THOUGHT, TOOLS, WORDS } from './kit.ts'
import { resultsIn } from './scenarios.ts'

/* Bedrock's own SDK reaches a target of Bedrock in its own words. */

const MODEL = 'anthropic.claude-sonnet-4-5-simulated-v1:0'

/** The blocks of a streamed answer, put together as an application does. */
const contentOf = async (
  stream: AsyncIterable<Bedrock.ConverseStreamOutput> | [],
): Promise<Bedrock.ContentBlock[]> => {
  const blocks: {
    text: string
    thought: string
    seal: string
    id: string
    name: string
    input: string
  }[] = []
  for await (const event of stream) {
    const index =
      event.contentBlockStart?.contentBlockIndex ?? event.contentBlockDelta?.contentBlockIndex ?? 0
    blocks[index] ??= { text: '', thought: '', seal: '', id: '', name: '', input: '' }
    const block = blocks[index]
    const use = event.contentBlockStart?.start?.toolUse
    block.id += use?.toolUseId ?? ''
    block.name += use?.name ?? ''
    const delta = event.contentBlockDelta?.delta
    block.text += delta?.text ?? ''
    block.thought += delta?.reasoningContent?.text ?? ''
    block.seal += delta?.reasoningContent?.signature ?? ''
    block.input += delta?.toolUse?.input ?? ''
  }
  return blocks.map(({ text, thought, seal, id, name, input }): Bedrock.ContentBlock => {
    if (id !== '') return { toolUse: { toolUseId: id, name, input: JSON.parse(input) } }
    return seal === ''
      ? { text }
      : { reasoningContent: { reasoningText: { text: thought, signature: seal } } }
  })
}

suite('@aws-sdk/client-bedrock-runtime, passed through', () => {
  const house = houseOfSuite()
  let sdk: typeof Bedrock
  let client: Bedrock.BedrockRuntimeClient
  before(async () => {
    sdk = await import('@aws-sdk/client-bedrock-runtime')
    const { NodeHttpHandler } = await import('@smithy/node-http-handler')
    client = new sdk.BedrockRuntimeClient({
      endpoint: `${house().url}/passthrough/converse`,
      region: 'any',
      token: async () => ({ token: house().key }),
      authSchemePreference: ['httpBearerAuth'],
      maxAttempts: 1,
      // Its own choice is HTTP/2, which the gateway does not speak.
      requestHandler: new NodeHttpHandler(),
    })
  })
  beforeEach(() => {
    house().model.visits.length = 0
  })
  const asked = (text: string): Bedrock.Message[] => [{ role: 'user', content: [{ text }] }]
  const nothingRefused = (): void =>
    assert.deepEqual(
      house().model.visits.flatMap(({ refusal }) => refusal ?? []),
      [],
    )

  test('words, a picture and a document, whole', async () => {
    house().model.plays(() => ({ text: WORDS }))
    const { output, stopReason, usage } = await client.send(
      new sdk.ConverseCommand({
        modelId: MODEL,
        messages: [
          {
            role: 'user',
            content: [
              { text: 'What are these?' },
              { image: { format: 'png', source: { bytes: PNG } } },
              { document: { format: 'pdf', name: 'a', source: { bytes: PDF } } },
            ],
          },
        ],
      }),
    )
    assert.equal(output?.message?.content?.[0]?.text, WORDS)
    assert.equal(stopReason, 'end_turn')
    assert.equal(usage?.outputTokens, 25)
    nothingRefused()
    assert.match(house().model.visits[0]?.headers.authorization ?? '', /simulated-credential/)
  })

  test('T06 tools over two rounds with sealed thoughts, streaming', async () => {
    house().model.plays((heard) =>
      resultsIn(heard).length === 0
        ? {
            think: THOUGHT,
            calls: [
              { name: 'weather', input: { place: 'Oslo' } },
              { name: 'find_file', input: { pattern: '*' } },
            ],
          }
        : { text: resultsIn(heard).join('; ') },
    )
    const messages = asked('Look.')
    const send = async (): Promise<Bedrock.Message> => {
      const { stream } = await client.send(
        new sdk.ConverseStreamCommand({
          modelId: MODEL,
          messages,
          inferenceConfig: { maxTokens: 8000 },
          additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2048 } },
          toolConfig: {
            tools: TOOLS.map(({ name, description, schema }) => ({
              toolSpec: {
                name,
                description,
                inputSchema: { json: { ...schema, required: [...schema.required] } },
              },
            })),
          },
        }),
      )
      const content = await contentOf(stream ?? [])
      return { role: 'assistant', content }
    }
    const first = await send()
    messages.push(first, {
      role: 'user',
      content: (first.content ?? []).flatMap((block) =>
        block.toolUse === undefined
          ? []
          : [
              {
                toolResult: {
                  toolUseId: block.toolUse.toolUseId,
                  content: [{ text: `got ${block.toolUse.name}` }],
                },
              },
            ],
      ),
    })
    const second = await send()
    assert.equal(second.content?.[0]?.text, 'weather,got weather; find_file,got find_file')
    nothingRefused()
  })

  test('errors arrive as the SDK’s own classes, before and within a stream', async () => {
    house().model.plays(() => ({ fail: { status: 400, message: 'simulated 400' } }))
    const send = () => client.send(new sdk.ConverseCommand({ modelId: MODEL, messages: asked('Fail.') }))
    await assert.rejects(
      send(),
      (error) => error instanceof sdk.ValidationException && /simulated 400/.test(error.message),
    )
    house().model.plays(() => ({ text: WORDS, trouble: 'error' }))
    const { stream } = await client.send(
      new sdk.ConverseStreamCommand({ modelId: MODEL, messages: asked('Fail.') }),
    )
    await assert.rejects(async () => {
      for await (const event of stream ?? []) assert.ok(event)
    }, sdk.ModelStreamErrorException)
    house().model.plays(() => ({ text: WORDS, trouble: 'cut' }))
    const cut = await client.send(new sdk.ConverseStreamCommand({ modelId: MODEL, messages: asked('Fail.') }))
    await assert.rejects(async () => {
      for await (const event of cut.stream ?? []) assert.ok(event)
    })
  })

  test('T57 leaving closes the upstream’s connection', async () => {
    house().model.plays(() => ({ text: WORDS, trouble: 'hold' }))
    const controller = new AbortController()
    const { stream } = await client.send(
      new sdk.ConverseStreamCommand({ modelId: MODEL, messages: asked('Wait.') }),
      { abortSignal: controller.signal },
    )
    await assert.rejects(async () => {
      for await (const event of stream ?? []) if (event.contentBlockDelta !== undefined) controller.abort()
    })
    await house().model.visits[0]?.left
  })
})
