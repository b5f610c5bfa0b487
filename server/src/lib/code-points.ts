/** A text's offsets in UTF-16 units and in code points, the characters that Python, Go and others count. */
export interface CodePoints {
  /** Code points in the text. A half of a pair without the other half counts as one. */
  readonly length: number
  /** Both throw RangeError for an offset that is no whole number within the text. */
  toPoint(unit: number): number
  toUnit(point: number): number
}

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g

const least = (places: readonly number[], from: number): number => {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

const within = (offset: number, length: number): number => {
  if (Number.isInteger(offset) && offset >= 0 && offset <= length) return offset
  throw new RangeError('the offset is outside the text')
}

/** Counts once through the text; each answer then takes the logarithm of its number of pairs. */
export const codePoints = (text: string): CodePoints => {
  const units = Array.from(text.matchAll(PAIR), ({ index }) => index)
  const points = units.map((unit, nth) => unit - nth)
  const length = text.length - units.length
  return {
    length,
    // An offset inside a pair is told as that of the pair's end, so that no span loses a character.
    toPoint: (unit) => {
      const before = least(units, within(unit, text.length))
      const inside = units[before - 1] === unit - 1
      return unit - before + (inside ? 1 : 0)
    },
    toUnit: (point) => within(point, length) + least(points, point),
  }
}
