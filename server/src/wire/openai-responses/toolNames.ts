import type { Json, JsonObject } from '../../domain/index.ts'
import { sha256Hex } from '../../lib/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'

/** A tool of the client's that other dialects can be given. */
export interface ClientTool {
  /** Where it is defined: `tools[2]`, `tools[3].tools[0]`. */
  readonly at: string
  readonly definition: JsonObject
  readonly namespace: string | null
  readonly name: string
  /** Its name where there are no namespaces; no other tool of the request has it. */
  readonly flat: string
  readonly custom: boolean
}

const LONGEST_NAME = 64

const listed = (tools: Json | undefined, at: string, namespace: string | null): Omit<ClientTool, 'flat'>[] =>
  (isList(tools) ? tools : []).flatMap((tool, index) => {
    if (!isObject(tool)) return []
    const name = stringAt(tool, 'name')
    if (name === null) return []
    const place = `${at}[${index}]`
    if (tool['type'] === 'namespace' && namespace === null)
      return listed(tool['tools'], `${place}.tools`, name)
    if (tool['type'] !== 'function' && tool['type'] !== 'custom') return []
    return [{ at: place, definition: tool, namespace, name, custom: tool['type'] === 'custom' }]
  })

const withNamespace = (namespace: string, name: string): string => {
  const whole = `${namespace}__${name}`.replace(/[^a-zA-Z0-9_-]/g, '_')
  if (whole.length <= LONGEST_NAME) return whole
  return `${whole.slice(0, LONGEST_NAME - 9)}_${sha256Hex(whole).slice(0, 8)}`
}

/**
 * The functions and custom tools of a request, those inside namespaces too. A tool keeps its name where no other
 * has it; else it gets its namespace before it. The same request gives the same names each time.
 */
export const clientTools = (json: JsonObject): readonly ClientTool[] => {
  const tools = listed(json['tools'], 'tools', null)
  const times = new Map<string, number>()
  for (const { name } of tools) times.set(name, (times.get(name) ?? 0) + 1)
  return tools.map((tool) => ({
    ...tool,
    flat:
      tool.namespace !== null && times.get(tool.name) !== 1
        ? withNamespace(tool.namespace, tool.name)
        : tool.name,
  }))
}

/** The flat name of a tool that an item calls, whether it is still defined or not. */
export const flatName = (tools: readonly ClientTool[], namespace: string | null, name: string): string => {
  const tool = tools.find((one) => one.name === name && one.namespace === namespace)
  if (tool !== undefined) return tool.flat
  return namespace === null ? name : withNamespace(namespace, name)
}
