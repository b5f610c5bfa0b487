import { CONVERSATIONAL, type Dialect } from '../domain/index.ts'
import type { FieldFidelity, FieldRow } from './body/fidelity.ts'
import { fidelityTable } from './fidelity.ts'

type Conversational = (typeof CONVERSATIONAL)[number]

const TITLES: Readonly<Record<Conversational, string>> = {
  'openai-chat': 'Chat Completions',
  'openai-responses': 'Responses',
  'anthropic-messages': 'Messages',
  gemini: 'Gemini',
  'bedrock-converse': 'Converse',
  ollama: 'Ollama',
}

/** Those that clients speak. */
const CLIENTS: readonly Conversational[] = CONVERSATIONAL.filter((dialect) => dialect !== 'bedrock-converse')

const SIGNS = { mapped: '✓', signalled: '!', offered: '(!)', refused: '✕' } as const
const FATES = ['mapped', 'signalled', 'offered', 'refused'] as const

const cell = (text: string): string => text.replaceAll('|', '\\|')

const lineOf = (fields: FieldRow, to: Dialect): FieldFidelity => fields.to[to] ?? fields.otherwise

/** Characters of reasons that a line of a table may hold before they become a note under it. */
const LONGEST = 90

interface Reasons {
  /** Of most dialects; null where each has its own. */
  readonly usual: string | null
  /** Of those that it is not the same for. */
  readonly special: readonly string[]
}

const reasonsOf = (fields: FieldRow, others: readonly Conversational[]): Reasons => {
  const special = others.filter((to) => lineOf(fields, to).why !== fields.otherwise.why)
  const whys = Map.groupBy(special, (to) => lineOf(fields, to).why)
  return {
    usual: special.length === others.length ? null : fields.otherwise.why,
    special: [...whys].map(([why, names]) => `${names.map((to) => TITLES[to]).join(', ')}: ${why}`),
  }
}

/** Reasons too long for their line, each once, numbered. */
class Notes {
  readonly #numbers = new Map<string, number>()

  said({ usual, special }: Reasons): string {
    const line = [...(usual === null ? [] : [usual]), ...special].join('; ')
    if (line.length <= LONGEST) return line
    const note = special.map((one) => `   - ${one}`).join('\n')
    const key = special.length === 0 ? line : `${usual ?? 'each in its way'}:\n${note}`
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1
    this.#numbers.set(key, number)
    return `note ${number}`
  }

  lines(): readonly string[] {
    if (this.#numbers.size === 0) return []
    return ['', 'Notes', '', ...[...this.#numbers].map(([key, number]) => `${number}. ${key}`)]
  }
}

const tableOf = (
  rows: Readonly<Record<string, FieldRow>>,
  others: readonly Conversational[],
): readonly string[] => {
  const notes = new Notes()
  return [
    `| field | ${others.map((to) => TITLES[to]).join(' | ')} | what becomes of it |`,
    `|---|${others.map(() => ':-:|').join('')}---|`,
    ...Object.entries(rows).map(([field, fields]) => {
      const signs = others.map((to) => SIGNS[lineOf(fields, to).policy])
      const said = notes.said(reasonsOf(fields, others))
      return `| \`${cell(field)}\` | ${signs.join(' | ')} | ${cell(said)} |`
    }),
    ...notes.lines(),
  ]
}

type Part = 'request' | 'reply'

/** Whether a dialect's requests, or its replies, are ever carried into another. */
const isCarried = (dialect: Conversational, part: Part): boolean =>
  Object.keys(fidelityTable[dialect]?.[part] ?? {}).length > 0

const othersOf = (dialect: Conversational, part: Part): readonly Conversational[] =>
  (part === 'request' ? CONVERSATIONAL : CLIENTS).filter((other) => other !== dialect)

const HEADINGS = { request: 'requests', reply: 'replies' } as const

const sectionOf = (dialect: Conversational, part: Part): readonly string[] => {
  const title = TITLES[dialect]
  const said =
    part === 'request'
      ? `A client speaks ${title}; the columns are what the upstream speaks.`
      : `The upstream speaks ${title}; the columns are what the client speaks.`
  const rows = fidelityTable[dialect]?.[part] ?? {}
  return [`### ${title} ${HEADINGS[part]}`, '', said, '', ...tableOf(rows, othersOf(dialect, part)), '']
}

const PARTS = ['request', 'reply'] as const

const chapterOf = (dialect: Conversational): readonly string[] => [
  `## ${TITLES[dialect]}`,
  '',
  ...PARTS.filter((part) => isCarried(dialect, part)).flatMap((part) => sectionOf(dialect, part)),
]

const link = (dialect: Conversational, part: Part): string => {
  const title = `${TITLES[dialect]} ${HEADINGS[part]}`
  return `[${HEADINGS[part]}](#${title.toLowerCase().replaceAll(' ', '-')})`
}

/** How many fields of each dialect fare how in each other. */
const overviewOf = (part: Part): readonly string[] => {
  const columns = part === 'request' ? CONVERSATIONAL : CLIENTS
  const heads = columns.map((to) => `${part === 'request' ? 'to' : 'for'} ${TITLES[to]}`)
  return [
    `| ${HEADINGS[part]} of | fields | ${heads.join(' | ')} |`,
    `|---|--:|${columns.map(() => '---|').join('')}`,
    ...CONVERSATIONAL.filter((dialect) => isCarried(dialect, part)).map((dialect) => {
      const rows = Object.values(fidelityTable[dialect]?.[part] ?? {})
      const counts = columns.map((to) => {
        if (to === dialect) return 'as it came'
        const fates = rows.map((fields) => lineOf(fields, to).policy)
        const told = FATES.map((fate) => [SIGNS[fate], fates.filter((one) => one === fate).length] as const)
        return told.flatMap(([sign, count]) => (count === 0 ? [] : [`${sign} ${count}`])).join(' ')
      })
      return `| ${TITLES[dialect]} | ${rows.length} | ${counts.join(' | ')} |`
    }),
    '',
  ]
}

/** `docs/fidelity.md`: what becomes of every field of every dialect in each other one. */
export const fidelityDocument = (): string => {
  const lines = [
    '# What becomes of every field',
    '',
    'Where client and upstream speak the same dialect, nothing is translated: the request is forwarded as it came',
    'and the reply relayed as it came. Where they do not, each field fares as its line says:',
    '',
    '| sign | what becomes of the field |',
    '|:-:|---|',
    `| ${SIGNS.mapped} | carried over, as the last column says |`,
    `| ${SIGNS.signalled} | left out, and named in \`x-causeway-dropped\` and in the record; with \`x-causeway-strict: true\` it is refused |`,
    `| ${SIGNS.offered} | a tool that its vendor runs: left out and named like ${SIGNS.signalled} where the request also offers a tool that its client runs; refused like ${SIGNS.refused} where nothing else is offered or the client insists on it |`,
    `| ${SIGNS.refused} | refused with \`cannot_translate\`, which names the field; nothing was sent |`,
    '',
    'How to read a line:',
    '',
    '- Look for the dialect that is spoken first (the client’s for a request, the upstream’s for a reply), then the',
    '  field, then the column of the other side. `[]` is any position of a list.',
    '- A field that no line names is left out and named; in replies a line stands for all that its field holds and',
    '  that has no line of its own.',
    '- A value of a carried field that has no counterpart is named or refused like any other loss.',
    '- A value that asks for what happens anyway (`n: 1`) is neither named nor refused.',
    '- Embeddings, images, audio and passthrough are carried in their own dialect only.',
    '',
    'Where to look:',
    '',
    ...CONVERSATIONAL.map((dialect) => {
      const links = PARTS.filter((part) => isCarried(dialect, part)).map((part) => link(dialect, part))
      return `- ${TITLES[dialect]}: ${links.join(', ')}`
    }),
    '',
    'How many fields fare how:',
    '',
    ...overviewOf('request'),
    ...overviewOf('reply'),
    'This page is made of the tables in the code by `node scripts/fidelity.mjs --write`.',
    '',
    ...CONVERSATIONAL.flatMap(chapterOf),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}
