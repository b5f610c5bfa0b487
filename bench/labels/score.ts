import { type LabelledText, origin } from './split.ts'

/** What was found in one text. */
export interface Prediction {
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[]
  readonly categories: readonly string[]
}

/** One text with what it holds and what was found. `annotated`: the types whose absence from `gold` means something. */
export interface Case {
  readonly file: string
  readonly gold: LabelledText
  readonly found: Prediction
  readonly annotated: ReadonlySet<string> | 'all'
}

export interface Counts {
  readonly gold: number
  readonly hit: number
  readonly predicted: number
  readonly right: number
}

/** Numbers issued by somebody, and credentials. */
export const HARD: ReadonlySet<string> = new Set(
  (
    'EMAIL PHONE CREDIT_CARD IBAN BANK_ACCOUNT NATIONAL_ID TAX_ID PASSPORT DRIVER_LICENSE HEALTH_ID CRYPTO_WALLET SECRET ' +
    'PASSWORD INTERNAL_ID LICENSE_PLATE IP_ADDRESS MAC_ADDRESS'
  ).split(' '),
)
/** The same and what names or describes a person. */
export const DIRECT: ReadonlySet<string> = new Set([
  ...HARD,
  'PERSON',
  'ADDRESS',
  'DATE_OF_BIRTH',
  'MEDICAL',
  'USERNAME',
])

const CATEGORIES = ['contract', 'financial', 'health', 'source_code'] as const

interface Span {
  readonly start: number
  readonly end: number
}

/** The share of a span's characters that lie in any of the others. */
const cover = (span: Span, others: readonly Span[]): number => {
  const length = Math.max(1, span.end - span.start)
  const marks = new Uint8Array(length)
  for (const other of others) {
    marks.fill(1, Math.max(0, other.start - span.start), Math.max(0, other.end - span.start))
  }
  return marks.reduce((sum, mark) => sum + mark, 0) / length
}

const HALF = 0.5

const add = (a: Counts | undefined, b: Counts): Counts => ({
  gold: (a?.gold ?? 0) + b.gold,
  hit: (a?.hit ?? 0) + b.hit,
  predicted: (a?.predicted ?? 0) + b.predicted,
  right: (a?.right ?? 0) + b.right,
})

export const precision = ({ right, predicted }: Counts): number | null =>
  predicted === 0 ? null : right / predicted
export const recall = ({ hit, gold }: Counts): number | null => (gold === 0 ? null : hit / gold)

/** Recall counts four times as much as precision: what is missed leaves, what is too much stays at home. */
export const f2 = (counts: Counts): number | null => {
  const p = precision(counts)
  const r = recall(counts)
  if (p === null || r === null) return null
  return p + r === 0 ? 0 : (5 * p * r) / (4 * p + r)
}

const countsOf = ({ gold, found, annotated }: Case): ReadonlyMap<string, Counts> => {
  const counts = new Map<string, Counts>()
  for (const span of gold.spans) {
    const same = found.spans.filter(({ type }) => type === span.type)
    const hit = cover(span, same) >= HALF ? 1 : 0
    counts.set(span.type, add(counts.get(span.type), { gold: 1, hit, predicted: 0, right: 0 }))
  }
  for (const span of found.spans) {
    if (annotated !== 'all' && !annotated.has(span.type)) continue
    const same = gold.spans.filter(({ type }) => type === span.type)
    const right = cover(span, same) >= HALF ? 1 : 0
    counts.set(span.type, add(counts.get(span.type), { gold: 0, hit: 0, predicted: 1, right }))
  }
  return counts
}

/** Counts by type over all cases. */
export const byType = (cases: readonly Case[]): ReadonlyMap<string, Counts> => {
  const all = new Map<string, Counts>()
  for (const one of cases) {
    for (const [type, counts] of countsOf(one)) all.set(type, add(all.get(type), counts))
  }
  return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
}

export const micro = (cases: readonly Case[]): Counts =>
  [...byType(cases).values()].reduce(add, { gold: 0, hit: 0, predicted: 0, right: 0 })

const holds = (spans: readonly { readonly type: string }[], types: ReadonlySet<string>): boolean =>
  spans.some(({ type }) => types.has(type))

export interface Share {
  readonly count: number
  readonly of: number
}

export const percent = ({ count, of }: Share): string =>
  of === 0 ? '–' : `${((100 * count) / of).toFixed(1)} %`

const shareOf = <T>(list: readonly T[], test: (item: T) => boolean): Share => ({
  count: list.filter(test).length,
  of: list.length,
})

/** Texts with a span of these types in which a span of these types was found. */
export const noticed = (cases: readonly Case[], types: ReadonlySet<string>): Share =>
  shareOf(
    cases.filter(({ gold }) => holds(gold.spans, types)),
    ({ found }) => holds(found.spans, types),
  )

/** Texts with nothing in them in which something that has a floor was found. */
export const falseAlarms = (cases: readonly Case[]): Share =>
  shareOf(
    cases.filter(({ gold }) => gold.spans.length === 0 && (gold.categories ?? []).length === 0),
    ({ found }) => holds(found.spans, DIRECT) || found.categories.length > 0,
  )

/** Characters of direct identifiers that lie in no finding at all. */
export const missed = (cases: readonly Case[]): Share => {
  let count = 0
  let of = 0
  for (const { gold, found } of cases) {
    for (const span of gold.spans) {
      if (!DIRECT.has(span.type)) continue
      const length = span.end - span.start
      of += length
      count += length * (1 - cover(span, found.spans))
    }
  }
  return { count, of }
}

export interface CategoryScore {
  readonly category: string
  readonly recall: Share
  readonly falseAlarms: Share
  /** How many of the false alarms each template made, the most first: a template is one wording, however many texts. */
  readonly byTemplate: readonly number[]
}

const sizesBy = <T>(list: readonly T[], key: (item: T) => string): readonly number[] =>
  [...Map.groupBy(list, key).values()].map(({ length }) => length).sort((a, b) => b - a)

/**
 * How well whole texts are told apart. False alarms are counted over files in which the category occurs and those
 * that are labelled throughout: elsewhere its absence says nothing.
 */
export const categories = (cases: readonly Case[]): readonly CategoryScore[] =>
  CATEGORIES.map((category) => {
    const is = ({ gold }: Case): boolean => gold.categories?.includes(category) === true
    const told = ({ found }: Case): boolean => found.categories.includes(category)
    const files = new Set(cases.flatMap((one) => (is(one) || one.annotated === 'all' ? [one.file] : [])))
    const others = cases.filter((one) => !is(one) && files.has(one.file))
    return {
      category,
      recall: shareOf(cases.filter(is), told),
      falseAlarms: shareOf(others, told),
      byTemplate: sizesBy(others.filter(told), ({ gold }) => origin(gold)),
    }
  })

export interface Confusion {
  readonly gold: string
  readonly found: string
  readonly count: number
}

/** What was taken for what, or missed (`nothing` found), or seen where nothing is; the most frequent first. */
export const confusions = (cases: readonly Case[]): readonly Confusion[] => {
  const counts = new Map<string, number>()
  const count = (gold: string, found: string): void => {
    const key = `${gold} ${found}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const { gold, found, annotated } of cases) {
    for (const span of gold.spans) {
      if (
        cover(
          span,
          found.spans.filter(({ type }) => type === span.type),
        ) >= HALF
      )
        continue
      const other = found.spans.find((one) => one.type !== span.type && cover(span, [one]) >= HALF)
      count(span.type, other?.type ?? 'nothing')
    }
    for (const span of found.spans) {
      if (annotated !== 'all' && !annotated.has(span.type)) continue
      if (cover(span, gold.spans) === 0) count('nothing', span.type)
    }
  }
  return [...counts]
    .map(([key, times]) => {
      const [gold = '', other = ''] = key.split(' ')
      return { gold, found: other, count: times }
    })
    .sort((a, b) => b.count - a.count)
}
