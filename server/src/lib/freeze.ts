/** Freezes a tree of plain objects and arrays in place and returns it. Maps and typed arrays can't be frozen and are refused. */
export const deepFreeze = <T>(value: T): T => {
  freeze(value, new Set())
  return value
}

/** `seen` holds only what was met frozen: a frozen object may hold one that is not, and a cycle has to end. */
const freeze = (value: unknown, seen: Set<object>): void => {
  if (value === null || typeof value !== 'object') return
  if (ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set) {
    throw new TypeError('cannot freeze a Map, Set or buffer')
  }
  if (Object.isFrozen(value)) {
    if (seen.has(value)) return
    seen.add(value)
  } else {
    Object.freeze(value)
  }
  for (const member of Object.values(value)) freeze(member, seen)
}
