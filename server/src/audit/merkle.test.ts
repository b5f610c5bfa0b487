import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  appendLeaf,
  consistencyProof,
  EMPTY_TREE,
  type Frontier,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts'

const leaves = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`leaf ${index}`)))

const treeOf = (hashes: readonly Buffer[]): Frontier => {
  let tree = EMPTY_TREE
  for (const hash of hashes) tree = appendLeaf(tree, hash)
  return tree
}

/** The definition of RFC 6962 section 2.1, word for word, to hold the fast one against. */
const slowRoot = (hashes: readonly Buffer[]): Buffer => {
  const [only] = hashes
  if (only === undefined) return rootOf(EMPTY_TREE)
  if (hashes.length === 1) return only
  let width = 1
  while (width * 2 < hashes.length) width *= 2
  return nodeHash(slowRoot(hashes.slice(0, width)), slowRoot(hashes.slice(width)))
}

test('the empty tree has the hash of nothing, and one leaf its own hash', () => {
  assert.equal(rootOf(EMPTY_TREE).toString('base64'), '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
  const [only = Buffer.alloc(0)] = leaves(1)
  assert.deepEqual(rootOf(treeOf([only])), only)
})

test('appending gives the root that the definition gives, at every size to 130', () => {
  const all = leaves(130)
  let tree = EMPTY_TREE
  for (const [index, hash] of all.entries()) {
    tree = appendLeaf(tree, hash)
    assert.equal(tree.size, index + 1)
    assert.deepEqual(rootOf(tree), slowRoot(all.slice(0, index + 1)))
  }
  assert.ok(tree.hashes.length <= 8)
})

test('every leaf of every tree to 33 proves its place, and no other place', () => {
  for (let size = 1; size <= 33; size += 1) {
    const all = leaves(size)
    const root = rootOf(treeOf(all))
    for (const [index, leaf] of all.entries()) {
      const path = inclusionProof(index, all)
      assert.ok(verifyInclusion(index, size, leaf, path, root))
      assert.ok(!verifyInclusion((index + 1) % (size + 1), size, leaf, path, root))
      assert.ok(!verifyInclusion(index, size, leaf, [...path, leaf], root))
      if (path.length > 0) assert.ok(!verifyInclusion(index, size, leaf, path.slice(1), root))
    }
  }
})

test('every tree to 33 proves every beginning of it, and no other', () => {
  for (let second = 1; second <= 33; second += 1) {
    const all = leaves(second)
    const root = rootOf(treeOf(all))
    for (let first = 1; first <= second; first += 1) {
      const path = consistencyProof(first, all)
      const beginning = rootOf(treeOf(all.slice(0, first)))
      assert.ok(verifyConsistency(first, second, path, beginning, root))
      assert.ok(!verifyConsistency(first, second, path, leafHash(beginning), root))
      assert.ok(!verifyConsistency(first, second, path, beginning, leafHash(root)))
      assert.ok(!verifyConsistency(first, second, [...path, root], beginning, root))
    }
    assert.ok(!verifyConsistency(0, second, [], rootOf(EMPTY_TREE), root))
  }
})

interface Vector {
  readonly file: string
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}
interface InclusionVector extends Vector {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string
  readonly leafHash: string
}
interface ConsistencyVector extends Vector {
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
}

const data = process.env['CAUSEWAY_DATA']
const folder = data === undefined ? null : join(data, 'attestation', 'merkle')
const skip = folder === null || !existsSync(folder) ? 'CAUSEWAY_DATA is not set: vectors not run' : false
const bytes = (text: string): Buffer => Buffer.from(text, 'base64')

test('public vectors: inclusion', { skip }, () => {
  const vectors: InclusionVector[] = JSON.parse(readFileSync(join(folder ?? '', 'inclusion.json'), 'utf8'))
  assert.ok(vectors.length > 50)
  for (const it of vectors) {
    const path = (it.proof ?? []).map(bytes)
    const holds = verifyInclusion(it.leafIdx, it.treeSize, bytes(it.leafHash), path, bytes(it.root))
    assert.equal(holds, !it.wantErr, it.file)
  }
})

test('public vectors: consistency', { skip }, () => {
  const vectors: ConsistencyVector[] = JSON.parse(
    readFileSync(join(folder ?? '', 'consistency.json'), 'utf8'),
  )
  assert.ok(vectors.length > 50)
  for (const it of vectors) {
    const path = (it.proof ?? []).map(bytes)
    const holds = verifyConsistency(it.size1, it.size2, path, bytes(it.root1), bytes(it.root2))
    assert.equal(holds, !it.wantErr, it.file)
  }
})
