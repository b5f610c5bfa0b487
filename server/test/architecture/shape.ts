import type { Node } from 'oxc-parser'
import { CASTS, EMPTY_NAMES, FILE_LINES, FUNCTION_LINES, LONGER } from './limits.ts'
import { isTest, lineAt, type Source, type Violation, violation, walk } from './sources.ts'

interface Size {
  readonly path: string
  readonly line: number
  readonly what: string
  readonly lines: number
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
])
/** A suite is a chapter of a test file, not a function. */
const SUITES: ReadonlySet<string> = new Set(['describe', 'suite'])

/** Lines of every function with a body and of every file. */
export const sizesOf = (source: Source): readonly Size[] => {
  const sizes: Size[] = [
    { path: source.path, line: 1, what: 'file', lines: source.text.trimEnd().split('\n').length },
  ]
  walk(source, (node, parents) => {
    if (!FUNCTIONS.has(node.type) || isSuite(parents)) return
    const line = lineAt(source, node.start)
    const lines = lineAt(source, node.end) - line + 1
    sizes.push({ path: source.path, line, what: 'function', lines })
  })
  return sizes
}

const isSuite = (parents: readonly Node[]): boolean => {
  const parent = parents.at(-1)
  return (
    parent?.type === 'CallExpression' && parent.callee.type === 'Identifier' && SUITES.has(parent.callee.name)
  )
}

const boundsOf = (size: Size): typeof FILE_LINES => (size.what === 'file' ? FILE_LINES : FUNCTION_LINES)
const allowance = (size: Size): number =>
  Math.max(boundsOf(size).limit, ...LONGER.filter((one) => one.path === size.path).map((one) => one.lines))

export const sizeViolations = (sources: readonly Source[]): readonly Violation[] =>
  sources
    .flatMap(sizesOf)
    .filter((size) => size.lines > allowance(size))
    .map(({ path, line, what, lines }) => ({ path, line, what: `${what} of ${lines} lines` }))

/** What is over the aim and under the limit, largest first. */
export const overTheAim = (sources: readonly Source[]): readonly Size[] =>
  sources
    .flatMap(sizesOf)
    .filter((size) => size.lines > boundsOf(size).aim && size.lines <= allowance(size))
    .sort((a, b) => b.lines / boundsOf(b).aim - a.lines / boundsOf(a).aim)

/** Folders and files whose name says nothing. */
export const nameViolations = (paths: readonly string[]): readonly Violation[] =>
  paths
    .filter((path) => path.split(/[/.]/).some(saysNothing))
    .map((path) => ({ path, line: 1, what: 'has a name that says nothing' }))

/** `helper`, `Common`, `key-manager`: the last word is what a thing is. */
const saysNothing = (part: string): boolean => EMPTY_NAMES.has(part.split('-').at(-1)?.toLowerCase() ?? '')

/** A room's index that does not open with an essay of three lines or more. */
export const essayViolations = (sources: readonly Source[]): readonly Violation[] =>
  sources
    .filter((source) => /^server\/src\/[^/]+\/index\.ts$/.test(source.path))
    .filter((source) => essayLines(source) < 3)
    .map((source) => ({ path: source.path, line: 1, what: 'does not open with an essay' }))

const essayLines = (source: Source): number => {
  const [first] = source.comments
  if (first === undefined || first.type !== 'Block' || source.text.slice(0, first.start).trim() !== '')
    return 0
  return first.value.split('\n').filter((line) => /\p{L}/u.test(line)).length
}

/** `export *`, `any`, `as`, `<T>x`, `x!`, and comments that silence the compiler. */
export const strictnessViolations = (sources: readonly Source[]): readonly Violation[] =>
  sources.flatMap((source) => {
    const found: Violation[] = []
    walk(source, (node) => {
      const what = looseness(node, source.path)
      if (what !== null) found.push(violation(source, node, what))
    })
    for (const comment of source.comments) {
      if (/@ts-(ignore|nocheck)|@ts-expect-error/.test(comment.value) && !isTest(source.path))
        found.push(violation(source, comment, 'silences the compiler'))
    }
    return found
  })

const looseness = (node: Node, path: string): string | null => {
  switch (node.type) {
    case 'ExportAllDeclaration':
      return node.exportKind === 'type' && path.startsWith('console/')
        ? null
        : 'exports everything; name what is meant'
    case 'TSAnyKeyword':
      return 'any'
    case 'TSNonNullExpression':
      return 'asserts that it is not null'
    case 'TSTypeAssertion':
    case 'TSAsExpression':
      return isConst(node.typeAnnotation) || CASTS.some((one) => one.path.test(path))
        ? null
        : 'asserts a type outside the places listed in limits.ts'
    default:
      return null
  }
}

const isConst = (node: Node): boolean =>
  node.type === 'TSTypeReference' && node.typeName.type === 'Identifier' && node.typeName.name === 'const'
