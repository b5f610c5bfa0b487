import { CODES, KINDS } from '../domain/index.ts'
import type { Explained } from '../explain.ts'

const FINDINGS_SHOWN = 12

/**
 * For a person: what was found and what of it counts, the floors that follow, who may have it, who only with values
 * taken out, who not and what would change that, the order and why, and what was not looked at.
 */
export const toldFor = (explained: Explained): string => {
  const blocks = [
    labelBlock(explained),
    floorBlock(explained),
    ...candidateBlocks(explained),
    orderBlock(explained),
    refusalBlock(explained),
    notAskedBlock(explained),
  ]
  return `${blocks.flatMap((block) => (block.length === 0 ? [] : [block.join('\n')])).join('\n\n')}\n`
}

const labelBlock = (explained: Explained): readonly string[] => {
  const { label, findings, input, call, profile } = explained
  const carried = [...label.kinds, ...label.conditions]
  const lines = [
    `Label    ${label.level}${carried.length === 0 ? ', nothing found' : `: ${carried.join(', ')}`}`,
    `         model ${input.model}, use ${input.use.name}, key ${input.principal.key}, profile ${profile}, about ${call.needs.inputTokens} tokens`,
  ]
  const { declared, raised, sticky = [] } = label
  if (declared.length > 0) lines.push(`         declared by the use: ${declared.join(', ')}`)
  if (raised !== null) lines.push(`         raised to ${raised} by the client`)
  if (sticky.length > 0) lines.push(`         carried by the conversation before: ${sticky.join(', ')}`)
  const shown = findings.slice(0, FINDINGS_SHOWN)
  const rows = table(
    shown.map((one) => [
      one.kind ?? 'no floor',
      narrowed(one),
      one.masked,
      one.confidence.toFixed(2),
      one.path,
    ]),
    '  ',
  )
  for (const [index, row] of rows.entries()) {
    lines.push(row, ...wrapped(reasonOf(shown[index]), '    '))
  }
  const more = findings.length - shown.length + label.omitted
  if (more > 0) lines.push(`  and ${more} more`)
  return lines
}

/** `IBAN (DE)`, `PASSPORT (FR)`, `SECRET (github_token)`: a country that the sub-type says already is not said again. */
const narrowed = ({ type, sub, country }: Explained['findings'][number]): string => {
  const words = [sub, sub?.startsWith(country ?? '') === true ? undefined : country]
  const said = words.filter((word) => word !== undefined)
  return said.length === 0 ? type : `${type} (${said.join(', ')})`
}

const reasonOf = (finding: Explained['findings'][number] | undefined): string => {
  if (finding === undefined) return ''
  const { reason, counts, threshold, kind } = finding
  return counts || threshold === null ? reason : `${reason}; does not count: ${kind} counts from ${threshold}`
}

const WAY_WORDS = { pseudonyms: 'under pseudonyms', masked: 'masked' } as const

const floorBlock = ({ floors }: Explained): readonly string[] => {
  if (floors.length === 0) return []
  const rows = floors.map((floor) => {
    const elsewhere =
      floor.pending.length === 0 || floor.under === null
        ? ''
        : `; ${floor.pending.join(', ')} ${WAY_WORDS[floor.under]}`
    const where = floor.sides.length === 0 ? 'nowhere' : floor.sides.join(', ')
    const more = [
      ...(floor.regions === null ? [] : [`in ${floor.regions.join(', ')}`]),
      ...(floor.agreements.length === 0 ? [] : [`under ${floor.agreements.join(', ')}`]),
      ...(floor.loosened === null ? [] : [`loosened by the ${floor.loosened}`]),
    ]
    return [floor.key, [`${where}${elsewhere}`, ...more].join('; ')]
  })
  return ['Floors', ...table(rows, '  ')]
}

const candidateBlocks = (explained: Explained): readonly (readonly string[])[] => {
  const { candidates, across } = explained
  const name = (one: (typeof candidates)[number]): readonly string[] => [
    one.target,
    one.side ?? '-',
    `${one.model ?? '-'}${one.simulated ? ' (simulated)' : ''}`,
  ]
  const over = new Map(across?.permitted.map(({ target, rule }) => [target, rule]))
  const may = candidates.filter(({ refusal }) => refusal === null)
  const crossing = candidates.filter(({ target }) => over.has(target))
  const not = candidates.filter(({ refusal, target }) => refusal !== null && !over.has(target))
  const heads = table(
    not.map((one) => [...name(one), one.refusal?.rule ?? '']),
    '  ',
  )
  const refusals = not.flatMap(({ refusal }, index) => [
    heads[index] ?? '',
    ...wrapped(refusal?.reason ?? '', '    '),
    ...wrapped(`would pass with ${refusal?.remedy ?? ''}`, '    '),
  ])
  const listed = (title: string, ones: typeof candidates, rule: (one: (typeof ones)[number]) => string) =>
    ones.length === 0
      ? []
      : [
          title,
          ...table(
            ones.map((one) => [...name(one), rule(one)]),
            '  ',
          ),
        ]
  return [
    listed('May have it', may, ({ rule }) => rule ?? ''),
    [
      ...listed('May have it with values taken out', crossing, ({ target }) => over.get(target) ?? ''),
      ...acrossLines(explained),
    ],
    not.length === 0 ? [] : ['May not', ...refusals],
  ]
}

const acrossLines = ({ across }: Explained): readonly string[] => {
  if (across === null) return []
  const ways = KINDS.flatMap((kind) => {
    const way = across.ways[kind]
    return way === undefined ? [] : [`${kind} ${WAY_WORDS[way]}`]
  })
  const found = `${across.findings} of the findings above`
  return wrapped(
    `${ways.join(', ')} (${found}). It depends on every value being within reach: one that stands in a header, a key, an encoded run or an attachment stays where it is, and then none of them may.`,
    '    ',
  )
}

const orderBlock = ({ ranking }: Explained): readonly string[] => {
  if (ranking === null) return []
  const lines =
    ranking.order.length === 0 ? [] : [`Order    ${ranking.order.join(', then ')}`, `         ${ranking.why}`]
  for (const { target, lacks } of ranking.unable) lines.push(`         not ${target}: it lacks ${lacks}`)
  for (const { target, why } of ranking.down) lines.push(`         not ${target}: ${why}`)
  if (ranking.order.length > 0)
    lines.push('         Which of them are up only a running gateway knows; here all count as up.')
  return lines
}

const refusalBlock = ({ refusal }: Explained): readonly string[] =>
  refusal === null
    ? []
    : [
        `Refused  A client would get ${CODES[refusal.code].status} ${refusal.code}:`,
        ...wrapped(refusal.message, '  '),
      ]

const notAskedBlock = ({ notAsked }: Explained): readonly string[] => {
  const lines: string[] = []
  if (notAsked.attachments)
    lines.push('attachments: what is no text was not unpacked here, as a running gateway would')
  if (notAsked.stages.length > 0)
    lines.push(`further readers: ${notAsked.stages.join(', ')} would be asked too, and may only add`)
  if (notAsked.conversation) lines.push('earlier turns: what a conversation carried before counts too')
  return lines.length === 0 ? [] : ['Not looked at', ...lines.flatMap((text) => wrapped(text, '  '))]
}

/** Columns as wide as their widest cell, the last one ragged. */
const table = (rows: readonly (readonly string[])[], indent: string): readonly string[] => {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  return rows.map((row) =>
    `${indent}${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}

const WIDTH = 96

const wrapped = (text: string, indent: string): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 1 > WIDTH) {
      lines.push(indent + line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return line === '' ? lines : [...lines, indent + line]
}
