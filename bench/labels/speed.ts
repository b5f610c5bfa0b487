import type { Call, Label, Level } from '../../server/src/domain/index.ts'
import { createLabeller, type Labeller } from '../../server/src/sensitivity/index.ts'

/** CPU time of labelling one text, in microseconds, user and system together. */
export interface SpeedRow {
  readonly name: string
  /** Characters (UTF-16 units) of the text. */
  readonly size: number
  readonly p50: number
  readonly p99: number
  /** Of the median the part of the thread that labels; the rest is the engine's compiler and collector beside it. */
  readonly own: number
  readonly runs: number
}

const PROSE =
  'The quarterly planning meeting was moved to the second week because several people are travelling. Please look ' +
  'at the attached draft and tell me whether the tone is right for a wider audience; I tried to keep each section ' +
  'short. The main question is how we should describe the migration from the old queue to the new one without ' +
  'promising a date. Most of the chapter explains what changes for customers and what they have to do themselves, ' +
  'and the end lists known limits. If you think a table would help, say so. '

const FINDINGS =
  'Contact: Marta Lindqvist, marta.lindqvist@tarn-systems.com, +49 30 901820, IBAN DE89 3704 0044 0532 0130 00. ' +
  'Card 5500 0000 0000 0004. She lives at Lindenstraße 14, 10969 Berlin, born 12.03.1985. '

/** What careless scanners are slow on; each is repeated to a megabyte. */
const WORST: Readonly<Record<string, string>> = {
  'a.a.a.': 'a.a.a.',
  digits: '9',
  'digits, spaced': '4 1 1 1 ',
  '@': '@',
  'a@a.': 'a@a.',
  base64: 'QUJDRGVmZ2hpMTIz+/',
  'base64 in lines': 'QUJDRGVmZ2hpMTIzQUJDRGVmZ2hpMTIzQUJDRGVmZ2hpMTIz\n',
  hexadecimal: '3a4b5c6d',
  'JSON in strings': '{"a":"[{\\"b\\":1}]"},',
  'words that announce': 'card iban ssn passport account phone email password born patient ',
  'scripts in turn': 'aдb手γ1',
  'letters, spaced': 'a b c d ',
  'number words': 'four one one two five ',
  'said addresses': 'john at b dot com ',
  'capitalised words': 'Anna Maria Schmidt Berlin ',
  'percent escapes': '%41%42',
  entities: '&#65;&amp;',
  'runs with blanks': 'a                                ',
  accounts: 'DE89 3704 0044 0532 0130 00 ',
  cards: '4111 1111 1111 1111 ',
  addresses: 'Hauptstraße 12, 10115 Berlin ',
  dates: '12.03.1985 ',
  'full-width': '４',
  'zero-width': 'a\u200b',
  turns: 'user: 4111\nassistant: 1\n',
}

const MEGABYTE = 1 << 20

const filled = (text: string, size: number): string =>
  text.repeat(Math.ceil(size / text.length)).slice(0, size)

/** Ordinary texts by what they are, for whoever compares. */
export const ORDINARY = {
  prose: { name: '2 KB of prose', text: filled(PROSE, 2_048) },
  findings: { name: '2 KB with findings', text: filled(PROSE + FINDINGS, 2_048) },
} as const

const callOf = (texts: readonly string[]): Call => {
  const json = { model: 'auto', messages: texts.map((content) => ({ role: 'user', content })) }
  return {
    id: 'cw_bench',
    operation: 'chat',
    dialect: 'openai-chat',
    source: '',
    json,
    model: 'auto',
    modelSpan: [0, 0],
    framing: 'sse',
    payload: null,
    verbatim: null,
    stream: false,
    wantsUsage: false,
    media: [],
    needs: {
      tools: false,
      images: false,
      audio: false,
      files: false,
      structured: false,
      inputTokens: 1,
      outputTokens: 0,
    },
    dialectHeaders: {},
  }
}

const NOBODY = { carries: [] } as const
const UNRAISED: Level | null = null

type Spent = readonly [whole: number, own: number]

const cpu = (work: () => Label): Spent => {
  const [before, beforeOwn] = [process.cpuUsage(), process.threadCpuUsage()]
  work()
  const [whole, own] = [process.cpuUsage(before), process.threadCpuUsage(beforeOwn)]
  return [whole.user + whole.system, own.user + own.system]
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const rowOf = (
  name: string,
  size: number,
  runs: number,
  labeller: Labeller,
  calls: (run: number) => Call,
): SpeedRow => {
  const spent: Spent[] = []
  for (let run = 0; run < runs; run += 1) {
    const call = calls(run)
    spent.push(cpu(() => labeller.label(call, NOBODY, UNRAISED)))
  }
  const sorted = (which: 0 | 1): readonly number[] => spent.map((one) => one[which]).sort((a, b) => a - b)
  const whole = sorted(0)
  return { name, size, runs, p50: at(whole, 0.5), p99: at(whole, 0.99), own: at(sorted(1), 0.5) }
}

const RUNS = 2_000
/** Labellings before the first that counts: while the engine still compiles, its compiler's time is booked on whatever runs. */
export const WARM = 3_000
/** A clock of whole microseconds says little of a few dozen; short texts are taken in bundles of this many messages. */
const HISTORY = 20

/**
 * Measures labelling with everything on: ordinary texts without a cache, a conversation whose history was
 * labelled before, and a megabyte of each text made to be slow. Takes about a minute of one core.
 */
export const measureSpeed = (): readonly SpeedRow[] => {
  const uncached = createLabeller({ cacheBytes: 0, budget: 60_000 })
  const ordinary: readonly (readonly [string, string, number])[] = [
    [ORDINARY.prose.name, ORDINARY.prose.text, RUNS],
    [ORDINARY.findings.name, ORDINARY.findings.text, RUNS],
    ['20 KB of prose', filled(PROSE, 20_480), RUNS / 10],
    ['20 KB with findings', filled(PROSE + FINDINGS, 20_480), RUNS / 10],
  ]
  const rows: SpeedRow[] = []
  for (const [name, text, runs] of ordinary) {
    const call = callOf([text])
    rowOf(name, text.length, Math.min(WARM, runs * 2), uncached, () => call)
    rows.push(rowOf(name, text.length, runs, uncached, () => call))
  }
  rows.push(cachedTurn())
  for (const [name, unit] of Object.entries(WORST)) {
    const call = callOf([filled(unit, MEGABYTE)])
    rows.push(rowOf(`1 MB of ${name}`, MEGABYTE, 1, uncached, () => call))
  }
  return rows
}

/** A turn of a conversation: twenty messages of 2 KB that were labelled before, and a new one of a sentence. */
const cachedTurn = (): SpeedRow => {
  const labeller = createLabeller()
  const history = Array.from({ length: HISTORY }, (_, i) => filled(`${i}. ${PROSE}`, 2_048))
  const turn = (run: number): Call => callOf([...history, `And what about number ${run} then?`])
  const size = HISTORY * 2_048
  rowOf('', size, WARM, labeller, turn)
  return rowOf(`a turn with ${size / 1_024} KB of history seen before`, size, RUNS / 2, labeller, (run) =>
    turn(run + WARM),
  )
}
