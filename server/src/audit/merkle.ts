import { hash } from 'node:crypto'

/** Bytes of one SHA-256 hash. */
export const HASH_BYTES = 32

const LEAF_PREFIX = Buffer.from([0])
const NODE_PREFIX = Buffer.from([1])

/** RFC 6962 section 2.1: SHA-256 over 0x00 and the leaf's bytes. */
export const leafHash = (leaf: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([LEAF_PREFIX, leaf]), 'buffer')

/** RFC 6962 section 2.1: SHA-256 over 0x01 and both children. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([NODE_PREFIX, left, right]), 'buffer')

/**
 * What must be kept of a tree in order to append to it: the roots of its perfect subtrees, widest first, one
 * for each bit set in `size`. A value: appending answers a new one, so that a failed batch can be forgotten.
 */
export interface Frontier {
  readonly size: number
  readonly hashes: readonly Buffer[]
}

export const EMPTY_TREE: Frontier = Object.freeze({ size: 0, hashes: Object.freeze([]) })

/** Appends one leaf hash; amortised one node hash, at most log2(size). */
export const appendLeaf = (frontier: Frontier, leaf: Buffer): Frontier => {
  const hashes = [...frontier.hashes]
  let joined = leaf
  for (let rest = frontier.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = hashes.pop()
    if (left === undefined) throw new TypeError('a frontier holds one hash for each bit of its size')
    joined = nodeHash(left, joined)
  }
  hashes.push(joined)
  return { size: frontier.size + 1, hashes }
}

/** The tree's root; of the empty tree, the hash of nothing. */
export const rootOf = (frontier: Frontier): Buffer => {
  let root: Buffer | undefined
  for (const subtree of frontier.hashes.toReversed())
    root = root === undefined ? subtree : nodeHash(subtree, root)
  return root ?? hash('sha256', Buffer.alloc(0), 'buffer')
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isOdd = (value: number): boolean => value % 2 === 1
const half = (value: number): number => Math.floor(value / 2)

/**
 * Folds an audit path as RFC 9162 sections 2.1.3.2 and 2.1.4.2 do: `node` and `last` are positions at one
 * level of the tree, `visit` is told each sibling and whether it stands to the left. False: too long a path.
 */
const climb = (
  node: number,
  last: number,
  path: readonly Buffer[],
  visit: (sibling: Buffer, isLeft: boolean) => void,
): boolean => {
  let position = node
  let end = last
  for (const sibling of path) {
    if (sibling.length !== HASH_BYTES || end === 0) return false
    const isLeft = isOdd(position) || position === end
    visit(sibling, isLeft)
    if (isLeft) {
      while (!isOdd(position) && position !== 0) {
        position = half(position)
        end = half(end)
      }
    }
    position = half(position)
    end = half(end)
  }
  return end === 0
}

/** True if `leaf` (a leaf hash) stands at `index` in the tree of `size` leaves with that root. */
export const verifyInclusion = (
  index: number,
  size: number,
  leaf: Buffer,
  path: readonly Buffer[],
  root: Buffer,
): boolean => {
  if (!isCount(index) || !isCount(size) || index >= size || leaf.length !== HASH_BYTES) return false
  let folded = leaf
  const complete = climb(index, size - 1, path, (sibling, isLeft) => {
    folded = isLeft ? nodeHash(sibling, folded) : nodeHash(folded, sibling)
  })
  return complete && folded.equals(root)
}

/** True if the tree of `second` leaves begins with the tree of `first` leaves. Nothing is consistent with size 0. */
export const verifyConsistency = (
  first: number,
  second: number,
  path: readonly Buffer[],
  firstRoot: Buffer,
  secondRoot: Buffer,
): boolean => {
  if (!isCount(first) || !isCount(second) || first === 0 || first > second) return false
  if (first === second) return path.length === 0 && firstRoot.equals(secondRoot)
  let node = first - 1
  let last = second - 1
  while (isOdd(node)) {
    node = half(node)
    last = half(last)
  }
  // Where `first` is a power of two its root is a node of the larger tree, and the proof leaves it out.
  const [seed, ...rest] = node === 0 ? [firstRoot, ...path] : path
  if (seed === undefined || seed.length !== HASH_BYTES) return false
  let older = seed
  let newer = seed
  const complete = climb(node, last, rest, (sibling, isLeft) => {
    if (isLeft) older = nodeHash(sibling, older)
    newer = isLeft ? nodeHash(sibling, newer) : nodeHash(newer, sibling)
  })
  return complete && older.equals(firstRoot) && newer.equals(secondRoot)
}

/** The largest power of two smaller than `size`. */
const split = (size: number): number => {
  let width = 1
  while (width * 2 < size) width *= 2
  return width
}

const rootOfRange = (leaves: readonly Buffer[], start: number, end: number): Buffer => {
  if (end - start === 1) return leaves[start] ?? Buffer.alloc(0)
  const middle = start + split(end - start)
  return nodeHash(rootOfRange(leaves, start, middle), rootOfRange(leaves, middle, end))
}

/** RFC 6962 section 2.1.1: the path from the leaf at `index` to the root of these leaf hashes. */
export const inclusionProof = (index: number, leaves: readonly Buffer[]): Buffer[] => {
  if (!isCount(index) || index >= leaves.length) throw new RangeError('no such leaf')
  const path = (start: number, end: number): Buffer[] => {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    return index < middle
      ? [...path(start, middle), rootOfRange(leaves, middle, end)]
      : [...path(middle, end), rootOfRange(leaves, start, middle)]
  }
  return path(0, leaves.length)
}

/** RFC 6962 section 2.1.2: that the tree of the first `first` of these leaf hashes begins the whole. */
export const consistencyProof = (first: number, leaves: readonly Buffer[]): Buffer[] => {
  if (!isCount(first) || first === 0 || first > leaves.length) throw new RangeError('no such size')
  const proof = (start: number, end: number, size: number, known: boolean): Buffer[] => {
    if (size === end - start) return known ? [] : [rootOfRange(leaves, start, end)]
    const width = split(end - start)
    const middle = start + width
    return size <= width
      ? [...proof(start, middle, size, known), rootOfRange(leaves, middle, end)]
      : [...proof(middle, end, size - width, false), rootOfRange(leaves, start, middle)]
  }
  return proof(0, leaves.length, first, true)
}
