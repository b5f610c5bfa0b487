/** `a`, `a and b`, `a, b and c`, each once. */
export const listed = (words: readonly string[]): string => {
  const each = [...new Set(words)]
  const last = each.pop() ?? ''
  return each.length === 0 ? last : `${each.join(', ')} and ${last}`
}
