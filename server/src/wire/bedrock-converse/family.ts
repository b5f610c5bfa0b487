/**
 * Whose model an id names. What differs by maker stands in `additionalModelRequestFields`, so a body cannot be
 * written without it. `hidden`: the id is of a profile that does not say whose model it stands for.
 */
export type Family = 'claude' | 'nova' | 'gpt-oss' | 'qwen' | 'other' | 'hidden'

/** `us.anthropic.claude-…`, `arn:aws:bedrock:…:foundation-model/anthropic.claude-…`. */
export const familyOf = (model: string): Family => {
  const id = model.toLowerCase()
  if (/(?:^|[./])anthropic\.|claude/.test(id)) return 'claude'
  if (/amazon\.nova/.test(id)) return 'nova'
  if (/openai\.gpt-oss/.test(id)) return 'gpt-oss'
  if (/(?:^|[./])qwen\./.test(id)) return 'qwen'
  return id.startsWith('arn:') || !id.includes('.') ? 'hidden' : 'other'
}

/** The second generation of Nova, the only one of it that thinks. */
export const isNova2 = (model: string): boolean => /amazon\.nova-2/i.test(model)
