/** The nearest of some words by edit distance, or null where none is near enough to be meant. */
export const nearest = (word: string, words: Iterable<string>): string | null => {
  const asked = word.slice(0, 64).toLowerCase()
  let best: string | null = null
  let least = Math.max(2, Math.floor(asked.length / 3)) + 1
  for (const candidate of words) {
    const steps = distance(asked, candidate.slice(0, 100).toLowerCase())
    if (steps < least) {
      best = candidate
      least = steps
    }
  }
  return best
}

/** Insertions, deletions, replacements and swaps of neighbours. */
const distance = (a: string, b: string): number => {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      let steps = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) steps = Math.min(steps, at(before, column - 2) + 1)
      next.push(steps)
    }
    before = last
    last = next
  }
  return at(last, b.length)
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY
