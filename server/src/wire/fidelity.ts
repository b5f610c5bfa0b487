import type { Dialect } from '../domain/index.ts'
import { fidelity as anthropicMessages } from './anthropic-messages/fidelity.ts'
import { fidelity as bedrockConverse } from './bedrock-converse/fidelity.ts'
import type { DialectFields, FieldFidelity } from './body/fidelity.ts'
import { fidelity as gemini } from './gemini/fidelity.ts'
import { fidelity as mistralFim } from './mistral-fim/fidelity.ts'
import { fidelity as ollama } from './ollama/fidelity.ts'
import { fidelity as openaiChat } from './openai-chat/fidelity.ts'
import { fidelity as openaiCompletions } from './openai-completions/fidelity.ts'
import { fidelity as openaiResponses } from './openai-responses/fidelity.ts'

/**
 * For each dialect that can be carried into another, each field it is known to have and what becomes of it there.
 * Readers and writers act on this table; what it does not name is signalled.
 */
export const fidelityTable: Readonly<Partial<Record<Dialect, DialectFields>>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  'bedrock-converse': bedrockConverse,
  ollama,
  'openai-completions': openaiCompletions,
  'mistral-fim': mistralFim,
}

/** The table's line for a field, or null where it has none. */
export const fidelityOf = (
  from: Dialect,
  field: string,
  to: Dialect,
  part: keyof DialectFields = 'request',
): FieldFidelity | null => {
  const fields = fidelityTable[from]?.[part]
  if (fields === undefined || !Object.hasOwn(fields, field)) return null
  const row = fields[field]
  return row === undefined ? null : (row.to[to] ?? row.otherwise)
}
