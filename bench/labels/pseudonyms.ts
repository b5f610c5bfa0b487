import { createHash } from 'node:crypto'
import type { Call, Channel, Kind } from '../../server/src/domain/index.ts'
import {
  createPseudonyms,
  emptyMapping,
  type Mapping,
  type Site,
  type Way,
} from '../../server/src/pseudonyms/index.ts'
import { createLabeller } from '../../server/src/sensitivity/index.ts'
import { wireOf } from '../../server/src/wire/index.ts'
import { LANGUAGES, type Language, type Persona, personaOf, type Slot } from './pseudonyms-corpus.ts'
import { rewordings, type Worded } from './pseudonyms-rewordings.ts'

/** What was counted over all conversations. */
export interface RoundTrip {
  readonly conversations: number
  readonly requests: number
  /** Values whose original stood in what would have been sent, with an example of each kind of value. */
  readonly sent: number
  /** Stand-ins in answers, and what became of them. */
  readonly standIns: number
  readonly restored: number
  readonly unrestored: number
  readonly wrong: number
  readonly left: number
  /** Findings in covered requests that are not known for stand-ins, where the labeller looks again: such a request does not cross. */
  readonly strange: number
  /** By rewording: how many there were and how many came back. */
  readonly byRewording: Readonly<Record<string, { readonly all: number; readonly restored: number }>>
  readonly byLanguage: Readonly<Record<string, { readonly all: number; readonly restored: number }>>
  readonly examples: readonly string[]
}

const WAYS: Readonly<Partial<Record<Kind, Way>>> = {
  contact: 'pseudonyms',
  payment: 'pseudonyms',
  identity: 'pseudonyms',
  health: 'pseudonyms',
}

/** Said around the stand-ins; must come through as it is. */
const DISTRACTORS = [
  'In 2024 there were 4711 cases, see page 12.',
  'John Adams and Anna Karenina met on July 4, 1776; the form is A7.',
  'Write to info@example.org or call 112.',
  'The ticket is #20231105 and the total is 1,234.56 EUR.',
  'Version 10.0.0.1 of the tool runs at 127.0.0.1:8080.',
  'May I mark the rose? Will this do?',
] as const

const wire = wireOf('openai-chat')
const LIMITS = { bodyBytes: 1 << 26, depth: 64, messages: 4000 }

const readCall = (body: unknown): Call =>
  wire.read(Buffer.from(JSON.stringify(body)), { id: 'cw_bench', operation: 'chat', headers: {} }, LIMITS)

/** Numbers that are the same in every run. */
const randomOf = (seed: string): ((below: number) => number) => {
  let counter = 0
  return (below) => {
    counter += 1
    return createHash('sha256').update(`${seed} ${counter}`).digest().readUInt32BE(0) % below
  }
}

interface Filled {
  readonly text: string
  readonly literals: readonly string[]
  readonly slots: readonly { readonly who: number; readonly slot: Slot }[]
  readonly spans: Site['spans']
}

const SLOT = /\{(?:(2)\.)?(person|email|phone|address|birth|iban|card|identity|illness)\}/g

const fill = (template: string, personas: readonly Persona[]): Filled => {
  let text = ''
  let at = 0
  const literals: string[] = []
  const slots: { who: number; slot: Slot }[] = []
  const spans: Site['spans'][number][] = []
  for (const match of template.matchAll(SLOT)) {
    const literal = template.slice(at, match.index)
    literals.push(literal)
    text += literal
    at = match.index + match[0].length
    const who = match[1] === undefined ? 0 : 1
    const slot = SLOTS.find((one) => one === match[2]) ?? 'person'
    const value = personas[who]?.values[slot]
    if (value === undefined) continue
    spans.push({
      start: text.length,
      end: text.length + value.text.length,
      type: value.type,
      kind: value.kind,
      confidence: 1,
      encoded: false,
    })
    text += value.text
    slots.push({ who, slot })
  }
  literals.push(template.slice(at))
  return { text: text + template.slice(at), literals, slots, spans }
}

const SLOTS: readonly Slot[] = [
  'person',
  'email',
  'phone',
  'address',
  'birth',
  'iban',
  'card',
  'identity',
  'illness',
]

/** What stands between literals, or null where one of them is not there any more. */
const between = (text: string, literals: readonly string[]): readonly string[] | null => {
  const found: string[] = []
  const [head = '', ...rest] = literals
  if (!text.startsWith(head)) return null
  let at = head.length
  for (const [index, literal] of rest.entries()) {
    const last = index === rest.length - 1
    const next =
      last && literal === '' ? text.length : last ? text.length - literal.length : text.indexOf(literal, at)
    if (next < at || text.slice(next, next + literal.length) !== literal) return null
    found.push(text.slice(at, next))
    at = next + literal.length
  }
  return found
}

const compact = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** Values that stand in a text that was to be covered. */
const leaks = (
  source: string,
  personas: readonly Persona[],
  used: ReadonlySet<string>,
): readonly string[] => {
  const texts: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      texts.push(value)
      if (/^[{[]/.test(value)) {
        try {
          walk(JSON.parse(value))
        } catch {
          return
        }
      }
    } else if (typeof value === 'number') texts.push(String(value))
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  walk(JSON.parse(source))
  const joined = texts.map(compact).join(' ')
  const words = new Set(texts.flatMap((text) => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []))
  return personas.flatMap((persona, who) =>
    SLOTS.filter((slot) => used.has(`${who} ${slot}`)).flatMap((slot) => {
      const { text } = persona.values[slot]
      // "2/9/1984" does not stand in "12/9/1984": of dates the digits around them tell.
      const stands =
        slot === 'birth'
          ? texts.some((one) =>
              one
                .split(text)
                .some(
                  (rest, at) => at > 0 && !/^\d/.test(rest) && !/\d$/.test(one.split(text)[at - 1] ?? ''),
                ),
            )
          : compact(text).length >= 4 && joined.includes(compact(text))
      if (stands) return [`${slot}: ${text}`]
      if (slot !== 'person') return []
      return [persona.given, persona.family]
        .flatMap((name) => name.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [])
        .filter((name) => name.length > 3 && words.has(name) && !COMMON.has(name))
    }),
  )
}
/** Words of the templates and particles of names. */
const COMMON: ReadonlySet<string> = new Set('mark rose will della dalla delle'.split(' '))

const stream = (
  push: (delta: string) => string,
  end: () => string,
  text: string,
  random: (below: number) => number,
): string => {
  let out = ''
  const most = 1 + random(24)
  for (let at = 0; at < text.length; ) {
    const size = 1 + random(most)
    out += push(text.slice(at, at + size))
    at += size
  }
  return out + end()
}

class Counter {
  requests = 0
  sent = 0
  standIns = 0
  restored = 0
  wrong = 0
  left = 0
  strange = 0
  readonly byRewording = new Map<string, { all: number; restored: number }>()
  readonly byLanguage = new Map<string, { all: number; restored: number }>()
  readonly examples: string[] = []

  example(text: string): void {
    if (this.examples.length < 60) this.examples.push(text)
  }

  count(language: string, rewording: string, restored: boolean): void {
    this.standIns += 1
    if (restored) this.restored += 1
    for (const [map, key] of [
      [this.byRewording, rewording],
      [this.byLanguage, language],
    ] as const) {
      const entry = map.get(key) ?? { all: 0, restored: 0 }
      entry.all += 1
      if (restored) entry.restored += 1
      map.set(key, entry)
    }
  }
}

const TEXT: Channel = { key: 'text', form: 'text' }
const TOOL: Channel = { key: 'tool:0', form: 'json' }

interface Message {
  readonly role: string
  readonly content: string | null
  readonly tool_calls?: readonly unknown[]
  readonly tool_call_id?: string
}

class Conversation {
  readonly #language: Language
  readonly #random: (below: number) => number
  readonly #counter: Counter
  readonly #personas: readonly Persona[]
  readonly #pseudonyms
  readonly #real: boolean
  readonly #messages: Message[] = []
  readonly #sites: Site[] = []
  readonly #used = new Set<string>()
  readonly #standIns = new Map<string, string>()
  #mapping: Mapping = emptyMapping

  constructor(number: number, counter: Counter, real: boolean) {
    const random = randomOf(`conversation ${number}`)
    this.#random = random
    this.#counter = counter
    this.#real = real
    this.#language = LANGUAGES[number % LANGUAGES.length] ?? LANGUAGES[0] ?? fail()
    this.#language.faker.seed(number)
    const digits = (count: number): string => Array.from({ length: count }, () => String(random(10))).join('')
    this.#personas = [personaOf(this.#language, digits), personaOf(this.#language, digits)]
    this.#pseudonyms = createPseudonyms({ secret: createHash('sha256').update(`secret ${number}`).digest() })
  }

  run(): void {
    this.#messages.push({ role: 'system', content: 'You are a careful assistant of a small company.' })
    const ask = this.#language.asks[this.#random(this.#language.asks.length)] ?? ''
    const first = this.#say(ask)
    if (this.#random(2) === 0) this.#useTool(first)
    for (let turn = 0; turn < 1 + this.#random(3); turn += 1) {
      if (turn > 0) this.#say(this.#language.follows[this.#random(this.#language.follows.length)] ?? '')
      if (!this.#exchange()) return
    }
  }

  #say(template: string): Filled {
    const filled = fill(template, this.#personas)
    for (const { who, slot } of filled.slots) this.#used.add(`${who} ${slot}`)
    this.#sites.push({
      path: `messages[${this.#messages.length}].content`,
      text: filled.text,
      nested: false,
      spans: filled.spans,
    })
    this.#messages.push({ role: 'user', content: filled.text })
    return filled
  }

  /** A call and its result, in which nobody found anything: what is known must be covered all the same. */
  #useTool(filled: Filled): void {
    const fields = Object.fromEntries(
      filled.slots.map(({ who, slot }) => [`${slot}_${who}`, this.#personas[who]?.values[slot].text ?? '']),
    )
    const args = JSON.stringify({
      note: `copy of ${JSON.stringify(fields)}`,
      inner: JSON.stringify(fields),
      limit: 3,
    })
    this.#messages.push({
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'save_note', arguments: args } }],
    })
    this.#messages.push({
      role: 'tool',
      tool_call_id: 'call_1',
      content: JSON.stringify({ ok: true, saved: fields }),
    })
  }

  #exchange(): boolean {
    const call = readCall({ model: 'auto', messages: this.#messages, user: 'team-7' })
    const sites = this.#real ? (LABELLER.locate(call) ?? []) : this.#sites
    const covered = this.#pseudonyms.cover(call, sites, WAYS, this.#mapping)
    this.#counter.requests += 1
    this.#counter.left += covered.left.length
    this.#mapping = covered.mapping
    for (const leak of leaks(covered.source, this.#personas, this.#used)) {
      this.#counter.sent += 1
      this.#counter.example(`sent (${this.#language.name}) ${leak}`)
    }
    if (this.#real) this.#lookAgain(covered.source)
    if (!this.#learnStandIns(covered.source)) return false
    this.#answer()
    return true
  }

  /** What the labeller finds in the covered request, and whether it knows it for ours. */
  #lookAgain(source: string): void {
    const call = readCall(JSON.parse(source))
    for (const site of LABELLER.locate(call) ?? []) {
      for (const span of site.spans) {
        if (span.kind === null || WAYS[span.kind] === undefined) continue
        const value = site.text.slice(span.start, span.end)
        if (this.#pseudonyms.isStandIn(this.#mapping, value, span.type)) continue
        this.#counter.strange += 1
        this.#counter.example(`taken for an original (${this.#language.name}) ${span.type}: ${value}`)
      }
    }
  }

  /** What stands for each value, read off the covered request between the words of the template. */
  #learnStandIns(source: string): boolean {
    const body: { readonly messages: readonly Message[] } = JSON.parse(source)
    for (const [index, message] of this.#messages.entries()) {
      if (message.role !== 'user') continue
      const template = this.#sites.find((site) => site.path === `messages[${index}].content`)
      if (template === undefined) continue
      const literals: string[] = []
      let at = 0
      for (const span of template.spans) {
        literals.push(template.text.slice(at, span.start))
        at = span.end
      }
      literals.push(template.text.slice(at))
      const found = between(body.messages[index]?.content ?? '', literals)
      if (found === null) {
        if (!this.#real)
          this.#counter.example(
            `(${this.#language.name}) more changed than the values: ${body.messages[index]?.content} | ${template.text}`,
          )
        if (!this.#real) this.#counter.wrong += 1
        return false
      }
      template.spans.forEach((span, number) => {
        const value = template.text.slice(span.start, span.end)
        const standIn = found[number] ?? ''
        if (standIn !== value) this.#standIns.set(value, standIn)
      })
    }
    return true
  }

  #answer(): void {
    const worded: Worded[] = []
    for (const [who, persona] of this.#personas.entries()) {
      for (const slot of SLOTS) {
        if (!this.#used.has(`${who} ${slot}`)) continue
        const standIn = this.#standIns.get(persona.values[slot].text)
        if (standIn === undefined) continue
        const all = rewordings(slot, persona, standIn, this.#language)
        for (let times = 0; times < 2; times += 1) {
          const one = all[this.#random(all.length)]
          if (one !== undefined) worded.push(one)
        }
      }
    }
    this.#inText(worded)
    this.#inTool(worded)
  }

  #inText(worded: readonly Worded[]): void {
    const literals = ['I have noted: ']
    for (const [index] of worded.entries()) {
      const distractor = DISTRACTORS[this.#random(DISTRACTORS.length)] ?? ''
      literals.push(this.#random(3) === 0 ? ` ;\n${distractor}\n- (${index}) ` : ` ;\n- (${index}) `)
    }
    literals[literals.length - 1] = ' ;\nThat is all.'
    const sent =
      worded.map((one, index) => (literals[index] ?? '') + one.said).join('') + (literals.at(-1) ?? '')
    const reviser = this.#pseudonyms.reviser(this.#mapping, () => {})
    const got = stream(
      (delta) => reviser.push(TEXT, delta),
      () => reviser.end(TEXT),
      sent,
      this.#random,
    )
    const found = between(got, literals)
    if (found === null) {
      this.#counter.wrong += 1
      this.#counter.example(`(${this.#language.name}) the answer's own words changed: ${got}\n   was ${sent}`)
      return
    }
    worded.forEach((one, index) => {
      const actual = found[index] ?? ''
      const restored = one.meant.includes(actual)
      this.#counter.count(this.#language.name, one.name, restored)
      if (restored) return
      if (actual !== one.said) this.#counter.wrong += 1
      this.#counter.example(
        `(${this.#language.name}) ${actual === one.said ? 'not restored' : 'WRONG'} ${one.name}: said "${one.said}", got "${actual}", meant "${one.meant.join('" or "')}"`,
      )
    })
    this.#messages.push({ role: 'assistant', content: got })
  }

  #inTool(worded: readonly Worded[]): void {
    const said = JSON.stringify({
      items: worded.map((one) => one.said),
      inner: JSON.stringify({ first: worded[0]?.said ?? '' }),
    })
    const spelled = said.replace(/[^\x20-\x7e]/g, (char) =>
      this.#random(2) === 0 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char,
    )
    const reviser = this.#pseudonyms.reviser(this.#mapping, () => {})
    const got = stream(
      (delta) => reviser.push(TOOL, delta),
      () => reviser.end(TOOL),
      spelled,
      this.#random,
    )
    let items: readonly string[]
    try {
      const parsed: { readonly items: readonly string[]; readonly inner: string } = JSON.parse(got)
      JSON.parse(parsed.inner)
      items = parsed.items
    } catch {
      this.#counter.wrong += 1
      this.#counter.example(`(${this.#language.name}) no JSON any more: ${got} was ${spelled}`)
      return
    }
    worded.forEach((one, index) => {
      const actual = items[index] ?? ''
      const restored = one.meant.includes(actual)
      this.#counter.count(this.#language.name, `${one.name} (tool)`, restored)
      if (!restored && actual !== one.said) {
        this.#counter.wrong += 1
        this.#counter.example(
          `(${this.#language.name}) WRONG in tool ${one.name}: said "${one.said}", got "${actual}", meant "${one.meant[0]}"`,
        )
      }
    })
  }
}

const LABELLER = createLabeller()

const fail = (): never => {
  throw new RangeError('there is no language')
}

/**
 * Covers and restores so many conversations. `labeller`: what is found decides what is covered, so that what is
 * sent tells of detection too; else the generator's own spans do.
 */
export const measurePseudonyms = (
  conversations: number,
  found: 'exact' | 'labeller' = 'exact',
): RoundTrip => {
  const counter = new Counter()
  for (let number = 0; number < conversations; number += 1) {
    new Conversation(number, counter, found === 'labeller').run()
  }
  const { requests, sent, standIns, restored, wrong, left, examples } = counter
  return {
    conversations,
    requests,
    sent,
    standIns,
    restored,
    unrestored: standIns - restored,
    wrong,
    left,
    strange: counter.strange,
    byRewording: Object.fromEntries(counter.byRewording),
    byLanguage: Object.fromEntries(counter.byLanguage),
    examples,
  }
}
