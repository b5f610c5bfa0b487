import type { JsonObject } from '../../domain/index.ts'

const METHODS = [
  'generateContent',
  'streamGenerateContent',
  'countTokens',
  'embedContent',
  'batchEmbedContents',
]

/** One model in the dialect's shape. Source: https://ai.google.dev/api/models */
export const geminiModel = ({ id }: { readonly id: string }): JsonObject => ({
  name: `models/${id}`,
  baseModelId: id,
  displayName: id,
  supportedGenerationMethods: METHODS,
})

/** The dialect's list of models: `{models: [{name: "models/x", …}]}`. */
export const geminiModels = (models: readonly { readonly id: string }[]): JsonObject => ({
  models: models.map(geminiModel),
})
