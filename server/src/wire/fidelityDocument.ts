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

const SIGNS = { mapped: '✓', signalled: '!', refused: '✕' } as const

const cell = (text: string): string => text.replaceAll('|', '\\|')

const lineOf = (fields: FieldRow, to: Dialect): FieldFidelity => fields.to[to] ?? fields.otherwise

/** The reasons, each once, with the dialects that it is not the same for named before it. */
const reasonsOf = (fields: FieldRow, others: readonly Conversational[]): string => {
  const special = others.filter((to) => lineOf(fields, to).why !== fields.otherwise.why)
  const said = special.map((to) => `${TITLES[to]}: ${lineOf(fields, to).why}`)
  return [...(special.length === others.length ? [] : [fields.otherwise.why]), ...said].join('; ')
}

const tableOf = (
  rows: Readonly<Record<string, FieldRow>>,
  others: readonly Conversational[],
): readonly string[] => [
  `| field | ${others.map((to) => TITLES[to]).join(' | ')} | what happens |`,
  `|---|${others.map(() => ':-:|').join('')}---|`,
  ...Object.entries(rows).map(([field, fields]) => {
    const signs = others.map((to) => SIGNS[lineOf(fields, to).policy])
    return `| \`${cell(field)}\` | ${signs.join(' | ')} | ${cell(reasonsOf(fields, others))} |`
  }),
]

const sectionOf = (dialect: Conversational): readonly string[] => {
  const fields = fidelityTable[dialect]
  if (fields === undefined) return []
  const spoken = CLIENTS.includes(dialect)
  const others = CONVERSATIONAL.filter((other) => other !== dialect)
  const clients = CLIENTS.filter((other) => other !== dialect)
  return [
    `## ${TITLES[dialect]}`,
    '',
    ...(spoken && Object.keys(fields.request).length > 0
      ? ['### A request of it, to an upstream of another', '', ...tableOf(fields.request, others), '']
      : []),
    ...(Object.keys(fields.reply).length > 0
      ? ['### A reply of it, to a client of another', '', ...tableOf(fields.reply, clients), '']
      : []),
  ]
}

/** The table as `docs/fidelity.md` shows it to people. */
export const fidelityDocument = (): string => {
  const lines = [
    '# What becomes of every field',
    '',
    'Where client and upstream speak the same dialect, nothing is translated: the request is forwarded as it came',
    'and the reply relayed as it came. Where they do not, each field fares as its line says:',
    '',
    '- ✓ carried over;',
    '- ! left out, and named in `x-causeway-dropped` and in the record; `x-causeway-strict: true` makes it a refusal;',
    '- ✕ refused with `cannot_translate`, which names the field.',
    '',
    'A field that no line names is left out and named. A line stands for everything below its field that has none',
    'of its own; `[]` is any position of a list. A value that asks for what happens anyway (`n: 1`) is neither named',
    'nor refused. Embeddings, completions, images, audio and passthrough are carried in their own dialect only.',
    '',
    'This page is made of the tables in the code by `node scripts/fidelity.mjs --write`.',
    '',
    ...CONVERSATIONAL.flatMap(sectionOf),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}
