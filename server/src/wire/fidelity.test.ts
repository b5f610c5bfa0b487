import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  CausewayError,
  CONVERSATIONAL,
  type Dialect,
  type Json,
  type JsonObject,
  PLAIN_QUIRKS,
  type WriteOptions,
} from '../domain/index.ts'
import { fidelityOf, fidelityTable } from './fidelity.ts'
import { upstreamWireOf, wireOf } from './index.ts'
import { asking, chat, messages, readJson, translate, WRITE } from './testing.ts'

/** Top-level fields of the vendors' own descriptions: the OpenAPI file and the SDK's types, as of 2026. */
const KNOWN: Readonly<Record<'openai-chat' | 'anthropic-messages', readonly string[]>> = {
  'openai-chat':
    'audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages metadata modalities model moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options'.split(
      ' ',
    ),
  'anthropic-messages':
    'billing_policy cache_control compaction container context_management diagnostics fallback_credit_token fallbacks inference_geo max_tokens mcp_servers messages metadata model output_config output_format service_tier speed stop_sequences stream system temperature thinking thread tool_choice tools top_k top_p user_profile_id workspace_id'.split(
      ' ',
    ),
}

/** One body for each field of a dialect's table: `samples` of the fixture in its folder. */
const samplesOf = async (dialect: Dialect): Promise<Readonly<Record<string, JsonObject>> | null> => {
  const file = fileURLToPath(new URL(`./${dialect}/samples.fixture.ts`, import.meta.url))
  if (!existsSync(file)) return null
  const { samples }: { samples: Readonly<Record<string, JsonObject>> } = await import(file)
  return samples
}

/** An upstream that takes all that its dialect has. */
const ABLE: WriteOptions = {
  ...WRITE,
  model: 'anthropic.claude-sonnet-4-6',
  quirks: {
    ...PLAIN_QUIRKS,
    maxTokensField: 'max_completion_tokens',
    developerRole: true,
    cacheMarks: 'ttl',
    customTools: true,
    encryptedReasoning: true,
  },
}

interface Outcome {
  readonly dropped: readonly string[]
  readonly refused: string | null
}

const outcomeOf = (from: Dialect, json: JsonObject, to: Dialect): Outcome => {
  const call = readJson(from, json)
  try {
    const { dropped } = upstreamWireOf(to).write(wireOf(from).conversation(call), ABLE)
    return { dropped, refused: null }
  } catch (thrown) {
    if (!(thrown instanceof CausewayError) || thrown.fault.code !== 'cannot_translate') throw thrown
    return { dropped: [], refused: thrown.fault.field ?? '?' }
  }
}

/** Some neutral values are those of the setting that a field becomes, and no value of the field itself. */
const isReadable = (from: Dialect, json: JsonObject): boolean => {
  try {
    wireOf(from).conversation(readJson(from, json))
    return true
  } catch (thrown) {
    if (thrown instanceof CausewayError && thrown.fault.code === 'invalid_request') return false
    throw thrown
  }
}

/** A place without its positions; blocks are told by their turn where their own place is not known. */
const plain = (place: string): string => place.replace(/\[[\d.]+\]/g, '[]')

const steps = (place: string): readonly string[] => plain(place).replaceAll('[]', '').split('.')

/** Names of what only an issuer can read: a writer tells it by its client's name for it or by its own. */
const SEALED =
  /^(?:data|reasoning(?:_content|_details|Content)?|thinking|signature|extra_content|encrypted_content|thought_?[sS]ignature)$/

/** Whether a signal or refusal speaks of a field: names it, what holds it, or what it holds. */
const isAbout = (told: string, field: string): boolean => {
  const [a, b] = [steps(told), steps(field)]
  const shared = a.every((step, at) => step === b[at]) || b.every((step, at) => step === a[at])
  const [one = '', other = ''] = [a.at(-1), b.at(-1)]
  return shared || (a[0] === b[0] && (one === other || (SEALED.test(one) && SEALED.test(other))))
}

const OWN: Readonly<Partial<Record<Dialect, Json>>> = {
  'openai-chat': { type: 'function', function: { name: 'own', parameters: { type: 'object' } } },
  'openai-responses': { type: 'function', name: 'own', parameters: { type: 'object' } },
  'anthropic-messages': { name: 'own', input_schema: { type: 'object' } },
  gemini: { functionDeclarations: [{ name: 'own', parametersJsonSchema: { type: 'object' } }] },
}

/** A body that also offers a tool that its client runs. */
const withOwnTool = (from: Dialect, json: JsonObject): JsonObject => {
  const tools = json['tools']
  return { ...json, tools: [...(Array.isArray(tools) ? tools : []), OWN[from] ?? {}] }
}

const CLIENTS = CONVERSATIONAL.filter((dialect) => dialect !== 'bedrock-converse')

describe('the fidelity table', async () => {
  for (const from of CLIENTS) {
    const samples = await samplesOf(from)
    const table = fidelityTable[from]?.request ?? {}
    const skip = samples === null ? `${from} has no samples` : false
    it(`has a sample for every request field of ${from}`, { skip }, () => {
      const without = Object.keys(table).filter((field) => samples?.[field] === undefined)
      // What a dialect reads and any value of which has its counterpart needs none.
      for (const field of without) assert.equal(table[field]?.otherwise.policy, 'mapped', field)
    })
    for (const to of CONVERSATIONAL) {
      if (to === from) continue
      const late = skip
      it(`says what becomes of every sample of ${from} in ${to}`, { skip: late }, () => {
        const wrong: string[] = []
        for (const [key, json] of Object.entries(samples ?? {})) {
          // `field@dialect` is a sample for that dialect alone, where the field's own asks for too much.
          const [field = '', only = to] = key.split('@')
          if (only !== to || (field === key && samples?.[`${key}@${to}`] !== undefined)) continue
          const line = fidelityOf(from, field, to)
          const { dropped, refused } = outcomeOf(from, json, to)
          const said = `${field} is ${line?.policy ?? 'unknown'}; dropped ${dropped.join(', ')}; refused ${refused}`
          const named = dropped.some((told) => isAbout(told, field))
          switch (line?.policy) {
            case 'mapped':
              if (dropped.some((told) => plain(told) === field) || refused !== null) wrong.push(said)
              break
            case 'refused':
              if (refused === null || !isAbout(refused, field)) wrong.push(said)
              break
            case 'signalled':
              if (refused !== null || !named) wrong.push(said)
              break
            case 'offered': {
              if (refused === null || !isAbout(refused, field)) wrong.push(`alone, ${said}`)
              const among = outcomeOf(from, withOwnTool(from, json), to)
              const left = among.dropped.some((told) => plain(told) === field)
              if (among.refused !== null || !left) wrong.push(`among others, ${said}`)
              break
            }
            case undefined:
              wrong.push(said)
          }
        }
        assert.deepEqual(wrong, [])
      })
      it(`lets neutral values of ${from} go into ${to} in silence`, () => {
        for (const [field, line] of Object.entries(table)) {
          if (field.includes('.') || field.includes('[')) continue
          const { neutral = [], policy } = line.to[to] ?? line.otherwise
          const values: readonly Json[] = [...neutral, ...(policy === 'mapped' ? [] : [null])]
          for (const value of values) {
            if (policy === 'mapped' || !isReadable(from, asking(from, { [field]: value }))) continue
            const { dropped, refused } = outcomeOf(from, asking(from, { [field]: value }), to)
            assert.deepEqual([dropped, refused], [[], null], `${field} ${JSON.stringify(value)}`)
          }
        }
      })
    }
  }

  for (const [from, base] of [
    ['openai-chat', chat],
    ['anthropic-messages', messages],
  ] as const) {
    it(`has every field that ${from} is known to have`, () => {
      for (const field of KNOWN[from]) assert.notEqual(fidelityOf(from, field, 'gemini'), null, field)
    })

    it(`signals fields that ${from} is not known to have`, () => {
      const { dropped, text } = translate(from, base({ vendor_extra: { a: 1 }, 'bad\r\nname,x': 1 }))
      assert.deepEqual(dropped, ['vendor_extra', '?'])
      assert.doesNotMatch(text, /vendor_extra/)
    })
  }
})
