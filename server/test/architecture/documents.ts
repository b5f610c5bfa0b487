/*
 * What the documents promise must exist: files and folders they name, links they set, commands they tell the
 * reader to type. Design notes are history and may name what is gone.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { filesUnder, ROOT, type Source, type Violation, walk } from './sources.ts'

export const documents = (): readonly string[] => [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter((path) => existsSync(join(ROOT, path))),
  ...['docs', 'server', 'console', 'bench']
    .flatMap((folder) => filesUnder(folder, /\.md$/))
    .filter((path) => !/^docs\/design\/\d/.test(path)),
]

/** Made on a user's machine, so never in the repository. */
const MADE_LATER = /^(\.\/)?(\.?causeway(\.yaml|\/|$)|node_modules|console\/dist|dist(\/|$)|rules(\/|$)|~)/
const FOLDERS = /^(\.\/)?(server|console|docs|scripts|bench|\.ci)\//
const FILE = /^[\w./@-]+\.(md|ts|tsx|mjs|json|txt|yaml|cedar|png|svg)$/

interface Mention {
  readonly text: string
  readonly line: number
  readonly link: boolean
}

/** Link targets and back-ticked words of a document, fenced blocks left out. */
const mentionsIn = (text: string): readonly Mention[] => {
  let fenced = false
  return text.split('\n').flatMap((content, index) => {
    if (/^\s*(```|~~~)/.test(content)) fenced = !fenced
    if (fenced) return []
    const line = index + 1
    const links = [...content.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map((match) => match[1] ?? '')
    const ticked = [...content.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
    return [
      ...links.map((each) => ({ text: each.replace(/#.*$/, ''), line, link: true })),
      ...ticked.map((each) => ({ text: each, line, link: false })),
    ]
  })
}

const looksLikePath = ({ text, link }: Mention): boolean => {
  if (text === '' || /^[a-z]+:/i.test(text) || /[*<>{}$ …]|NNNN/.test(text)) return false
  if (MADE_LATER.test(text) || text.startsWith('/')) return false
  return link || FOLDERS.test(text) || FILE.test(text)
}

/** A placeholder in a rule about names: `x.test.ts`. */
const PLACEHOLDER = /^x\./

let baseNames: ReadonlySet<string> | null = null
/** A name without a folder is enough where the text around it says which is meant. */
const isAnywhere = (name: string): boolean => {
  baseNames ??= new Set(
    ['server', 'console', 'docs', 'scripts', 'bench'].flatMap((folder) =>
      filesUnder(folder, /./).map((path) => path.slice(path.lastIndexOf('/') + 1)),
    ),
  )
  return baseNames.has(name)
}

/** Where a document's path may start: beside the document, at the checkout's folder, or at the rooms. */
const exists = (document: string, path: string, link: boolean): boolean => {
  const starts = link
    ? [dirname(document)]
    : [dirname(document), '.', 'server/src', 'server/test', 'console/src']
  if (!link && !path.includes('/') && (PLACEHOLDER.test(path) || isAnywhere(path))) return true
  return starts.some((start) => existsSync(join(ROOT, normalize(join(start, path)))))
}

export const pathViolations = (document: string, text: string): readonly Violation[] =>
  mentionsIn(text)
    .filter(looksLikePath)
    .filter((mention) => !exists(document, mention.text, mention.link))
    .map((mention) => ({
      path: document,
      line: mention.line,
      what: `names ${mention.text}, which does not exist`,
    }))

/** Commands that the program knows, read from the calls of `.command('name …')` under cli/. */
export const programCommands = (sources: readonly Source[]): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const source of sources.filter((one) => one.path.startsWith('server/src/cli/'))) {
    walk(source, (node) => {
      if (node.type !== 'CallExpression') return
      const [first] = node.arguments
      const called =
        node.callee.type === 'MemberExpression' && node.callee.property.type === 'Identifier'
          ? node.callee.property.name
          : node.callee.type === 'Identifier' || node.callee.type === 'NewExpression'
            ? node.callee.type
            : ''
      if (called !== 'command' || first?.type !== 'Literal' || typeof first.value !== 'string') return
      names.add(first.value.split(' ')[0] ?? '')
    })
  }
  return names
}

const BUILT_INTO_NPM: ReadonlySet<string> = new Set(['ci', 'install', 'run', 'pack', 'config', 'cache'])

/** `npm run x`, `npm x`, `causeway x` anywhere in a document, code blocks included. */
export const commandViolations = (
  document: string,
  text: string,
  scripts: ReadonlySet<string>,
  commands: ReadonlySet<string>,
): readonly Violation[] =>
  text.split('\n').flatMap((content, index) => {
    const code = /^\s*(\$|npm|npx|causeway)\b/.test(content)
      ? [content]
      : [...content.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
    return code
      .flatMap((each) => unknownCommands(each, scripts, commands))
      .map((what) => ({ path: document, line: index + 1, what }))
  })

const unknownCommands = (
  code: string,
  scripts: ReadonlySet<string>,
  commands: ReadonlySet<string>,
): readonly string[] => {
  const missing: string[] = []
  for (const [, run, name = ''] of code.matchAll(/\bnpm (run )?([a-z][\w:-]*)/g)) {
    const known = scripts.has(name) || (run === undefined && BUILT_INTO_NPM.has(name))
    if (!known) missing.push(`names npm ${run ?? ''}${name}, which is no script`)
  }
  for (const [, name = ''] of code.matchAll(/(?:^|npx |\$ )causeway ([a-z]+)\b/g)) {
    if (commands.size > 0 && !commands.has(name)) missing.push(`names causeway ${name}, which is no command`)
  }
  return missing
}

export const packageScripts = (): ReadonlySet<string> => {
  const json: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const scripts: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'scripts') : null
  return new Set(typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : [])
}
