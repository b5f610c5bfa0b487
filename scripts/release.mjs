/*
 * What a source file becomes in a release. Types are blanked out, so that lines and columns stay what they
 * are, and every path to a `.ts` file that is loaded at run time ends in `.js`.
 */
import { stripTypeScriptTypes } from 'node:module'
import { parseSync, visitorKeys } from 'oxc-parser'

/* stripTypeScriptTypes says once that it is experimental; whoever builds cannot do anything about it. */
const emitWarning = process.emitWarning
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith('stripTypeScriptTypes')) emitWarning.call(process, warning, ...rest)
}

/** Tests and what only tests use stay behind, like everything that is no file of the product. */
export const isPartOfRelease = (path) =>
  !/\.test\.tsx?$|(^|[./\\])fixture\.ts$|\.d\.ts$|\.md$|(^|[/\\])(fixtures|testdata)[/\\]/.test(path)

export const asJavaScript = (path, text) => {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`)
  let result = stripTypeScriptTypes(text)
  for (const { start, end } of specifiersOf(program).sort((a, b) => b.start - a.start)) {
    const literal = result.slice(start, end)
    result = result.slice(0, start) + literal.replace(/\.ts(?=['"`]$)/, '.js') + result.slice(end)
  }
  return result
}

/** Places of the string literals that name a file to load: imports, re-exports, import(), new URL(…, import.meta.url). */
const specifiersOf = (program) => {
  const found = []
  const visit = (node) => {
    if (/^(Import|Export(Named|All))Declaration$|^ImportExpression$/.test(node.type) && node.source)
      found.push(node.source)
    if (node.type === 'NewExpression' && node.callee.name === 'URL' && isModuleUrl(node.arguments[1]))
      found.push(node.arguments[0])
    if (node.type === 'CallExpression' && isResolve(node.callee)) found.push(node.arguments[0])
    for (const key of visitorKeys[node.type] ?? []) {
      for (const child of [node[key]].flat()) if (typeof child?.type === 'string') visit(child)
    }
  }
  visit(program)
  return found.filter((node) => node?.type === 'Literal' && /^\.{1,2}\/.*\.ts$/.test(node.value))
}

/** `import.meta.url` */
const isModuleUrl = (node) =>
  node?.type === 'MemberExpression' && node.object.type === 'MetaProperty' && node.property.name === 'url'

/** `import.meta.resolve` */
const isResolve = (node) =>
  node.type === 'MemberExpression' && node.object.type === 'MetaProperty' && node.property.name === 'resolve'
