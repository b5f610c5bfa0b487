import { type Fields, isFields, refuse } from './heard.ts'

/** What every vendor demands of the tools that it is offered. */
export const checkedTools = (tools: readonly { readonly name: string }[]): void => {
  const names = tools.map(({ name }) => name)
  for (const name of names)
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) refuse(`tools: the name "${name}" is not allowed`)
  if (new Set(names).size !== names.length) refuse('tools: Tool names must be unique')
}

/** What OpenAI's strict mode demands of a schema. */
export const checkStrict = (schema: unknown, at: string): void => {
  if (!isFields(schema)) return
  if (schema['type'] === 'object') {
    const properties = isFields(schema['properties']) ? schema['properties'] : {}
    if (schema['additionalProperties'] !== false)
      refuse(`Invalid schema for ${at}: 'additionalProperties' is required to be supplied and to be false.`)
    const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
    const missing = Object.keys(properties).filter((name) => !required.includes(name))
    if (missing.length > 0)
      refuse(
        `Invalid schema for ${at}: 'required' must hold every key in properties. Missing '${missing[0]}'.`,
      )
    for (const [name, inner] of Object.entries(properties)) checkStrict(inner, `${at}.${name}`)
  }
  if (isFields(schema['items'])) checkStrict(schema['items'], `${at}[]`)
}

/** Arguments as JSON text of an object. */
export const argumentsOf = (value: unknown, at: string): Fields => {
  if (typeof value !== 'string') return refuse(`${at}: must be a string`)
  let parsed: unknown = null
  try {
    parsed = JSON.parse(value)
  } catch {
    return refuse(`${at}: is no JSON`)
  }
  return isFields(parsed) ? parsed : refuse(`${at}: is no JSON object`)
}
