/*
 * Which packages the data plane can reach: from the gateway's index through our own files, and from there
 * through the installed packages' own dependencies. The list is checked in, so that a new one is a line in a diff.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { importsOf, packageOf, resolveImport } from './imports.ts'
import { ROOT, readSources, type Source } from './sources.ts'

export const REACHABLE_LIST = join(import.meta.dirname, 'reachable.txt')
const ENTRY = 'server/src/gateway/index.ts'

/** Packages that our own files import at run time, from an entry on. */
export const packagesImported = (sources: readonly Source[], entry: string): readonly string[] => {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const packages = new Set<string>()
  const seen = new Set<string>()
  const waiting = [entry]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const source = byPath.get(path)
    if (source === undefined || seen.has(path)) continue
    seen.add(path)
    for (const one of importsOf(source)) {
      if (one.typeOnly) continue
      const name = packageOf(one.specifier)
      if (name === null) waiting.push(resolveImport(path, one.specifier) ?? '')
      else if (!name.startsWith('node:')) packages.add(name)
    }
  }
  return [...packages].sort()
}

interface Manifest {
  readonly version: string
  readonly needs: readonly string[]
}

const namesIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : []

const readManifest = (folder: string): Manifest => {
  const json: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const field = (name: string): unknown =>
    typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined
  const needs = ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((name) =>
    namesIn(field(name)),
  )
  return { version: String(field('version')), needs }
}

/** Where a package lies for whoever sits in `from`: the nearest node_modules that has it, or null. */
const locate = (name: string, from: string): string | null => {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === dirname(folder)) return null
  }
}

/** `name@version` of every package reachable, sorted; a package that is not installed (optional, or a peer) is left out. */
export const reachablePackages = (): readonly string[] => {
  const found = new Set<string>()
  const visit = (name: string, from: string): void => {
    const folder = locate(name, from)
    if (folder === null) return
    const { version, needs } = readManifest(folder)
    const entry = `${name}@${version}`
    if (found.has(entry)) return
    found.add(entry)
    for (const need of needs) visit(need, folder)
  }
  const imported = packagesImported(readSources('server/src'), ENTRY)
  for (const name of imported) visit(name, join(ROOT, 'server'))
  return [...found].sort()
}

export const reachableText = (packages: readonly string[]): string =>
  `# Packages reachable from ${ENTRY}. Written by: node scripts/reachable.mjs --write\n${packages.join('\n')}\n`
