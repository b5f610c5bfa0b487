/** One member of the outermost object, or one item of the outermost array. Offsets are UTF-16, ends exclusive. */
export interface JsonMember {
  /** The decoded key; null for an item of an array. */
  readonly key: string | null
  /** Where the member begins: at its key's quote, or at the item. */
  readonly start: number
  /** Where its value begins and ends. */
  readonly valueStart: number
  readonly valueEnd: number
}

/** What one pass over a JSON text saw. It checks nothing: `JSON.parse` still has to. */
export interface JsonScan {
  /** Object keys in the whole text, repeated ones counted each time. */
  readonly keys: number
  /** Deepest nesting; a scalar has 0. Stops growing one past the limit, where the scan stops too. */
  readonly depth: number
  readonly members: readonly JsonMember[]
  /** The outermost container's brackets; -1 where there is none or it never closes. */
  readonly open: number
  readonly close: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OBJECT_OPEN = 0x7b
const OBJECT_CLOSE = 0x7d
const ARRAY_OPEN = 0x5b
const ARRAY_CLOSE = 0x5d

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

const skipBlank = (text: string, from: number): number => {
  let at = from
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1
  return at
}

/** Offset just after the string whose opening quote stands at `open`; the text's length where it never ends. */
export const afterString = (text: string, open: number): number => {
  let from = open + 1
  for (;;) {
    const close = text.indexOf('"', from)
    if (close === -1) return text.length
    let slashes = close - 1
    while (text.charCodeAt(slashes) === BACKSLASH) slashes -= 1
    if ((close - slashes) % 2 === 1) return close + 1
    from = close + 1
  }
}

const decodeKey = (quoted: string): string => {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    const key: unknown = JSON.parse(quoted)
    return typeof key === 'string' ? key : quoted
  } catch {
    return quoted
  }
}

/**
 * Counts keys and nesting and finds the outermost members in one linear pass that hops over strings.
 * Never throws, whatever the text is; on text that is no JSON the answer is meaningless but finite.
 */
export const scanJson = (text: string, limits: { readonly depth: number }): JsonScan => {
  const members: JsonMember[] = []
  let keys = 0
  let depth = 0
  let deepest = 0
  let open = -1
  let close = -1
  let inArray = false
  let key: string | null = null
  let start = -1
  let valueStart = -1
  let lastEnd = 0

  const finishMember = (): void => {
    if (valueStart !== -1) members.push({ key, start, valueStart, valueEnd: lastEnd })
    key = null
    start = -1
    valueStart = -1
  }

  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isBlank(code)) {
      at += 1
      continue
    }
    if (depth === 1 && inArray && valueStart === -1 && code !== COMMA && code !== ARRAY_CLOSE) {
      start = at
      valueStart = at
    }
    if (code === QUOTE) {
      const end = afterString(text, at)
      const next = skipBlank(text, end)
      if (text.charCodeAt(next) === COLON) {
        keys += 1
        if (depth === 1 && !inArray && valueStart === -1) {
          key = decodeKey(text.slice(at, end))
          start = at
          valueStart = skipBlank(text, next + 1)
        }
        at = next + 1
      } else {
        at = end
      }
      lastEnd = end
      continue
    }
    if (code === OBJECT_OPEN || code === ARRAY_OPEN) {
      depth += 1
      if (depth > deepest) deepest = depth
      if (depth > limits.depth) break
      if (open === -1) {
        open = at
        inArray = code === ARRAY_OPEN
      }
    } else if (code === OBJECT_CLOSE || code === ARRAY_CLOSE) {
      if (depth === 1) {
        finishMember()
        close = at
      }
      depth -= 1
    } else if (code === COMMA && depth === 1) {
      finishMember()
    }
    at += 1
    if (code !== COMMA) lastEnd = at
  }
  return { keys, depth: deepest, members, open, close }
}

/** What the deep-freezing walk over a parsed JSON value counted. */
export interface JsonCount {
  /** Own keys of all objects. Fewer than `scanJson` counted in the source means that a key was repeated. */
  readonly keys: number
  /** False where a number overflowed to infinity, such as `1e400`. */
  readonly finite: boolean
}

/** Freezes a parsed JSON value in place, all the way down, counting as it goes. */
export const freezeJson = (value: unknown): JsonCount => {
  let keys = 0
  let finite = true
  const walk = (node: unknown): void => {
    if (typeof node === 'number') {
      if (!Number.isFinite(node)) finite = false
      return
    }
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) {
      for (const item of node) walk(item)
    } else {
      const members = Object.values(node)
      keys += members.length
      for (const member of members) walk(member)
    }
    Object.freeze(node)
  }
  walk(value)
  return { keys, finite }
}

/** The first key that an object of the text repeats, decoded, or null. For the message only: call it when the counts differ. */
export const repeatedKey = (text: string): string | null => {
  const seen: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === OBJECT_OPEN) seen.push(new Set())
    else if (code === ARRAY_OPEN) seen.push(null)
    else if (code === OBJECT_CLOSE || code === ARRAY_CLOSE) seen.pop()
    else if (code === QUOTE) {
      const end = afterString(text, at)
      if (text.charCodeAt(skipBlank(text, end)) === COLON) {
        const key = decodeKey(text.slice(at, end))
        const keys = seen.at(-1)
        if (keys?.has(key) === true) return key
        keys?.add(key)
      }
      at = end - 1
    }
  }
  return null
}

/** What the language has and its type library does not yet: the source of a parsed number, and JSON put in as it is. */
type ExactJson = {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown
  rawJSON(text: string): unknown
}

const isInexact = (value: unknown): boolean => Number.isInteger(value) && !Number.isSafeInteger(value)

/** True where a tree holds a whole number that a double does not hold exactly, such as a 64-bit id. */
export const holdsInexact = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(holdsInexact) : isInexact(value)

/**
 * Parses JSON so that `JSON.stringify` gives such numbers back digit by digit: each becomes an opaque value
 * that only stringify understands. All else is parsed as usual. Throws SyntaxError as `JSON.parse` does.
 */
export const parseExact = (text: string): unknown => {
  const exact = JSON as unknown as ExactJson
  return exact.parse(text, (_key, value, { source }) =>
    isInexact(value) && source !== undefined ? exact.rawJSON(source) : value,
  )
}

/** Replace `[start, end)` by `text`. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Applies edits that do not overlap, in any order; everything outside them stays as it is, character by character. */
export const splice = (text: string, edits: readonly Edit[]): string => {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  let out = ''
  let done = 0
  for (const edit of ordered) {
    if (edit.start < done || edit.end < edit.start) throw new RangeError('edits overlap')
    out += text.slice(done, edit.start) + edit.text
    done = edit.end
  }
  return out + text.slice(done)
}

/** Changes to the outermost members, by position in `scan.members` for what is there and by key for what is new. */
export interface MemberChanges {
  /** New JSON text for the value of the member at this position. */
  readonly replace?: ReadonlyMap<number, string>
  /** New key for the member at this position. */
  readonly rename?: ReadonlyMap<number, string>
  readonly remove?: ReadonlySet<number>
  /** Members to append: key (null in an array) and JSON text of the value. */
  readonly add?: readonly { readonly key: string | null; readonly json: string }[]
}

const removal = (scan: JsonScan, position: number, keptBefore: boolean): Edit => {
  const member = scan.members[position]
  const before = scan.members[position - 1]
  const after = scan.members[position + 1]
  if (member === undefined) throw new RangeError('no such member')
  if (keptBefore && before !== undefined) return { start: before.valueEnd, end: member.valueEnd, text: '' }
  return { start: member.start, end: after === undefined ? member.valueEnd : after.start, text: '' }
}

/** The edits for `splice` that make these changes with the commas right and no other character touched. */
export const memberEdits = (scan: JsonScan, changes: MemberChanges): Edit[] => {
  const edits: Edit[] = []
  let lastKept = -1
  scan.members.forEach((member, position) => {
    if (changes.remove?.has(position) === true) {
      edits.push(removal(scan, position, lastKept !== -1))
      return
    }
    lastKept = member.valueEnd
    const value = changes.replace?.get(position)
    if (value !== undefined) edits.push({ start: member.valueStart, end: member.valueEnd, text: value })
    const key = changes.rename?.get(position)
    if (key !== undefined) {
      edits.push({ start: member.start, end: member.valueStart, text: `${JSON.stringify(key)}:` })
    }
  })
  const added = (changes.add ?? []).map((entry) =>
    entry.key === null ? entry.json : `${JSON.stringify(entry.key)}:${entry.json}`,
  )
  if (added.length > 0) {
    const at = lastKept === -1 ? scan.close : lastKept
    edits.push({ start: at, end: at, text: (lastKept === -1 ? '' : ',') + added.join(',') })
  }
  return edits
}
