import { isMap, isNode, isPair, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import { z } from 'zod'
import { nearest } from '../lib/index.ts'
import { maskSecrets } from '../providers/index.ts'
import { type Path, type Place, type Problem, pathText } from './problem.ts'
import { type Config, configSchema } from './schema.ts'

/** A file read: its configuration, or null and what is wrong. */
export interface Parsed {
  /** The file's name, for messages. */
  readonly name: string
  readonly config: Config | null
  readonly problems: readonly Problem[]
  /** Where a path stands in the text, or its nearest part that does. */
  readonly placeOf: (path: Path) => Place | null
}

const LONGEST = 1024 * 1024

/** YAML text to a configuration whose every key and type is right. Never throws: all mistakes come back at once. */
export const parseConfig = (text: string, name: string): Parsed => {
  if (text.length > LONGEST) {
    return failed(name, [{ path: '', message: 'is longer than 1 MB', place: null }])
  }
  const counter = new LineCounter()
  // Without its own pretty errors: those quote the lines, and a secret may stand in them.
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: true,
    version: '1.2',
  })
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { line, column: col }
  }
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    return failed(
      name,
      faults.map((fault) => ({ path: '', message: yamlMessage(fault.code), place: place(fault.pos[0]) })),
    )
  }
  const placeOf = (path: Path): Place | null => {
    const offset = offsetOf(document.contents, path)
    return offset === null ? null : place(offset)
  }
  const value = plainValue(document)
  if (value.problem !== null) return failed(name, [value.problem])
  const read = configSchema.safeParse(value.json ?? {})
  if (read.success) return { name, config: read.data, problems: [], placeOf }
  return {
    name,
    config: null,
    problems: read.error.issues.flatMap((issue) => problemsOf(issue, value.json, placeOf)),
    placeOf,
  }
}

const failed = (name: string, problems: readonly Problem[]): Parsed => ({
  name,
  config: null,
  problems,
  placeOf: () => null,
})

const plainValue = (document: {
  toJS(options: { maxAliasCount: number }): unknown
}): { json: unknown; problem: null } | { json: null; problem: Problem } => {
  try {
    return { json: document.toJS({ maxAliasCount: 100 }), problem: null }
  } catch {
    return {
      json: null,
      problem: { path: '', message: 'repeats an anchor too often, or one that is not there', place: null },
    }
  }
}

const YAML_MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key is given twice; keep one',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
  BAD_INDENT: 'this line is indented wrongly',
  MISSING_CHAR: 'something is missing here, most often a colon, a closing bracket or a quote',
  MULTIPLE_DOCS: 'holds several documents; keep one',
  TAG_RESOLVE_FAILED: 'tags (!name) are not used here',
  BAD_ALIAS: 'this alias (*name) names nothing',
  MULTILINE_IMPLICIT_KEY: 'a key must stand on one line',
  UNEXPECTED_TOKEN: 'this is not expected here',
}

const yamlMessage = (code: string): string =>
  `not valid YAML: ${YAML_MESSAGES[code] ?? code.toLowerCase().replaceAll('_', ' ')}`

const problemsOf = (
  issue: z.core.$ZodIssue,
  json: unknown,
  placeOf: (path: Path) => Place | null,
): readonly Problem[] => {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => ({
      path: maskSecrets(pathText([...path, unknown])),
      message: unknownKey(unknown, keysAt(configSchema, path)),
      place: placeOf([...path, unknown]),
    }))
  }
  return [
    {
      path: maskSecrets(pathText(path)),
      message: messageOf(issue, valueAt(json, path)),
      place: placeOf(path),
    },
  ]
}

const unknownKey = (unknown: string, known: readonly string[]): string => {
  const meant = nearest(unknown, known)
  return meant === null
    ? `unknown key; there are ${known.join(', ')}`
    : `unknown key; did you mean "${meant}"?`
}

/** Says what is wanted and the kind of thing that stands there, never the thing itself. */
const messageOf = (issue: z.core.$ZodIssue, value: unknown): string => {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return 'is missing'
      return `must be ${ARTICLES[issue.expected] ?? issue.expected}, not ${kindOf(value)}`
    case 'invalid_value': {
      const words = issue.values.map(String)
      if (value === undefined) return `is missing; one of ${words.join(', ')}`
      const meant = typeof value === 'string' ? nearest(value, words) : null
      return `must be one of ${words.join(', ')}${meant === null ? '' : `; did you mean "${meant}"?`}`
    }
    default:
      return value === undefined ? 'is missing' : issue.message
  }
}

const ARTICLES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'infinity or no number at all'
  return (
    { string: 'text', number: 'a number', boolean: 'true or false' }[String(typeof value)] ??
    'a group of keys'
  )
}

const valueAt = (json: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined,
    json,
  )

/** The keys that the schema knows at a path. */
const keysAt = (schema: z.core.$ZodType, path: Path): readonly string[] => {
  let at: z.core.$ZodType | undefined = unwrapped(schema)
  for (const step of path) {
    if (at instanceof z.ZodArray) at = at.element
    else if (at instanceof z.ZodUnion) return keysOf(at)
    else if (at instanceof z.ZodObject) at = Reflect.get(at.shape, step)
    else if (at instanceof z.ZodRecord) at = at.valueType
    if (at === undefined) return []
    at = unwrapped(at)
  }
  return keysOf(at)
}

/** Of a group that comes in several sorts: the keys of all of them. */
const keysOf = (schema: z.core.$ZodType): readonly string[] =>
  schema instanceof z.ZodObject
    ? Object.keys(schema.shape)
    : schema instanceof z.ZodUnion
      ? [...new Set(schema.options.flatMap((option) => keysOf(option)))]
      : []

/** The schema under its defaults and optional marks. */
export const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrapped(schema.unwrap())
  }
  return schema
}

/** Offset of what stands at a path: of its key where it has one, else of the nearest thing around it. */
const offsetOf = (contents: ParsedNode | null, path: Path): number | null => {
  let node: unknown = contents
  let offset = contents?.range[0] ?? null
  for (const step of path) {
    const child = childOf(node, step)
    if (child === null) break
    offset = child.offset ?? offset
    node = child.node
  }
  return offset
}

const childOf = (node: unknown, step: string | number): { offset: number | null; node: unknown } | null => {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
    )
    return pair === undefined ? null : { offset: startOf(pair.key), node: pair.value }
  }
  if (
    typeof step === 'number' &&
    typeof node === 'object' &&
    node !== null &&
    'items' in node &&
    Array.isArray(node.items)
  ) {
    const item: unknown = node.items[step]
    return item === undefined ? null : { offset: startOf(item), node: item }
  }
  return null
}

const startOf = (node: unknown): number | null => (isNode(node) ? (node.range?.[0] ?? null) : null)
