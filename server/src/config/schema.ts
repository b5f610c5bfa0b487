import { z } from 'zod'
import {
  AGREEMENTS,
  CONDITIONS,
  DIALECTS,
  KINDS,
  LEVELS,
  OPENNESS,
  OPERATIONS,
  PROFILES,
  SIDES,
} from '../domain/index.ts'
import { duration, period, size } from './amounts.ts'
import { conversations, guard, sensitivity, thresholds } from './schema-content.ts'
import { address, modelName, phrase, reference, whole, word } from './words.ts'

/*
 * causeway.yaml, key by key. Every field carries a description; docs/configuration.md is held against this file
 * by a test, so a key cannot exist without being explained.
 */

const price = () => z.number().min(0, 'must not be negative').max(1_000_000, 'is in USD per million tokens')

const floor = z.strictObject({
  sides: z
    .array(z.enum(SIDES))
    .exactOptional()
    .describe('The whole set of sides where this may go. An empty list is nowhere.'),
  regions: z
    .array(word())
    .exactOptional()
    .describe('The only regions where this may go; a target without a stated region is not in them.'),
  agreements: z
    .array(z.enum(AGREEMENTS))
    .exactOptional()
    .describe('Agreements that must all be in force with the target.'),
  cross: z
    .enum(['never', 'pseudonyms', 'masked', 'freely'])
    .exactOptional()
    .describe('How this may cross to sides other than own and attested.'),
  audit: z
    .enum(['all', 'labelled', 'none'])
    .exactOptional()
    .describe('Reserved; not available in this version.'),
  loosen: z
    .boolean()
    .exactOptional()
    .describe(
      'Says that this floor opens what the profile closes. Without it a floor can only tighten. Recorded.',
    ),
})

const FLOOR_NAMES = ['pii', ...KINDS, ...CONDITIONS, ...LEVELS] as const
const floors = z.strictObject(
  Object.fromEntries(FLOOR_NAMES.map((key) => [key, floor.exactOptional().describe(`The floor of ${key}.`)])),
)

const listen = z.strictObject({
  gateway: address('127.0.0.1:4141')
    .prefault('127.0.0.1:4141')
    .describe('HOST:PORT of the endpoint that applications call.'),
  control: address('127.0.0.1:4142')
    .prefault('127.0.0.1:4142')
    .describe('HOST:PORT of the console and the admin API. Never the same port.'),
  public: z
    .boolean()
    .default(false)
    .describe('Must be true before a host other than loopback is accepted: the endpoints speak plain HTTP.'),
})

const capabilities = z.strictObject({
  tools: z.boolean().exactOptional().describe('Takes tool definitions and answers with tool calls.'),
  images: z.boolean().exactOptional().describe('Reads images.'),
  audio: z.boolean().exactOptional().describe('Reads sound.'),
  files: z.boolean().exactOptional().describe('Reads documents such as PDF.'),
  structured: z.boolean().exactOptional().describe('Answers in a JSON schema that the request gives.'),
})

const timeouts = z.strictObject({
  connect: duration().prefault('5s').describe('For the connection to be made.'),
  firstByte: duration()
    .prefault('2m')
    .describe('From the request to the first byte of the answer; loading a local model counts.'),
  idle: duration().prefault('60s').describe('Between two pieces of a stream.'),
})

const targetPrice = z.strictObject({
  input: price().describe('Per million input tokens.'),
  output: price().describe('Per million output tokens.'),
  cacheRead: price().exactOptional().describe('Per million tokens read from a prompt cache.'),
  cacheWrite: price().exactOptional().describe('Per million tokens written to a prompt cache.'),
})

const target = z.strictObject({
  name: modelName().describe(
    'Its name here: in routes, in headers, and as a model that a client may ask for.',
  ),
  provider: phrase(64).describe(
    'Who serves it: a preset, or openai-compatible for any server of that dialect.',
  ),
  url: phrase(500)
    .exactOptional()
    .describe('Base URL up to the version, http or https. Optional where the preset knows it.'),
  model: phrase(300).describe('The model as its server knows it.'),
  side: z
    .enum(SIDES)
    .exactOptional()
    .describe(
      'Who can see the bytes: own, attested, rented or closed. Left out, it is the first that the provider allows.',
    ),
  addresses: z
    .array(phrase(50))
    .default([])
    .describe('CIDR ranges where the connection may end beyond the default of its side.'),
  credential: reference().exactOptional().describe('Where its key is: env:NAME or file:PATH.'),
  region: word().exactOptional().describe('Where it runs, in your own words: eu, us-east.'),
  jurisdiction: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be a country code of two letters, such as US, or EU')
    .transform((code) => code.toUpperCase())
    .exactOptional()
    .describe("The operator's legal home: a country code of two letters (ISO 3166), or EU."),
  tenancy: z
    .enum(['premises', 'private-cloud'])
    .exactOptional()
    .describe('Whose building an own machine stands in.'),
  openness: z.enum(OPENNESS).exactOptional().describe('How open the weights are.'),
  license: phrase(100)
    .exactOptional()
    .describe('The licence of the weights, as an SPDX id where there is one.'),
  agreements: z.array(z.enum(AGREEMENTS)).default([]).describe('Agreements in force with the operator.'),
  dialects: z
    .array(z.enum(DIALECTS))
    .min(1, 'must name at least one')
    .exactOptional()
    .describe(
      'In which of its provider’s dialects it is spoken to, the one for clients of other dialects first. Left out, all of them.',
    ),
  operations: z
    .array(z.enum(OPERATIONS))
    .min(1, 'must name at least one')
    .exactOptional()
    .describe(
      'What it is for: chat, embed, count, complete, image, speech, transcribe. Left out, all that the provider offers.',
    ),
  context: z
    .int('must be a whole number of tokens')
    .min(1, 'must be above zero')
    .exactOptional()
    .describe('Context window in tokens. Unknown never excludes a target.'),
  fit: z
    .enum(['refuse', 'oldest-turns'])
    .default('refuse')
    .describe(
      'What to do when a conversation is longer than the context: pass the target over, or leave out the oldest turns and say so.',
    ),
  capabilities: capabilities
    .default({})
    .describe('What the model can do, where it differs from what its provider usually serves.'),
  quality: z
    .number()
    .min(0, 'must be 0 to 1')
    .max(1, 'must be 0 to 1')
    .exactOptional()
    .describe('Measured or declared quality, 0 to 1. Unknown never wins on price.'),
  price: targetPrice
    .exactOptional()
    .describe('USD per million tokens. Left out, it is looked up; unknown stays unknown, never zero.'),
  timeouts: timeouts.prefault({}).describe('How long to wait for it.'),
  passthrough: z
    .boolean()
    .default(false)
    .describe(
      'Whether clients may send it any request of its own API, by /passthrough/NAME/…, under its credential.',
    ),
  simulated: z
    .boolean()
    .default(false)
    .describe('True for a stand-in of a vendor; shown wherever the target is.'),
  options: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Settings that only its provider understands.'),
})

const route = z.strictObject({
  name: modelName().describe('What a client may ask for as "model".'),
  targets: z
    .array(modelName())
    .min(1, 'must name at least one target')
    .describe('Names of targets, best first.'),
  objective: z
    .enum(['ordered', 'cheapest', 'fastest', 'best', 'weighted'])
    .default('ordered')
    .describe(
      'How the permitted targets are put in order. Price decides only among targets of equal known quality.',
    ),
  weights: z
    .record(z.string(), z.number().min(0, 'must not be negative').max(1_000_000, 'is too large'))
    .default({})
    .describe('Shares by target for weighted; 1 where not said.'),
})

const use = z.strictObject({
  name: word().describe('What keys are bound to and records name.'),
  owner: phrase(100).exactOptional().describe('Who answers for it.'),
  purpose: phrase(500).exactOptional().describe('What it is for, in a sentence.'),
  carries: z.array(z.enum(KINDS)).default([]).describe('Kinds counted as found before any detector runs.'),
  tier: z.enum(['minimal', 'limited', 'high']).default('minimal').describe('Risk tier.'),
  floors: floors.default({}).describe('Floors for this use alone, on top of the general ones.'),
  confidence: thresholds.default({}).describe('From which confidence a kind counts for this use.'),
})

const key = z.strictObject({
  name: word().describe('Its name in records; the secret is never shown.'),
  secret: reference().describe('Where the key itself is: env:NAME or file:PATH.'),
  team: word().exactOptional().describe('Whose it is.'),
  uses: z
    .array(word())
    .min(1, 'must name at least one use')
    .default(['general'])
    .describe('Uses it is bound to; the first is its default.'),
  confidence: thresholds.default({}).describe('From which confidence a kind counts for this key.'),
  rates: z
    .array(
      z.strictObject({
        requests: z.int('must be a whole number').min(1, 'must be above zero').describe('How many requests.'),
        per: period().describe('In which period: second, minute, hour, day, month or a number of seconds.'),
      }),
    )
    .default([])
    .describe('Limits on requests; all hold at once.'),
  budgets: z
    .array(
      z.strictObject({
        usd: z.number().min(0, 'must not be negative').describe('How many US dollars.'),
        per: period().describe('In which period.'),
      }),
    )
    .default([])
    .describe('Limits on spending. Read and kept, not yet enforced in this version.'),
})

const limits = z.strictObject({
  body: size().prefault('32MB').describe('Largest request body.'),
  depth: whole(1000).default(64).describe('Deepest nesting of a request body.'),
  messages: whole(1_000_000).default(2000).describe('Most messages in a request.'),
  receive: duration().prefault('60s').describe('For the whole request body to arrive.'),
  total: duration().prefault('10m').describe('For a whole request, retries and the stream included.'),
  inFlight: whole(1_000_000).default(1000).describe('Requests in work at once; more are refused with 503.'),
})

/** causeway.yaml after parsing: defaults filled in, addresses split, sizes in bytes, durations in milliseconds. */
export const configSchema = z.strictObject({
  listen: listen.prefault({}).describe('Where the two planes listen.'),
  data: phrase(1000)
    .default('./.causeway')
    .describe('Folder of the ledger, the audit log and the keys of this installation.'),
  cache: phrase(1000)
    .default('~/.cache/causeway')
    .describe('Folder of pulled weights and runtimes, shared by installations.'),
  targets: z
    .array(target)
    .min(1, 'must hold at least one target')
    .describe('The models, each at its endpoint.'),
  routes: z.array(route).default([]).describe('Names that stand for several targets.'),
  uses: z.array(use).default([]).describe('What keys are for. The use general is built in.'),
  profile: z.enum(PROFILES).default('balanced').describe('The built-in floors.'),
  floors: floors.default({}).describe('Floors on top of the profile, by kind, condition or level.'),
  audit: z
    .strictObject({
      intent: z
        .enum(['all', 'labelled', 'none'])
        .default('labelled')
        .describe('For which requests an intent is durable before any byte is sent.'),
      outcome: z
        .enum(['durable', 'relaxed'])
        .default('durable')
        .describe('Whether the outcome is durable before the last byte reaches the client.'),
    })
    .prefault({})
    .describe('What is kept before and after a request.'),
  sensitivity: sensitivity.prefault({}).describe('What counts as sensitive here, beyond what is built in.'),
  conversations: conversations.prefault({}).describe('What is kept of a conversation between its calls.'),
  guard: guard.prefault({}).describe('What is watched for in answers.'),
  rules: phrase(1000).exactOptional().describe('Folder of .cedar files.'),
  keys: z.array(key).default([]).describe('The keys that clients call with.'),
  limits: limits.prefault({}).describe('Bounds on what is accepted.'),
})

export type Config = z.output<typeof configSchema>
export type ConfigTarget = Config['targets'][number]
export type ConfigFloors = Config['floors']
