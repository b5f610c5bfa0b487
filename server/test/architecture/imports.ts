import { join } from 'node:path/posix'
import type { ExportSpecifier, ImportDeclaration, Node } from 'oxc-parser'
import { type Source, walk } from './sources.ts'

/** One way in which a file names another module. */
export interface Import {
  readonly specifier: string
  /** Values by the names the other module exports them under; `*` for all, `default` for the default. Types only where nothing else is imported. */
  readonly names: readonly string[]
  /** True where nothing of it is left at run time. `import { type X }` leaves an import: the module is loaded. */
  readonly typeOnly: boolean
  readonly start: number
}

/** Every import of a file: static, re-export, `import()`, `typeof import()`, `new URL('./x.ts', import.meta.url)`. */
export const importsOf = (source: Source): readonly Import[] => {
  const found: Import[] = []
  walk(source, (node) => {
    const one = importOf(node)
    if (one !== null) found.push(one)
  })
  return found
}

const importOf = (node: Node): Import | null => {
  switch (node.type) {
    case 'ImportDeclaration':
      return {
        specifier: node.source.value,
        names: importedNames(node),
        typeOnly: node.importKind === 'type',
        start: node.start,
      }
    case 'ExportNamedDeclaration':
      if (node.source === null) return null
      return {
        specifier: node.source.value,
        names: node.specifiers
          .filter((one) => node.exportKind === 'type' || one.exportKind !== 'type')
          .map(localName),
        typeOnly: node.exportKind === 'type',
        start: node.start,
      }
    case 'ExportAllDeclaration':
      return {
        specifier: node.source.value,
        names: ['*'],
        typeOnly: node.exportKind === 'type',
        start: node.start,
      }
    case 'TSImportType':
      return { specifier: node.source.value, names: ['*'], typeOnly: true, start: node.start }
    case 'ImportExpression': {
      const specifier = literalText(node.source)
      return specifier === null ? null : { specifier, names: ['*'], typeOnly: false, start: node.start }
    }
    case 'NewExpression':
      return moduleUrl(node)
    default:
      return null
  }
}

/** A bare `import 'x'` counts as all of it: what the module does on its own nobody here can see. */
const importedNames = (node: ImportDeclaration): readonly string[] => {
  if (node.specifiers.length === 0) return ['*']
  return node.specifiers.filter((one) => node.importKind === 'type' || !isTypeName(one)).map(importedName)
}

const isTypeName = (specifier: ImportDeclaration['specifiers'][number]): boolean =>
  specifier.type === 'ImportSpecifier' && specifier.importKind === 'type'

const importedName = (specifier: ImportDeclaration['specifiers'][number]): string => {
  switch (specifier.type) {
    case 'ImportDefaultSpecifier':
      return 'default'
    case 'ImportNamespaceSpecifier':
      return '*'
    case 'ImportSpecifier':
      return specifier.imported.type === 'Literal' ? specifier.imported.value : specifier.imported.name
    default:
      return specifier satisfies never
  }
}

const localName = (specifier: ExportSpecifier): string =>
  specifier.local.type === 'Literal' ? specifier.local.value : specifier.local.name

/** The text of a string literal or of a template without holes, else null. */
export const literalText = (node: Node): string | null => {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? null
  return null
}

/** `new URL('./worker.ts', import.meta.url)` starts a file as surely as an import does. */
const moduleUrl = (node: Extract<Node, { type: 'NewExpression' }>): Import | null => {
  const [first, second] = node.arguments
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return null
  if (first === undefined || second?.type !== 'MemberExpression') return null
  if (second.object.type !== 'MetaProperty') return null
  const specifier = literalText(first)
  if (specifier === null || !/^\.{1,2}\/.*\.m?ts$/.test(specifier)) return null
  return { specifier, names: ['*'], typeOnly: false, start: node.start }
}

/** Path from the checkout's folder of what a relative specifier names, or null for a package. */
export const resolveImport = (from: string, specifier: string): string | null =>
  specifier.startsWith('.') ? join(from, '..', specifier) : null

/** `undici` for `undici/types`, `@scope/name` for `@scope/name/deep`, `node:http` as it is; null for a relative path. */
export const packageOf = (specifier: string): string | null => {
  if (specifier.startsWith('.') || specifier.startsWith('/') || specifier.startsWith('#')) return null
  if (specifier.startsWith('node:')) return specifier
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}
