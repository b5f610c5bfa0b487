/*
 * A provider's name occurs in its own file and in the list, nowhere else: shared code that asks "is it this
 * vendor?" is how a gateway rots. What differs between providers is a question that each answers.
 */
import type { Node } from 'oxc-parser'
import { isTest, type Source, type Violation, violation, walk } from './sources.ts'

const FOLDER = 'server/src/providers/'

/** Names that are also words of ours or of English, or the stem of a dialect: only the bare name counts. */
const BARE_ONLY: ReadonlySet<string> = new Set(['openai', 'anthropic', 'together', 'fireworks', 'gemini'])
/** No vendors: the built-in engine is a room of ours, and `openai-compatible` names a protocol and is the default. */
const NO_VENDORS: ReadonlySet<string> = new Set(['engine', 'openai-compatible'])

/** Files that may name providers, and why. */
export const MAY_NAME_PROVIDERS: readonly { readonly path: RegExp; readonly reason: string }[] = [
  { path: /^server\/src\/providers\//, reason: 'each file names its own; checked apart' },
  {
    path: /^server\/src\/sensitivity\//,
    reason: 'a finding names who issued the secret, not who serves a model',
  },
  {
    path: /^server\/src\/engine\/errors\.ts$/,
    reason: 'tells people which other local servers they could run',
  },
  {
    path: /^server\/src\/wire\/openai-chat\/relay\.ts$/,
    reason: 'a field that streams of this dialect carry is spelled with a vendor’s name',
  },
]

/** Names of the providers there are: files and folders whose definition carries their own name. */
export const providerNames = (sources: readonly Source[]): readonly string[] => {
  const names = new Set<string>()
  for (const source of sources) {
    if (!source.path.startsWith(FOLDER) || isTest(source.path)) continue
    const own = ownName(source.path)
    walk(source, (node) => {
      if (node.type === 'Property' && isName(node.key) && isText(node.value, own)) names.add(own)
    })
  }
  return [...names].filter((name) => name !== 'index').sort()
}

const isName = (node: Node): boolean => node.type === 'Identifier' && node.name === 'name'
const isText = (node: Node, text: string): boolean => node.type === 'Literal' && node.value === text

const ownName = (path: string): string => (path.slice(FOLDER.length).split('/')[0] ?? '').replace(/\.ts$/, '')

export const providerNameViolations = (
  sources: readonly Source[],
  names: readonly string[],
): readonly Violation[] =>
  sources
    .filter((source) => !isTest(source.path))
    .flatMap((source) => {
      const foreign = names.filter((name) => !NO_VENDORS.has(name) && !mayName(source.path, name))
      const found: Violation[] = []
      walk(source, (node) => {
        const text = textOf(node)
        const name = text === null ? undefined : foreign.find((one) => mentions(text, one))
        if (name !== undefined) found.push(violation(source, node, `names the provider ${name}`))
      })
      return found
    })

const mayName = (path: string, name: string): boolean => {
  if (path === `${FOLDER}index.ts`) return true
  if (path.startsWith(FOLDER)) return ownName(path) === name
  return MAY_NAME_PROVIDERS.some((one) => one.path.test(path))
}

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
