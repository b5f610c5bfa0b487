import { sortAt } from './characters.ts'

/** The forms that fit at one place, shortest first: the n-th of `count` ends at `ends[n]` and has `values[n]`, those of later rows first. */
export interface Fits<T> {
  readonly count: number
  readonly ends: readonly number[]
  readonly values: readonly (readonly T[])[]
}

export interface Shapes<T> {
  /** The forms that match at `start`. The answer is the same list each time, good until the next question. */
  match(text: string, start: number): Fits<T>
}

/** What a form is spelled with: `0` any digit, `A` any letter, and these separators. */
const SYMBOLS = '0A -./+_()\t\r\n'

/** One more than the place in SYMBOLS; 0 for anything else. */
const SYMBOL = new Uint8Array(0x100)
for (let unit = 0; unit < 128; unit += 1) {
  const sort = sortAt(String.fromCharCode(unit), 0)
  SYMBOL[unit] = sort === 0 ? SYMBOLS.indexOf(String.fromCharCode(unit)) + 1 : sort
}
SYMBOL[0xa0] = SYMBOLS.indexOf(' ') + 1

/**
 * Printed forms of numbers as a trie. A number's form is looked up by walking the text from where it starts,
 * so the work per start is bounded by the longest form, and the number of forms costs nothing.
 * `forms`: for each value its printed forms, e.g. `000-00-0000`.
 */
export const buildShapes = <T>(forms: readonly (readonly [T, readonly string[]])[]): Shapes<T> => {
  const width = SYMBOLS.length + 1
  const next: number[] = new Array(width).fill(0)
  const values: T[][] = [[]]
  for (const [value, shapes] of forms) {
    for (const shape of shapes) {
      let state = 0
      for (const letter of shape) {
        const symbol = SYMBOLS.indexOf(letter) + 1
        if (symbol === 0) throw new RangeError(`a form cannot hold "${letter}"`)
        let child = next[state * width + symbol] ?? 0
        if (child === 0) {
          child = values.push([]) - 1
          next.push(...new Array(width).fill(0))
          next[state * width + symbol] = child
        }
        state = child
      }
      values[state]?.push(value)
    }
  }
  return walker(
    Uint16Array.from(next),
    values.map((list) => list.reverse()),
    width,
  )
}

const walker = <T>(next: Uint16Array, values: readonly (readonly T[])[], width: number): Shapes<T> => {
  const ends: number[] = []
  const ending: (readonly T[])[] = []
  const fits = { count: 0, ends, values: ending }
  const accepts = Uint8Array.from(values, (those) => (those.length > 0 ? 1 : 0))
  return {
    match(text, start) {
      let count = 0
      let state = 0
      for (let i = start; i < text.length; i += 1) {
        state = next[state * width + (SYMBOL[text.charCodeAt(i)] ?? 0)] ?? 0
        if (state === 0) break
        if (accepts[state] === 0) continue
        ends[count] = i + 1
        ending[count] = values[state] ?? []
        count += 1
      }
      fits.count = count
      return fits
    },
  }
}
