import { sortAt } from './characters.ts'

/*
 * Printed forms of numbers as a trie: `0` any digit, `A` any letter, other characters themselves. A number's
 * form is looked up by walking the text from where it starts, so the work per start is bounded by the longest
 * form, and the number of forms costs nothing.
 */
interface Branch<T> {
  readonly children: Map<string, Branch<T>>
  readonly values: T[]
}

export interface Shapes<T> {
  /** Every form that matches at `start`, with its end, shortest first. */
  match(text: string, start: number): readonly { readonly value: T; readonly end: number }[]
}

const newBranch = <T>(): Branch<T> => ({ children: new Map(), values: [] })

const symbolAt = (text: string, index: number): string => {
  const sort = sortAt(text, index)
  if (sort === 1) return '0'
  return sort === 2 ? 'A' : text.charAt(index).replace('\u00a0', ' ')
}

/** `forms`: for each value its printed forms, e.g. `000-00-0000`. */
export const buildShapes = <T>(forms: readonly (readonly [T, readonly string[]])[]): Shapes<T> => {
  const root = newBranch<T>()
  for (const [value, shapes] of forms) {
    for (const shape of shapes) {
      let branch = root
      for (const symbol of shape) {
        const child = branch.children.get(symbol) ?? newBranch<T>()
        branch.children.set(symbol, child)
        branch = child
      }
      branch.values.push(value)
    }
  }
  return {
    match(text, start) {
      const found: { value: T; end: number }[] = []
      let branch: Branch<T> | undefined = root
      for (let i = start; i < text.length; i += 1) {
        branch = branch.children.get(symbolAt(text, i))
        if (branch === undefined) break
        for (const value of branch.values) found.push({ value, end: i + 1 })
      }
      return found
    },
  }
}
