/*
 * A mailbag: texts as people write them, with valid values drawn into them, and the same texts with their
 * values hidden. Seeded. For tests only; nothing here is anybody's.
 */
import { drawer } from './corpus.ts'
import { VALUES, type ValueName } from './mailbag-values.ts'

export interface Letter {
  readonly text: string
  readonly language: string
  readonly template: string
  readonly values: readonly { readonly type: string; readonly start: number; readonly end: number }[]
}

type Draw = () => number

const TRIES = 200_000
const LETTERS = 'ABCDEFGHJKLMNPRSTVWXYZ'

const two = (draw: Draw, to: number): string => String(1 + Math.floor(draw() * to)).padStart(2, '0')

const filled = (form: string, draw: Draw): string =>
  [...form.replace('mm', two(draw, 12)).replace('dd', two(draw, 28))]
    .map((sign) => signOf(sign, draw))
    .join('')

const signOf = (sign: string, draw: Draw): string => {
  if (sign === '0') return String(Math.floor(draw() * 10))
  if (sign === 'z') return '0'
  return sign === 'A' || sign === 'a' ? LETTERS.charAt(Math.floor(draw() * LETTERS.length)) : sign
}

const isName = (name: string): name is ValueName => Object.hasOwn(VALUES, name)

const drawValue = (name: ValueName, draw: Draw): string => {
  const [, form, check] = VALUES[name]
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const value = name === 'mail' ? form : filled(form, draw)
    if (check(value)) return value
  }
  throw new RangeError(`no ${name} was drawn`)
}

/** How a value is hidden: a function over its signs. */
export type Hide = (value: string) => string

const letterOf = (line: string, draw: Draw, hide: Hide): Letter => {
  const values: { type: string; start: number; end: number }[] = []
  let text = ''
  const template = line.slice(3).replaceAll('\\n', '\n')
  for (const part of template.split(/(\{\w+\})/)) {
    const name = part.slice(1, -1)
    if (!/^\{\w+\}$/.test(part) || !isName(name)) {
      text += part
      continue
    }
    const value = hide(drawValue(name, draw))
    values.push({ type: VALUES[name][0], start: text.length, end: text.length + value.length })
    text += value
  }
  return { text, language: line.slice(0, 2), template, values }
}

/** Every line of a mailbag `each` times; `hide` changes the values as they are put in. */
export const drawLetters = (
  mailbag: string,
  seed: number,
  each: number,
  hide: Hide = (value) => value,
): readonly Letter[] => {
  const draw = drawer(seed)
  const lines = mailbag.split('\n').filter((line) => line !== '')
  return lines.flatMap((line) => Array.from({ length: each }, () => letterOf(line, draw, hide)))
}
