import { z } from 'zod'
import {
  AGREEMENTS,
  CausewayError,
  DIALECTS,
  KINDS,
  OPENNESS,
  OPERATIONS,
  PROFILES,
  SIDES,
} from '../domain/index.ts'

/*
 * The stored form of a snapshot: everything that decides, with every default, preset fact and price already
 * resolved, so that it compiles to the same snapshot years later, whatever presets and price data say by then.
 */

const address = z.strictObject({ host: z.string(), port: z.number() })

const price = z.strictObject({
  input: z.number(),
  output: z.number(),
  cacheRead: z.number().nullable(),
  cacheWrite: z.number().nullable(),
  source: z.string(),
})

const target = z.strictObject({
  name: z.string(),
  provider: z.string(),
  url: z.string(),
  model: z.string(),
  side: z.enum(SIDES),
  dialects: z.array(z.enum(DIALECTS)),
  operations: z.array(z.enum(OPERATIONS)),
  addresses: z.array(z.string()),
  credential: z.string().nullable(),
  region: z.string().nullable(),
  jurisdiction: z.string().nullable(),
  tenancy: z.enum(['premises', 'private-cloud']).nullable(),
  openness: z.enum(OPENNESS).nullable(),
  license: z.string().nullable(),
  agreements: z.array(z.enum(AGREEMENTS)),
  context: z.number().nullable(),
  fit: z.enum(['refuse', 'oldest-turns']),
  tools: z.boolean(),
  images: z.boolean(),
  audio: z.boolean(),
  files: z.boolean(),
  structured: z.boolean(),
  quality: z.number().nullable(),
  price: price.nullable(),
  passthrough: z.boolean().default(false),
  simulated: z.boolean(),
  timeouts: z.strictObject({ connect: z.number(), firstByte: z.number(), idle: z.number() }),
  options: z.record(z.string(), z.unknown()),
})

const floors = z.record(
  z.string(),
  z.strictObject({
    sides: z.array(z.enum(SIDES)).exactOptional(),
    regions: z.array(z.string()).exactOptional(),
    agreements: z.array(z.enum(AGREEMENTS)).exactOptional(),
    cross: z.enum(['never', 'pseudonyms', 'masked', 'freely']).exactOptional(),
    loosen: z.boolean().exactOptional(),
  }),
)

const thresholds = z.partialRecord(z.enum(KINDS), z.number())
const content = { name: z.string(), kind: z.enum(KINDS) }

const sensitivity = z.strictObject({
  confidence: thresholds.default({}),
  words: z
    .array(
      z.strictObject({ ...content, type: z.string(), words: z.array(z.string()), exactCase: z.boolean() }),
    )
    .default([]),
  patterns: z
    .array(
      z.strictObject({
        ...content,
        type: z.string(),
        pattern: z.string(),
        confidence: z.number(),
        ignoreCase: z.boolean(),
      }),
    )
    .default([]),
  examples: z
    .array(z.strictObject({ ...content, texts: z.array(z.string()), threshold: z.number() }))
    .default([]),
  stages: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('presidio'),
          name: z.string(),
          url: z.string(),
          addresses: z.array(z.string()),
          language: z.string(),
          threshold: z.number(),
          timeout: z.number(),
        }),
        z.strictObject({
          type: z.literal('tokens'),
          name: z.string(),
          model: z.string(),
          threshold: z.number(),
          timeout: z.number(),
        }),
        z.strictObject({
          type: z.literal('judge'),
          name: z.string(),
          target: z.string(),
          timeout: z.number(),
        }),
      ]),
    )
    .default([]),
  attachments: z
    .strictObject({ timeout: z.number(), text: z.number() })
    .default({ timeout: 5000, text: 16 * 1024 * 1024 }),
})

const action = z.enum(['mark', 'mask', 'stop'])
const guard = z.strictObject({
  watch: z.enum(['labelled', 'all']).default('labelled'),
  answers: z.partialRecord(z.enum(KINDS), action).default({}),
  links: z
    .strictObject({ action, hosts: z.array(z.string()) })
    .nullable()
    .default(null),
})

const sourceSchema = z.strictObject({
  v: z.literal(1),
  listen: z.strictObject({ gateway: address, control: address }),
  targets: z.array(target),
  routes: z.array(
    z.strictObject({
      name: z.string(),
      targets: z.array(z.string()),
      objective: z.enum(['ordered', 'cheapest', 'fastest', 'best', 'weighted']),
      weights: z.record(z.string(), z.number()),
    }),
  ),
  uses: z.array(
    z.strictObject({
      name: z.string(),
      owner: z.string().nullable(),
      purpose: z.string().nullable(),
      carries: z.array(z.enum(KINDS)),
      tier: z.enum(['minimal', 'limited', 'high']),
      floors,
      confidence: thresholds.default({}),
    }),
  ),
  keys: z.array(
    z.strictObject({
      name: z.string(),
      /** The reference, never the secret. */
      secret: z.string().regex(/^(?:env|file):/),
      team: z.string().nullable(),
      uses: z.array(z.string()).min(1),
      confidence: thresholds.default({}),
      rates: z.array(z.strictObject({ requests: z.number(), per: z.number() })),
      budgets: z.array(z.strictObject({ usd: z.number(), per: z.number() })),
    }),
  ),
  profile: z.enum(PROFILES),
  floors,
  audit: z.strictObject({
    intent: z.enum(['all', 'labelled', 'none']),
    outcome: z.enum(['durable', 'relaxed']),
  }),
  limits: z.strictObject({
    body: z.number(),
    depth: z.number(),
    messages: z.number(),
    receive: z.number(),
    total: z.number(),
    inFlight: z.number(),
  }),
  rules: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  // Older stored texts have none of these; they decided without them.
  sensitivity: sensitivity.prefault({}),
  conversations: z
    .strictObject({ sticky: z.boolean(), keep: z.number() })
    .default({ sticky: false, keep: 1 }),
  guard: guard.prefault({}),
})

export type Source = z.output<typeof sourceSchema>

/** The stored text as a value. Throws `record_damaged` where it is not what `canonicalJson` of a source gives. */
export const readSource = (text: string): Source => {
  const read = sourceSchema.safeParse(parsed(text))
  if (read.success) return read.data
  const where = read.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new CausewayError('record_damaged', `The stored configuration cannot be read at "${where}".`)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CausewayError('record_damaged', 'The stored configuration is not valid JSON.', { cause })
  }
}
