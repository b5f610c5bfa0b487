/*
 * The source files as syntax trees, and a walk over one. Every check of this folder is a function from
 * sources to violations, so that it can be run on planted sources as well as on the house itself.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { type Comment, type Node, type Program, parseSync, visitorKeys } from 'oxc-parser'

/** The checkout's folder. */
export const ROOT = dirname(dirname(dirname(import.meta.dirname)))

export interface Source {
  /** From the checkout's folder, with slashes: `server/src/gateway/egress.ts`. */
  readonly path: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
}

/** One thing that is wrong, at one place. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly what: string
}

export const parse = (path: string, text: string): Source => {
  const { program, comments, errors } = parseSync(path, text)
  const broken = errors.find((error) => error.severity === 'Error')
  if (broken !== undefined) throw new SyntaxError(`${path}: ${broken.message}`)
  return { path, text, program, comments }
}

/** All files under a folder of the checkout whose name matches, as paths from the checkout's folder. */
export const filesUnder = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
    .sort()

const CODE = /\.(ts|tsx|mts)$/

const cache = new Map<string, readonly Source[]>()

/** Every source of one folder, parsed once per process. */
export const readSources = (folder: string): readonly Source[] => {
  const known = cache.get(folder)
  if (known !== undefined) return known
  const sources = filesUnder(folder, CODE)
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => parse(path, readFileSync(join(ROOT, path), 'utf8')))
  cache.set(folder, sources)
  return sources
}

/** Tests and what only tests use: `x.test.ts`, `fixture.ts`, `x.fixture.ts`, and the folder of tests. A release holds none of them. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$|[./]fixture\.tsx?$/.test(path) || path.startsWith('server/test/')

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Visits every node before its children; `parents` runs from the program to the node's own parent. */
export const walk = (source: Source, visit: (node: Node, parents: readonly Node[]) => void): void => {
  const parents: Node[] = []
  const descend = (node: Node): void => {
    visit(node, parents)
    parents.push(node)
    for (const key of visitorKeys[node.type] ?? []) {
      const child: unknown = Reflect.get(node, key)
      if (Array.isArray(child)) child.filter(isNode).forEach(descend)
      else if (isNode(child)) descend(child)
    }
    parents.pop()
  }
  descend(source.program)
}

const newlines = new WeakMap<Source, readonly number[]>()

/** 1-based line of an offset. */
export const lineAt = (source: Source, offset: number): number => {
  let ends = newlines.get(source)
  if (ends === undefined) {
    ends = [...source.text.matchAll(/\n/g)].map((match) => match.index)
    newlines.set(source, ends)
  }
  let [low, high] = [0, ends.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low + 1
}

export const violation = (source: Source, at: { readonly start: number }, what: string): Violation => ({
  path: source.path,
  line: lineAt(source, at.start),
  what,
})

/** What a failed check prints: one line each, most of them useful to click. */
export const listed = (violations: readonly Violation[]): string =>
  violations.map(({ path, line, what }) => `  ${path}:${line}  ${what}`).join('\n')
