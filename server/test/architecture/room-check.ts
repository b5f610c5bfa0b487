import { type Import, importsOf, packageOf, resolveImport } from './imports.ts'
import { COMPOSERS, CONSOLE_MAY_IMPORT, MINT, PACKAGE_ROOMS, PAST_THE_INDEX, ROOMS } from './rooms.ts'
import { isTest, type Source, type Violation, violation } from './sources.ts'

const SERVER = 'server/src/'
const isComposer = (room: string): boolean => COMPOSERS.some((composer) => composer === room)

/** The room of a server file: the folder's name, or the file's own for those that lie beside the rooms. */
const roomOf = (path: string): string | null =>
  path.startsWith(SERVER) ? (path.slice(SERVER.length).split('/')[0] ?? null) : null

/** Imports that cross a wall. Tests may look at every room, but through its index as well. */
export const roomViolations = (sources: readonly Source[]): readonly Violation[] =>
  sources.flatMap((source) =>
    importsOf(source).flatMap((one) => {
      const what = source.path.startsWith('console/') ? consoleFault(source, one) : serverFault(source, one)
      return what === null ? [] : [violation(source, one, what)]
    }),
  )

const serverFault = (source: Source, one: Import): string | null => {
  const from = roomOf(source.path)
  if (from === null) return null
  const target = resolveImport(source.path, one.specifier)
  if (target === null) return packageFault(source, from, one)
  const to = roomOf(target)
  if (to === null) {
    return isTest(source.path) || target === 'server/package.json'
      ? null
      : `imports ${target}, which is no part of the server's sources`
  }
  if (isTest(target) && !isTest(source.path)) return `imports ${target}, which is for tests`
  if (from === to) return null
  return wallFault(source, from, to, one) ?? indexFault(source, target, to)
}

const wallFault = (source: Source, from: string, to: string, one: Import): string | null => {
  if (isTest(source.path) || isComposer(from)) return null
  if (isComposer(to)) return `${from} may not import ${to}, which composes the rooms`
  const allowed = ROOMS[from]
  if (allowed === undefined) return `${from} is no room of the table`
  if (!allowed.includes(to)) return `${from} may not import ${to}`
  if (from === 'domain' && !one.typeOnly) return 'domain may use types of lib only'
  return null
}

const indexFault = (source: Source, target: string, to: string): string | null => {
  if (target === `${SERVER}${to}/index.ts` || (to.endsWith('.ts') && isComposer(to))) return null
  if (PAST_THE_INDEX.some((exception) => exception.from === source.path && exception.to === target))
    return null
  if (target === MINT.file && isTest(source.path)) return null
  return `reaches past ${SERVER}${to}/index.ts to ${target}`
}

const packageFault = (source: Source, from: string, one: Import): string | null => {
  const name = packageOf(one.specifier)
  const rooms = name === null ? undefined : PACKAGE_ROOMS[name]
  if (rooms === undefined || rooms.includes(from) || isTest(source.path)) return null
  return `${name} belongs to ${rooms.join(', ')}`
}

const consoleFault = (source: Source, one: Import): string | null => {
  const target = resolveImport(source.path, one.specifier)
  if (target === null || target.startsWith('console/') || isTest(source.path)) return null
  if (target !== CONSOLE_MAY_IMPORT) return `the console may import ${CONSOLE_MAY_IMPORT} only`
  return one.typeOnly ? null : 'the console may import types of the contract only'
}

/**
 * Whoever could get hold of `mint`: by name, by a namespace, by a re-export or by `import()` of its file.
 * Tests may, since they are not part of the product.
 */
export const mintViolations = (sources: readonly Source[]): readonly Violation[] =>
  sources
    .filter((source) => !isTest(source.path) && source.path !== MINT.user)
    .flatMap((source) =>
      importsOf(source)
        .filter((one) => !one.typeOnly && reachesMint(source, one))
        .map((one) => violation(source, one, `only ${MINT.user} may import ${MINT.name}`)),
    )

const reachesMint = (source: Source, one: Import): boolean => {
  const target = resolveImport(source.path, one.specifier)
  if (target === null) return false
  if (one.names.includes(MINT.name) && roomOf(target) === 'domain') return true
  return target === MINT.file && (one.names.includes('*') || one.names.includes('default'))
}
