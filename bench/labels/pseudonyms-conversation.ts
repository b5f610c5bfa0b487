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
import { LANGUAGES, type Language, type Persona, personaOf, seedPersonas } from './pseudonyms-corpus.ts'
import type { Counter } from './pseudonyms-count.ts'
import { rewordings, type Worded } from './pseudonyms-rewordings.ts'
import { between, type Filled, fill, leaks, randomOf, SLOTS, stream } from './pseudonyms-texts.ts'

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

const LABELLER = createLabeller()

const fail = (): never => {
  throw new RangeError('there is no language')
}

const TEXT: Channel = { key: 'text', form: 'text' }
const TOOL: Channel = { key: 'tool:0', form: 'json' }

interface Message {
  readonly role: string
  readonly content: string | null
  readonly tool_calls?: readonly unknown[]
  readonly tool_call_id?: string
}

/** One conversation: requests covered, answers scripted and restored. */
export class Conversation {
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

  constructor(number: number, salt: string, counter: Counter, real: boolean) {
    const random = randomOf(`conversation ${salt} ${number}`)
    this.#random = random
    this.#counter = counter
    this.#real = real
    this.#language = LANGUAGES[number % LANGUAGES.length] ?? LANGUAGES[0] ?? fail()
    seedPersonas(this.#language, random(2 ** 32))
    const digits = (count: number): string => Array.from({ length: count }, () => String(random(10))).join('')
    this.#personas = [personaOf(this.#language, digits), personaOf(this.#language, digits)]
    this.#pseudonyms = createPseudonyms({
      secret: createHash('sha256').update(`secret ${number}`).digest(),
      newSalt: () => createHash('sha256').update(`salt ${salt} ${number}`).digest('hex'),
    })
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
