import { createHash } from 'node:crypto'
import type { Site } from '../../server/src/pseudonyms/index.ts'
import type { Persona, Slot } from './pseudonyms-corpus.ts'

/** Numbers that are the same in every run. */
export const randomOf = (seed: string): ((below: number) => number) => {
  let counter = 0
  return (below) => {
    counter += 1
    return createHash('sha256').update(`${seed} ${counter}`).digest().readUInt32BE(0) % below
  }
}

/** A text with the values of personas in it, and where they stand. */
export interface Filled {
  readonly text: string
  readonly literals: readonly string[]
  readonly slots: readonly { readonly who: number; readonly slot: Slot }[]
  readonly spans: Site['spans']
}

const SLOT = /\{(?:(2)\.)?(person|email|phone|address|birth|iban|card|identity|illness)\}/g

export const fill = (template: string, personas: readonly Persona[]): Filled => {
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

export const SLOTS: readonly Slot[] = [
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
export const between = (text: string, literals: readonly string[]): readonly string[] | null => {
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
export const leaks = (
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
const COMMON: ReadonlySet<string> = new Set('name mark rose will della dalla delle'.split(' '))

export const stream = (
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
