import type { JsonObject, ToolChoice, ToolDefinition } from '../../domain/index.ts'
import { CUSTOM_SCHEMA } from '../body/custom.ts'
import { flag, isObject, objects, text } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'
import { readMark } from './cache.ts'

/** The tools of a body; of other types than functions and custom tools none is known, and they go to `rest`. */
export const toolDefinitions = (json: JsonObject, rest: Rest): readonly ToolDefinition[] =>
  objects(json, 'tools').flatMap((tool, index) => {
    const place = `tools[${index}]`
    const { function: definition, custom } = tool
    if (isObject(definition) && typeof definition['name'] === 'string') {
      return [functionTool(tool, definition, place, rest)]
    }
    if (isObject(custom) && typeof custom['name'] === 'string') return [customTool(tool, custom, place, rest)]
    rest.add(place, tool)
    return []
  })

const functionTool = (
  tool: JsonObject,
  definition: JsonObject,
  place: string,
  rest: Rest,
): ToolDefinition => {
  const at = `${place}.function`
  rest.others(tool, ['type', 'function', 'cache_control'], place)
  rest.others(definition, ['name', 'description', 'parameters', 'strict', 'cache_control'], at)
  const schema = definition['parameters']
  const cache = readMark(tool, place, rest) ?? readMark(definition, at, rest)
  return {
    name: stringAt(definition, 'name') ?? '',
    description: text(definition, 'description', `${at}.description`),
    schema: isObject(schema) ? schema : { type: 'object', properties: {} },
    strict: flag(definition, 'strict', `${at}.strict`),
    ...(cache === null ? {} : { cache }),
  }
}

const customTool = (tool: JsonObject, custom: JsonObject, place: string, rest: Rest): ToolDefinition => {
  const at = `${place}.custom`
  rest.others(tool, ['type', 'custom', 'cache_control'], place)
  rest.others(custom, ['name', 'description', 'format'], at)
  const cache = readMark(tool, place, rest)
  return {
    name: stringAt(custom, 'name') ?? '',
    description: text(custom, 'description', `${at}.description`),
    schema: CUSTOM_SCHEMA,
    strict: null,
    ...(cache === null ? {} : { cache }),
    custom: { format: custom['format'] ?? null },
  }
}

/** Names of the custom tools that a body defines. */
export const customNames = (json: JsonObject): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const tool of objects(json, 'tools')) {
    const custom = tool['custom']
    const name = isObject(custom) ? stringAt(custom, 'name') : null
    if (name !== null) names.add(name)
  }
  return names
}

/** `tool_choice`; a choice among several tools has no counterpart and goes to `rest`. */
export const toolChoiceOf = (json: JsonObject, rest: Rest): ToolChoice | null => {
  const choice = json['tool_choice']
  if (choice === undefined || choice === null) return null
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice }
  const named = isObject(choice) ? (choice['function'] ?? choice['custom']) : undefined
  if (isObject(named) && typeof named['name'] === 'string') return { type: 'tool', name: named['name'] }
  rest.add('tool_choice', choice)
  return null
}
