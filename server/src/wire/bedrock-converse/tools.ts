import type { Conversation, JsonObject, Turn } from '../../domain/index.ts'
import type { Signals } from '../body/signals.ts'
import { type CacheMarks, cachePoint } from './cache.ts'

/** Names of the tools that the history calls, in the order of their first call. */
const calledIn = (turns: readonly Turn[]): readonly string[] => [
  ...new Set(
    turns.flatMap((turn) => turn.blocks.flatMap((block) => (block.type === 'tool-call' ? [block.name] : []))),
  ),
]

const OPEN_SCHEMA: JsonObject = { type: 'object', properties: {} }

/** What the service is told of a tool that only the history names: it refuses calls and results without definitions. */
const placeholder = (name: string): JsonObject => ({ toolSpec: { name, inputSchema: { json: OPEN_SCHEMA } } })

const choiceOf = (conversation: Conversation): JsonObject => {
  const choice = conversation.settings.toolChoice
  switch (choice?.type) {
    case 'tool':
      return { toolChoice: { tool: { name: choice.name } } }
    case 'required':
      return { toolChoice: { any: {} } }
    case 'auto':
      return { toolChoice: { auto: {} } }
    case 'none':
    case undefined:
      return {}
  }
}

/**
 * `toolConfig`. The dialect has no choice "none": the tools are left out then, unless the history calls some,
 * for the service refuses such a history without their definitions; then the choice is signalled.
 * `chosen` false: the choice stands elsewhere.
 */
export const toolConfig = (
  conversation: Conversation,
  marks: CacheMarks,
  chosen: boolean,
  signals: Signals,
): JsonObject => {
  const { tools, settings, names } = conversation
  const called = calledIn(conversation.turns)
  const none = settings.toolChoice?.type === 'none'
  if (called.length === 0 && (none || tools.length === 0)) return {}
  if (none) signals.add(names.toolChoice ?? 'tool_choice')
  if (tools.length === 0) {
    signals.add('tools')
    return { toolConfig: { tools: called.map(placeholder) } }
  }
  const specs = tools.flatMap((tool, index): JsonObject[] => {
    if (tool.custom !== undefined) signals.add(`tools[${index}]`)
    const spec = {
      toolSpec: {
        name: tool.name,
        ...(tool.description === null || tool.description === '' ? {} : { description: tool.description }),
        inputSchema: {
          json: tool.schema['type'] === undefined ? { type: 'object', ...tool.schema } : tool.schema,
        },
        ...(tool.strict === true ? { strict: true } : {}),
      },
    }
    if (tool.cache === undefined) return [spec]
    const place = `tools[${index}].cache_control`
    const point = cachePoint(tool.cache, { ...marks, content: marks.tools }, place, signals)
    return point === null ? [spec] : [spec, point]
  })
  return { toolConfig: { tools: specs, ...(chosen ? choiceOf(conversation) : {}) } }
}
