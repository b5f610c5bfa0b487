import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { LOOKUP_TOOL, type Prompt } from './prompts.ts'

/** How one prompt is sent: which SDK, streaming or not. */
export interface Manner {
  readonly sdk: 'openai' | 'anthropic'
  readonly stream: boolean
}

export interface Heard {
  /** `x-causeway-request`, to find the record by. */
  readonly request: string | null
  readonly text: string
  /** Names of the tools that the answer called. */
  readonly tools: readonly string[]
  readonly error: string | null
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface Ask {
  readonly model: string
  readonly messages: readonly Message[]
  readonly tool: boolean
  readonly session: string | null
  readonly maxTokens: number
}

/** The two real SDKs, pointed at the gateway and at nothing else. */
export interface Clients {
  readonly openai: OpenAI
  readonly anthropic: Anthropic
}

export const clientsFor = (gatewayUrl: string, key: string): Clients => ({
  openai: new OpenAI({ baseURL: `${gatewayUrl}/v1`, apiKey: key, maxRetries: 0, timeout: 180_000 }),
  anthropic: new Anthropic({
    baseURL: gatewayUrl,
    apiKey: key,
    authToken: null,
    maxRetries: 0,
    timeout: 180_000,
  }),
})

const headersOf = (ask: Ask): Record<string, string> =>
  ask.session === null ? {} : { 'x-causeway-session': ask.session }

const failed = (thrown: unknown): Heard => {
  const headers =
    thrown instanceof OpenAI.APIError || thrown instanceof Anthropic.APIError ? thrown.headers : undefined
  return {
    request: headers?.get('x-causeway-request') ?? null,
    text: '',
    tools: [],
    error: thrown instanceof Error ? thrown.message : String(thrown),
  }
}

const byOpenAi = async (clients: Clients, ask: Ask, stream: boolean): Promise<Heard> => {
  const body = {
    model: ask.model,
    messages: ask.messages.map(({ role, content }) => ({ role, content })),
    max_tokens: ask.maxTokens,
    ...(ask.tool
      ? {
          tools: [
            {
              type: 'function' as const,
              function: {
                name: LOOKUP_TOOL.name,
                description: LOOKUP_TOOL.description,
                parameters: { ...LOOKUP_TOOL.schema },
              },
            },
          ],
        }
      : {}),
  }
  const options = { headers: headersOf(ask) }
  if (!stream) {
    const { data, response } = await clients.openai.chat.completions
      .create({ ...body, stream: false }, options)
      .withResponse()
    const message = data.choices[0]?.message
    const tools = (message?.tool_calls ?? []).flatMap((call) =>
      call.type === 'function' ? [call.function.name] : [],
    )
    return {
      request: response.headers.get('x-causeway-request'),
      text: message?.content ?? '',
      tools,
      error: null,
    }
  }
  const { data, response } = await clients.openai.chat.completions
    .create({ ...body, stream: true }, options)
    .withResponse()
  let text = ''
  const tools: string[] = []
  for await (const chunk of data) {
    const delta = chunk.choices[0]?.delta
    text += delta?.content ?? ''
    for (const call of delta?.tool_calls ?? [])
      if (call.function?.name !== undefined && call.function.name !== '') tools.push(call.function.name)
  }
  return { request: response.headers.get('x-causeway-request'), text, tools, error: null }
}

const byAnthropic = async (clients: Clients, ask: Ask, stream: boolean): Promise<Heard> => {
  const system = ask.messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content)
    .join('\n')
  const messages = ask.messages.flatMap(({ role, content }) => (role === 'system' ? [] : [{ role, content }]))
  const body = {
    model: ask.model,
    max_tokens: ask.maxTokens,
    messages,
    ...(system === '' ? {} : { system }),
    ...(ask.tool
      ? {
          tools: [
            {
              name: LOOKUP_TOOL.name,
              description: LOOKUP_TOOL.description,
              input_schema: {
                type: 'object' as const,
                properties: LOOKUP_TOOL.schema.properties,
                required: [...LOOKUP_TOOL.schema.required],
              },
            },
          ],
        }
      : {}),
  }
  const options = { headers: headersOf(ask) }
  if (!stream) {
    const { data, response } = await clients.anthropic.messages
      .create({ ...body, stream: false }, options)
      .withResponse()
    const text = data.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('')
    const tools = data.content.flatMap((block) => (block.type === 'tool_use' ? [block.name] : []))
    return { request: response.headers.get('x-causeway-request'), text, tools, error: null }
  }
  const { data, response } = await clients.anthropic.messages
    .create({ ...body, stream: true }, options)
    .withResponse()
  let text = ''
  const tools: string[] = []
  for await (const event of data) {
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use')
      tools.push(event.content_block.name)
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text
  }
  return { request: response.headers.get('x-causeway-request'), text, tools, error: null }
}

/** Sends one ask through a real SDK. Never throws: an error is heard too. */
export const talk = async (clients: Clients, ask: Ask, { sdk, stream }: Manner): Promise<Heard> => {
  try {
    return await (sdk === 'openai' ? byOpenAi(clients, ask, stream) : byAnthropic(clients, ask, stream))
  } catch (thrown) {
    return failed(thrown)
  }
}

/** Half of the prompts stream, and half of each go through either SDK. */
export const mannerOf = (index: number): Manner => ({
  sdk: index % 4 < 2 ? 'openai' : 'anthropic',
  stream: index % 2 === 0,
})

export const askFor = (prompt: Prompt): Ask => ({
  model: 'auto',
  messages: [{ role: 'user', content: prompt.text }],
  tool: prompt.kind === 'tool call',
  session: null,
  maxTokens: 40,
})
