/*
 * A provider's name occurs in the file that defines it and in the list, nowhere else: shared code that asks "is it this
 * vendor?" is how a gateway rots. What differs between providers is a question that each answers.
 */
import type { Node } from 'oxc-parser'
import { isTest, type Source, type Violation, violation, walk } from './sources.ts'

const FOLDER = 'server/src/providers/'

/** Names that are also words of ours or of English, or the stem of a dialect: only the bare name counts. */
const BARE_ONLY: ReadonlySet<string> = new Set([
  'openai',
  'anthropic',
  'together',
  'fireworks',
  'bedrock',
  'mistral',
  'perplexity',
])
/** Words of English, which things of ours may be called by. */
const ENGLISH: ReadonlySet<string> = new Set(['together', 'fireworks', 'perplexity'])
/** Names that are whole dialects too: only asking whether the provider is called so counts. */
const ALSO_DIALECTS: ReadonlySet<string> = new Set(['gemini', 'ollama'])
/** No vendors: the built-in engine is a room of ours, and `openai-compatible` names a protocol and is the default. */
const NO_VENDORS: ReadonlySet<string> = new Set(['engine', 'openai-compatible'])

/** Files that may name providers, and why. */
export const MAY_NAME_PROVIDERS: readonly { readonly path: RegExp; readonly reason: string }[] = [
  {
    path: /^server\/src\/sensitivity\//,
    reason: 'a finding names who issued the secret, not who serves a model',
  },
  {
    path: /^server\/src\/engine\/errors\.ts$/,
    reason: 'tells people which other local servers they could run',
  },
  {
    path: /^server\/src\/wire\/bedrock-converse\//,
    reason: 'bodies differ there by who made the model, and the ids of models name their makers',
  },
  {
    path: /^server\/src\/wire\/openai-chat\/reasoning\.ts$/,
    reason: 'the formats of opaque thoughts are spelled with the names of who issued them',
  },
  {
    path: /^server\/src\/wire\/openai-(?:chat|completions)\/(?:relay|reader|replyFields|fidelityOfReplies)\.ts$/,
    reason: 'a field that streams of this dialect carry is spelled with a vendor’s name',
  },
  {
    path: /^server\/src\/(?:engine\/sources|stages\/package)\.ts$/,
    reason: 'where weights are fetched from is not who serves a model',
  },
]

/**
 * The providers there are, each with the file that defines it: an object with a `name` of text and a `title` in the
 * providers' room, alone in a file of its own or a row in a table.
 */
export const providerNames = (sources: readonly Source[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  for (const source of sources) {
    if (!source.path.startsWith(FOLDER) || isTest(source.path)) continue
    walk(source, (node) => {
      const name = definedName(node)
      if (name !== null) names.set(name, source.path)
    })
  }
  return names
}

const definedName = (node: Node): string | null => {
  if (node.type !== 'ObjectExpression') return null
  const value = (key: string): Node | null => {
    for (const property of node.properties)
      if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === key)
        return property.value
    return null
  }
  const name = value('name')
  if (value('title') === null || name === null || name.type !== 'Literal') return null
  return typeof name.value === 'string' ? name.value : null
}

export const providerNameViolations = (
  sources: readonly Source[],
  names: ReadonlyMap<string, string>,
): readonly Violation[] =>
  sources
    .filter((source) => !isTest(source.path))
    .flatMap((source) => {
      const foreign = [...names]
        .filter(([name, home]) => !NO_VENDORS.has(name) && !mayName(source.path, home))
        .map(([name]) => name)
      const found: Violation[] = []
      walk(source, (node) => {
        const text = textOf(node)
        const asked = askedFor(node)
        const name = foreign.find((one) =>
          ALSO_DIALECTS.has(one)
            ? asked.includes(one) || (text !== null && text.toLowerCase() === `is${one}`)
            : text !== null && !(ENGLISH.has(one) && node.type === 'Identifier') && mentions(text, one),
        )
        if (name !== undefined) found.push(violation(source, node, `names the provider ${name}`))
      })
      return found
    })

const mayName = (path: string, home: string): boolean => {
  if (path === `${FOLDER}index.ts` || path === home) return true
  return !path.startsWith(FOLDER) && MAY_NAME_PROVIDERS.some((one) => one.path.test(path))
}

/** The names that `x.provider` or `provider` is compared with here. */
const askedFor = (node: Node): readonly string[] => {
  if (node.type === 'BinaryExpression') {
    if (isProvider(node.left)) return literal(node.right)
    return isProvider(node.right) ? literal(node.left) : []
  }
  if (node.type !== 'SwitchStatement' || !isProvider(node.discriminant)) return []
  return node.cases.flatMap(({ test }) => (test === null ? [] : literal(test)))
}

const isProvider = (node: Node): boolean => {
  if (node.type === 'Identifier') return node.name === 'provider'
  return (
    node.type === 'MemberExpression' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'provider'
  )
}

const literal = (node: Node): readonly string[] =>
  node.type === 'Literal' && typeof node.value === 'string' ? [node.value] : []

const textOf = (node: Node): string | null => {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  return node.type === 'TemplateElement' ? (node.value.cooked ?? null) : null
}

/** `isAzure`, `azure_key`, `azure`; a name with a dash also without it. */
const mentions = (text: string, name: string): boolean => {
  const bare = name.replaceAll('-', '')
  if (BARE_ONLY.has(name)) return text === name || text.toLowerCase() === `is${bare}`
  const words = text.split(/(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+/).map((word) => word.toLowerCase())
  return words.includes(bare) || (name.includes('-') && text.toLowerCase().includes(name))
}
