import { builtinModules } from 'node:module'
import type { Node } from 'oxc-parser'
import { DOORS, type Door } from './doors.ts'
import { importsOf, literalText, packageOf } from './imports.ts'
import { isTest, type Source, type Violation, violation, walk } from './sources.ts'

/** Built-in modules that open nothing and load nothing. A module that is not here is a door. */
const HARMLESS: ReadonlySet<string> = new Set(
  [
    'assert',
    'async_hooks',
    'buffer',
    'constants',
    'crypto',
    'diagnostics_channel',
    'events',
    'fs',
    'os',
    'path',
    'perf_hooks',
    'process',
    'querystring',
    'readline',
    'sqlite',
    'stream',
    'string_decoder',
    'timers',
    'tty',
    'url',
    'util',
    'zlib',
  ].map((name) => `node:${name}`),
)
/** Names without a door in them, of modules that are doors. */
const HARMLESS_NAMES: Readonly<Record<string, readonly string[]>> = {
  'node:net': ['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'SocketAddress'],
  'node:http': ['STATUS_CODES', 'METHODS', 'validateHeaderName', 'validateHeaderValue'],
  'node:worker_threads': ['isMainThread', 'parentPort', 'workerData', 'threadId'],
}
/** Packages that open sockets. */
const DOOR_PACKAGES: ReadonlySet<string> = new Set(['undici', 'undici-types', 'ws'])

/** Globals that open a socket or run text as code. */
const GLOBALS: ReadonlySet<string> = new Set([
  'fetch',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'XMLHttpRequest',
  'require',
  'eval',
  'Function',
  'importScripts',
])
/** Words that are refused wherever they stand, as a name, a member, a key or a string. */
const WORDS: ReadonlySet<string> = new Set([
  'getBuiltinModule',
  'createRequire',
  'dlopen',
  '_linkedBinding',
  'sendBeacon',
])
const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'global'])

interface Use {
  /** Key of a door's `uses`. */
  readonly of: string
  readonly names: readonly string[]
  readonly start: number
}

/** Everything in a file that only a listed door may do, and is not listed. */
export const doorViolations = (
  sources: readonly Source[],
  doors: readonly Door[] = DOORS,
): readonly Violation[] =>
  sources
    .filter((source) => !isTest(source.path))
    .flatMap((source) => {
      const door = doors.find((one) => one.file === source.path)
      return usesOf(source).flatMap((use) => {
        const listed = door?.uses[use.of] ?? []
        const missing = listed.includes('*') ? [] : use.names.filter((name) => !listed.includes(name))
        if (missing.length === 0) return []
        return [
          violation(source, use, `opens ${use.of} (${missing.join(', ')}) and is no listed door for it`),
        ]
      })
    })

/** Doors that lead nowhere: the file is gone, or no longer uses what it is listed for. */
export const deadDoors = (sources: readonly Source[], doors: readonly Door[] = DOORS): readonly string[] =>
  doors.flatMap((door) => {
    const source = sources.find((one) => one.path === door.file)
    if (source === undefined) return [`${door.file} does not exist`]
    const uses = usesOf(source)
    return Object.entries(door.uses).flatMap(([of, names]) =>
      names
        .filter((name) => !uses.some((use) => use.of === of && (name === '*' || use.names.includes(name))))
        .map((name) => `${door.file} does not use ${of} (${name})`),
    )
  })

const usesOf = (source: Source): readonly Use[] => {
  const uses: Use[] = [...moduleUses(source)]
  walk(source, (node, parents) => {
    const word = refusedWord(node, parents)
    if (word !== null) uses.push({ of: word, names: ['*'], start: node.start })
  })
  return uses
}

const moduleUses = (source: Source): readonly Use[] =>
  importsOf(source).flatMap((one) => {
    const name = packageOf(one.specifier)
    if (one.typeOnly || name === null) return []
    const module = asBuiltin(name)
    if (!isDoorModule(module)) return []
    const harmless = HARMLESS_NAMES[module] ?? []
    const names = one.names.filter((each) => !harmless.includes(each))
    return names.length === 0 ? [] : [{ of: module, names, start: one.start }]
  })

/** `http`, `fs/promises` and `node:fs/promises` are the built-ins `node:http` and `node:fs`. */
const asBuiltin = (name: string): string => {
  const bare = name.replace(/^node:/, '')
  return name.startsWith('node:') || builtinModules.includes(bare) ? `node:${bare.split('/')[0]}` : name
}

const isDoorModule = (module: string): boolean =>
  module.startsWith('node:') ? !HARMLESS.has(module) : DOOR_PACKAGES.has(module)

const refusedWord = (node: Node, parents: readonly Node[]): string | null => {
  switch (node.type) {
    case 'ImportExpression':
      return literalText(node.source) === null ? 'computed import' : null
    case 'Identifier':
      if (WORDS.has(node.name)) return node.name
      if (GLOBALS.has(node.name) && isReference(node, parents)) return node.name
      return GLOBAL_OBJECTS.has(node.name) && isReference(node, parents) && !isPlainMember(node, parents)
        ? `${node.name} as a value`
        : null
    case 'Literal':
      return typeof node.value === 'string' && WORDS.has(node.value) ? node.value : null
    case 'MemberExpression':
      return refusedMember(node)
    case 'NewExpression':
      return isComputedModuleUrl(node) ? 'computed module URL' : null
    case 'TSImportEqualsDeclaration':
      return node.moduleReference.type === 'TSExternalModuleReference' ? 'require' : null
    default:
      return null
  }
}

/** A file to start whose name is put together: nobody could say then what can be reached. */
const isComputedModuleUrl = (node: Extract<Node, { type: 'NewExpression' }>): boolean => {
  const [first, second] = node.arguments
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return false
  if (second?.type !== 'MemberExpression' || second.object.type !== 'MetaProperty') return false
  return (
    first?.type === 'TemplateLiteral' &&
    first.expressions.length > 0 &&
    /\.[mc]?[jt]s$/.test(first.quasis.at(-1)?.value.cooked ?? '')
  )
}

/** `globalThis.fetch`, `globalThis['fetch']`, `process[name]`. */
const refusedMember = (node: Extract<Node, { type: 'MemberExpression' }>): string | null => {
  if (node.object.type !== 'Identifier') return null
  const owner = node.object.name
  if (!GLOBAL_OBJECTS.has(owner) && owner !== 'process') return null
  const member = node.computed ? literalText(node.property) : nameOf(node.property)
  if (member === null) return `computed member of ${owner}`
  if (owner === 'process') return member === 'binding' ? 'process.binding' : null
  return GLOBALS.has(member) ? member : null
}

const nameOf = (node: Node): string | null =>
  node.type === 'Identifier' || node.type === 'PrivateIdentifier' ? node.name : null

/** `globalThis.x`: what x may be is the member's question. */
const isPlainMember = (node: Node, parents: readonly Node[]): boolean => {
  const parent = parents.at(-1)
  return parent?.type === 'MemberExpression' && parent.object === node
}

const TYPE_LEVEL_PARENTS: ReadonlySet<string> = new Set([
  'TSTypeReference',
  'TSQualifiedName',
  'TSTypeQuery',
  'TSInterfaceHeritage',
  'TSClassImplements',
  'TSPropertySignature',
  'TSMethodSignature',
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeParameter',
  'TSImportType',
])

/** Whether an identifier stands for a value, rather than naming a member, a key or a type. */
const isReference = (node: Node, parents: readonly Node[]): boolean => {
  const parent = parents.at(-1)
  if (parent === undefined || TYPE_LEVEL_PARENTS.has(parent.type)) return false
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed
  if (parent.type === 'Property') return parent.shorthand || parent.computed || parent.value === node
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition')
    return parent.computed || parent.value === node
  return true
}

/** Files that may read the environment. */
const READS_ENVIRONMENT = /^server\/src\/(main\.ts|cli\/)/

/** Reads of the environment outside main.ts and cli/: configuration reaches the rooms as a value. */
export const environmentViolations = (sources: readonly Source[]): readonly Violation[] =>
  sources
    .filter((source) => source.path.startsWith('server/src/'))
    .filter((source) => !isTest(source.path) && !READS_ENVIRONMENT.test(source.path))
    .flatMap((source) => {
      const found: Violation[] = []
      for (const one of importsOf(source)) {
        if (packageOf(one.specifier) === 'node:process' && !one.typeOnly)
          found.push(
            violation(source, one, 'imports node:process; use the global, so that its use can be seen'),
          )
      }
      walk(source, (node, parents) => {
        if (node.type !== 'Identifier' || node.name !== 'process' || !isReference(node, parents)) return
        const parent = parents.at(-1)
        if (parent?.type !== 'MemberExpression' || parent.object !== node)
          found.push(violation(source, node, 'takes process apart; its members must be named one by one'))
        else if ((parent.computed ? literalText(parent.property) : nameOf(parent.property)) === 'env')
          found.push(violation(source, node, 'reads process.env outside main.ts and cli/'))
      })
      return found
    })
