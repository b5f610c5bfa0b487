import type { Detector, Hit } from '../detector.ts'
import { type Reading, read, type WordHit } from '../reading.ts'
import { isCount, mayBeCard } from './region.ts'

/** A part of a text that one speaker says in one go. */
interface Turn {
  readonly speaker: string
  readonly start: number
  readonly end: number
}

/** A part of a value: letters and digits without what separates them, and where they stand. */
interface Part {
  readonly turn: number
  readonly said: string
  readonly start: number
  readonly end: number
}

const MOST_TURNS = 256
const MOST_PARTS = 512
/** Parts of one value, and its length: an IBAN has 34 characters at most. */
const MOST_JOINED = 8
const LONGEST = 34
const FEWEST = 9
/** How far apart parts stand that one voice tells in one go. */
const CLOSE = 100
/** What is copied from before a part, for the words that announce the value. */
const BEFORE = 60
const AFTER = 24

/** Whether the label at `index` begins a line, but for signs and a clock's time. */
const beginsLine = (text: string, index: number): boolean => {
  const line = text.slice(Math.max(0, text.lastIndexOf('\n', index - 1) + 1, index - 24), index)
  return !/\p{L}/u.test(line)
}

/** `model: 'large',`: one word and a comma behind a label are a member of an object in a program. */
const MEMBER = /^[ \t]*(?:['"`]|[A-Za-z])\S{0,80},[ \t]*(?:\n|$)/
const MAY_BE_MEMBER = /^(?:model|client|agent)/

const isMember = (text: string, { word, end }: WordHit): boolean =>
  MAY_BE_MEMBER.test(word) && MEMBER.test(text.slice(end, end + 96))

/** Labels that count turns and name nobody. */
const NUMBERED = /^(?:turn|msg|message)/

/** The turns of a conversation that is written down; the whole text as one where it is none. */
const turnsOf = (reading: Reading): Turn[] => {
  const { text } = reading
  const labels = reading
    .words('speaker')
    .slice(0, MOST_TURNS)
    .filter((label) => beginsLine(text, label.start) && !isMember(text, label))
  const turns = labels.map(
    ({ end, word }, i): Turn => ({
      speaker: NUMBERED.exec(word)?.[0] ?? word,
      start: end,
      end: labels[i + 1]?.start ?? text.length,
    }),
  )
  return turns.length < 2 ? [] : turns
}

const isPart = (said: string): boolean => /[0-9]/.test(said)

/** "Part 1:", "2)": the place of a part, not the part. */
const isOrdinal = (text: string, start: number, end: number): boolean =>
  end - start === 1 && ':)'.includes(text.charAt(end)) && end < text.length

/** Groups of digits in a turn, joined over what separates groups of one number. */
const partsIn = (reading: Reading, turn: Turn, index: number, first: number): [Part[], number] => {
  const { text, tokens } = reading
  const parts: Part[] = []
  let i = first
  for (; i < tokens.length && (tokens[i] ?? 0) < turn.end; i += 2) {
    const [start = 0, end = 0] = [tokens[i], tokens[i + 1]]
    const said = text.slice(start, end)
    if (start < turn.start || !isPart(said) || isOrdinal(text, start, end)) continue
    const last = parts.at(-1)
    if (last !== undefined && /^[ ./_-]{1,2}$/.test(text.slice(last.end, start))) {
      parts[parts.length - 1] = { ...last, said: last.said + said, end }
    } else parts.push({ turn: index, said, start, end })
  }
  return [parts, i]
}

/** Whether characters joined from parts may be a value: long enough, and what its form can prove is right. */
const mayBeValue = (said: string, announced: boolean): boolean => {
  if (said.length < FEWEST || said.length > LONGEST || isCount(said)) return false
  if (/^[A-Za-z]{2}\d{2}/.test(said)) return true
  return mayBeCard(said) || announced
}

const ANNOUNCING = ['ssn', 'nationalId', 'taxId', 'healthId', 'passport', 'bank', 'phone'] as const

interface Joined {
  readonly parts: readonly Part[]
  /** Where the joined value stands in the text that is read. */
  readonly from: number
  readonly to: number
}

/** Values as they would read in one go, line by line, each behind the words that led to its first part. */
const join = (reading: Reading, parts: readonly Part[]) => {
  const { text } = reading
  const joined: Joined[] = []
  let out = ''
  for (let i = 0; i < parts.length; i += 1) {
    const first = parts[i]
    if (first === undefined) break
    const announced = ANNOUNCING.some((group) => reading.near(group, first.start, first.end, BEFORE))
    let said = first.said
    for (let k = i + 1; k < parts.length && k - i < MOST_JOINED; k += 1) {
      said += parts[k]?.said ?? ''
      if (said.length > LONGEST) break
      if (!mayBeValue(said, announced)) continue
      out += text.slice(Math.max(0, first.start - BEFORE), first.start)
      joined.push({ parts: parts.slice(i, k + 1), from: out.length, to: out.length + said.length })
      // What announces a value may stand before its end as well.
      const last = parts[k] ?? first
      out += `${said} ${text.slice(Math.max(0, last.start - AFTER), last.start)}\n\n`
    }
  }
  return { text: out, joined }
}

const BELIEVED: Readonly<Record<string, number>> = {
  CREDIT_CARD: 0.9,
  IBAN: 0.9,
  NATIONAL_ID: 0.8,
  TAX_ID: 0.8,
  HEALTH_ID: 0.8,
}
/** Without check digits or a word for them: only where the text says that something is told in parts. */
const TOLD: Readonly<Record<string, number>> = {
  CREDIT_CARD: 0.8,
  PASSPORT: 0.75,
  BANK_ACCOUNT: 0.75,
  PHONE: 0.75,
}

interface Told {
  readonly hit: Hit
  readonly parts: readonly Part[]
}

const detect = (
  from: Reading,
  parts: readonly Part[],
  split: boolean,
  detectors: readonly Detector[],
): Told[] => {
  const written = join(from, parts.slice(0, MOST_PARTS))
  if (written.joined.length === 0) return []
  const reading = read(written.text)
  const told: Told[] = []
  for (const detector of detectors) {
    for (const hit of detector.detect(reading)) {
      const value = written.joined.find(({ from, to }) => hit.start <= from && hit.end >= to)
      const least = (split ? TOLD[hit.type] : undefined) ?? BELIEVED[hit.type]
      if (value === undefined || least === undefined || hit.confidence < least) continue
      told.push({ hit, parts: value.parts })
    }
  }
  return told
}

/** The chains of parts that may be one value: of each speaker, over turns. */
const chainsOver = (reading: Reading, turns: readonly Turn[]): Part[][] => {
  const bySpeaker = new Map<string, Part[]>()
  let next = 0
  turns.forEach((turn, index) => {
    const [parts, behind] = partsIn(reading, turn, index, next)
    next = behind
    const own = bySpeaker.get(turn.speaker)
    if (own === undefined) bySpeaker.set(turn.speaker, parts)
    else for (const part of parts) own.push(part)
  })
  return [...bySpeaker.values()].filter(({ length }) => length > 1)
}

/** In a text of one voice: parts that stand close together with a word among them that says so. */
const chainsWithin = (reading: Reading): Part[][] => {
  const [parts] = partsIn(reading, { speaker: '', start: 0, end: reading.text.length }, 0, 0)
  const chains: Part[][] = []
  for (const part of parts) {
    const chain = chains.at(-1)
    const last = chain?.at(-1)
    if (chain !== undefined && last !== undefined && part.start - last.end <= CLOSE) chain.push(part)
    else chains.push([part])
  }
  return chains.filter((chain) => {
    const [first, last] = [chain[0], chain.at(-1)]
    return first !== last && last !== undefined && reading.near('splitWord', last.start, last.end, CLOSE)
  })
}

const LAST_WORD = /[A-Za-z0-9][\w.+-]{0,63}(?=[\s.,;:!"')]*$)/
const HOST = /^@? ?(?:[A-Za-z0-9-]{1,40}\.){1,4}[A-Za-z]{2,12}(?![\w@])/

const BARE_HOST =
  /(?<![\w@./-])(?:[A-Za-z0-9-]{2,40}\.){1,3}(?:com|net|org|de|fr|es|it|nl|pl|se|pt|eu|io|me|ch|at|co\.uk)(?![\w@-])/

/** Where a turn holds nothing of an address but its host: behind an `@` of its own, or bare where parts are told. */
const hostIn = ({ text, ats }: Reading, turn: Turn, split: boolean): Pick<Part, 'start' | 'end'> | null => {
  const at = ats.find((place) => place >= turn.start && place < turn.end)
  if (at !== undefined) {
    const host = /[\w.+-]/.test(text.charAt(at - 1)) ? undefined : HOST.exec(text.slice(at, at + 180))?.[0]
    return host === undefined ? null : { start: at, end: at + host.length }
  }
  const bare = split ? BARE_HOST.exec(text.slice(turn.start, Math.min(turn.end, turn.start + 160))) : null
  if (bare === null) return null
  return { start: turn.start + bare.index, end: turn.start + bare.index + bare[0].length }
}

/** Addresses whose name is said in one turn and whose host in the speaker's next: "jane.doe", "@acme.io". */
const mailOverTurns = (reading: Reading, turns: readonly Turn[], split: boolean): Hit[] => {
  const hits: Hit[] = []
  const spoken = new Map<string, Turn>()
  for (const turn of turns) {
    const before = spoken.get(turn.speaker)
    spoken.set(turn.speaker, turn)
    const host = before === undefined ? null : hostIn(reading, turn, split)
    if (before === undefined || host === null) continue
    const bare = reading.text.charAt(host.start) !== '@'
    if (bare && !reading.near('mailWord', before.end, before.end, before.end - before.start)) continue
    const from = Math.max(before.start, before.end - 96)
    const name = LAST_WORD.exec(reading.text.slice(from, before.end))
    if (name === null) continue
    const hit = {
      kind: 'contact',
      type: 'EMAIL',
      confidence: 0.75,
      reason: 'an e-mail address, told in parts',
    } as const
    hits.push({ ...hit, start: from + name.index, end: from + name.index + name[0].length })
    hits.push({ ...hit, ...host })
  }
  return hits
}

/**
 * Values told in parts: over turns of a conversation that is written down ("User: it starts with 4111 1111 …
 * User: and ends with …"), or in one text that says so. Each part is found by itself.
 */
export const toldInParts = (reading: Reading, detectors: readonly Detector[]): Hit[] => {
  const split = reading.has('splitWord')
  if (!(split || reading.has('speaker')) || (!split && reading.tokens.length < 4 && reading.ats.length === 0))
    return []
  const turns = turnsOf(reading)
  if (turns.length === 0 && !split) return []
  const hits = mailOverTurns(reading, turns, split)
  for (const parts of turns.length > 0 ? chainsOver(reading, turns) : chainsWithin(reading)) {
    for (const { hit, parts: of } of detect(reading, parts, split, detectors)) {
      for (const { start, end } of of)
        hits.push({ ...hit, start, end, reason: `${hit.reason}, told in parts` })
    }
  }
  return hits
}
