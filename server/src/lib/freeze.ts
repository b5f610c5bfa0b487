/** Freezes a tree of plain objects and arrays in place and returns it. Maps and typed arrays can't be frozen and are refused. */
export const deepFreeze = <T>(value: T): T => {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set) {
    throw new TypeError('cannot freeze a Map, Set or buffer')
  }
  Object.freeze(value)
  for (const member of Object.values(value)) deepFreeze(member)
  return value
}
