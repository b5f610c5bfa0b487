import { createHash } from 'node:crypto'

/** One labelled text of a corpus. Offsets are UTF-16 units of the text without its marker; end exclusive. */
export interface LabelledText {
  readonly id: string
  readonly text: string
  readonly spans: readonly {
    readonly start: number
    readonly end: number
    readonly type: string
    readonly sub?: string
  }[]
  readonly source: string
  readonly language: string
  readonly kind?: string
  readonly categories?: readonly string[]
  /** What the text was made from; texts of one template are all on one side of the split. */
  readonly template?: string
  /** A string inside every secret that keeps scanners quiet; taken out before reading. */
  readonly marker?: string
}

export type Half = 'train' | 'test'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What must not be on both sides: the template, or where there is none the text itself. */
export const origin = (text: LabelledText): string => text.template ?? text.id

/**
 * Which half each template is in. Within a file and a language the templates are put in the order of their
 * digests and dealt out in turn, so that both halves hold every language; a template met in an earlier file
 * keeps its half.
 */
export const splitByTemplate = (
  files: Readonly<Record<string, readonly LabelledText[]>>,
): ReadonlyMap<string, Half> => {
  const halves = new Map<string, Half>()
  for (const file of Object.keys(files).sort()) {
    const byLanguage = new Map<string, Set<string>>()
    for (const text of files[file] ?? []) {
      const origins = byLanguage.get(text.language) ?? new Set()
      byLanguage.set(text.language, origins.add(origin(text)))
    }
    for (const [language, origins] of byLanguage) {
      const fresh = [...origins]
        .filter((one) => !halves.has(one))
        .sort((a, b) => (digest(`${language} ${a}`) < digest(`${language} ${b}`) ? -1 : 1))
      const first = Number.parseInt(digest(`${file} ${language}`).slice(0, 1), 16) % 2
      fresh.forEach((one, i) => {
        halves.set(one, (i + first) % 2 === 0 ? 'train' : 'test')
      })
    }
  }
  return halves
}

/** The half of one text under a split. Throws RangeError for a text the split was not made from. */
export const halfOf = (text: LabelledText, halves: ReadonlyMap<string, Half>): Half => {
  const half = halves.get(origin(text))
  if (half === undefined) throw new RangeError(`${text.id} is in no half`)
  return half
}
