import {
  CUSTOM_INPUT,
  type Json,
  type JsonObject,
  type ToolChoice,
  type ToolDefinition,
} from '../../domain/index.ts'
import { flag, isList, isObject, objects, text } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'
import type { Rest } from '../body/rest.ts'
import { type ClientTool, flatName } from './toolNames.ts'

/** What a dialect without free-text tools is given in place of one. */
const customSchema: JsonObject = {
  type: 'object',
  properties: { [CUSTOM_INPUT]: { type: 'string' } },
  required: [CUSTOM_INPUT],
}

const definitionOf = (tool: ClientTool, rest: Rest): ToolDefinition => {
  const { definition, at, flat, custom } = tool
  const description = text(definition, 'description', `${at}.description`)
  if (custom) {
    rest.others(definition, ['type', 'name', 'description', 'format'], at)
    const format = definition['format'] ?? null
    return { name: flat, description, schema: customSchema, strict: null, custom: { format } }
  }
  rest.others(definition, ['type', 'name', 'description', 'parameters', 'strict'], at)
  const schema = definition['parameters']
  return {
    name: flat,
    description,
    schema: isObject(schema) ? schema : { type: 'object', properties: {} },
    strict: flag(definition, 'strict', `${at}.strict`),
  }
}

/**
 * The tools that another dialect can be given, those of namespaces as functions by themselves. What else is
 * offered goes to `rest`, for the table.
 */
export const definitionsOf = (
  json: JsonObject,
  offered: readonly ClientTool[],
  rest: Rest,
): readonly ToolDefinition[] => {
  objects(json, 'tools').forEach((tool, index) => {
    const at = `tools[${index}]`
    if (tool['type'] === 'namespace') {
      rest.add(`${at}.namespace`, stringAt(tool, 'name') ?? '')
      rest.others(tool, ['type', 'name', 'tools'], at)
    } else if (tool['type'] !== 'function' && tool['type'] !== 'custom') rest.add(at, tool)
  })
  return offered.map((tool) => definitionOf(tool, rest))
}

interface Choice {
  readonly choice: ToolChoice | null
  /** The tools that may be called. */
  readonly offered: readonly ClientTool[]
}

const namedBy = (entry: Json, tools: readonly ClientTool[]): ClientTool | undefined => {
  if (!isObject(entry)) return undefined
  const custom = entry['type'] === 'custom'
  if (!custom && entry['type'] !== 'function') return undefined
  const flat = flatName(tools, stringAt(entry, 'namespace'), stringAt(entry, 'name') ?? '')
  return tools.find((tool) => tool.flat === flat && tool.custom === custom)
}

/** Where only some of the tools are allowed the others are not offered, which comes to the same and is signalled. */
export const choiceOf = (json: JsonObject, tools: readonly ClientTool[], rest: Rest): Choice => {
  const choice = json['tool_choice']
  if (choice === undefined || choice === null) return { choice: null, offered: tools }
  if (choice === 'auto' || choice === 'none' || choice === 'required') {
    return { choice: { type: choice }, offered: tools }
  }
  const named = namedBy(choice, tools)
  if (named !== undefined) return { choice: { type: 'tool', name: named.flat }, offered: tools }
  const allowed = isObject(choice) && choice['type'] === 'allowed_tools' ? choice['tools'] : undefined
  const kept = isList(allowed) ? allowed.map((entry) => namedBy(entry, tools)) : []
  const found = kept.flatMap((tool) => (tool === undefined ? [] : [tool]))
  if (!isObject(choice) || kept.length === 0 || found.length < kept.length) {
    rest.add('tool_choice', choice)
    return { choice: null, offered: tools }
  }
  rest.add('tool_choice.tools', allowed)
  const mode = choice['mode']
  const type = mode === 'required' || mode === 'none' ? mode : 'auto'
  return { choice: { type }, offered: tools.filter((tool) => found.includes(tool)) }
}
