import type { JsonObject } from '../../domain/index.ts'
import { sha256Hex } from '../../lib/index.ts'

/** A model as it is listed. */
export interface ListedModel {
  readonly id: string
  /** Seconds since 1970. */
  readonly created?: number
}

/** What is known of a model beside its name. */
export interface ModelFacts {
  /** Tokens; null where it is not known. */
  readonly context: number | null
  readonly tools: boolean
  readonly images: boolean
  readonly embeds: boolean
}

/** Where nothing is known: a client may ask for tools, and is told by its call where no target has them. */
const UNKNOWN: ModelFacts = { context: null, tools: true, images: false, embeds: false }

/** What the dialect tells of weights on a disk. Ours stand for weights that may be anywhere: all of it is unknown. */
const DETAILS: JsonObject = {
  parent_model: '',
  format: '',
  family: '',
  families: [],
  parameter_size: '',
  quantization_level: '',
}

const timeOf = (seconds = 0): string => new Date(seconds * 1000).toISOString()

/** For `/api/tags`. The digest is of the name, so that clients that tell models by it can; it is none of weights. */
export const ollamaTags = (models: readonly ListedModel[]): JsonObject => ({
  models: models.map(({ id, created }) => ({
    name: id,
    model: id,
    modified_at: timeOf(created),
    size: 0,
    digest: sha256Hex(id),
    details: DETAILS,
  })),
})

const ARCHITECTURE = 'causeway'

/** For `/api/show`. Editors read the context and the capabilities from it. */
export const ollamaShow = (id: string, facts: ModelFacts = UNKNOWN): JsonObject => ({
  modelfile: '',
  parameters: '',
  template: '',
  license: '',
  modified_at: timeOf(),
  details: { ...DETAILS, family: ARCHITECTURE, families: [ARCHITECTURE] },
  model_info: {
    'general.architecture': ARCHITECTURE,
    'general.basename': id,
    ...(facts.context === null ? {} : { [`${ARCHITECTURE}.context_length`]: facts.context }),
  },
  capabilities: [
    facts.embeds ? 'embedding' : 'completion',
    ...(facts.tools && !facts.embeds ? ['tools'] : []),
    ...(facts.images ? ['vision'] : []),
  ],
})

/** For `/api/version`: the version of the protocol that we speak, which clients compare with what they need. */
export const ollamaVersion: JsonObject = Object.freeze({ version: '0.12.6' })
