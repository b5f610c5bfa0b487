import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inRanges, reachOfAddress } from './addresses.ts'

describe('the reach of an address', () => {
  for (const [address, reach] of [
    ['127.0.0.1', 'private'],
    ['::1', 'private'],
    ['10.2.3.4', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['169.254.169.254', 'private'],
    ['fd00::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:9.9.9.9', 'public'],
    ['9.9.9.9', 'public'],
    ['2620:fe::fe', 'public'],
    ['0.0.0.0', 'neither'],
    ['255.255.255.255', 'neither'],
    ['224.0.0.1', 'neither'],
    ['', 'neither'],
    ['localhost', 'neither'],
  ] as const) {
    test(`${address === '' ? 'nothing' : address} is ${reach}`, () => {
      assert.equal(reachOfAddress(address), reach)
    })
  }

  test('a range holds addresses of its own family, mapped ones included, and nothing else', () => {
    assert.ok(inRanges('9.9.9.9', ['10.0.0.0/8', '9.9.9.0/24']))
    assert.ok(inRanges('::ffff:9.9.9.9', ['9.9.9.0/24']))
    assert.ok(!inRanges('9.9.8.9', ['9.9.9.0/24']))
    assert.ok(!inRanges('fd00::1', ['0.0.0.0/0']))
    assert.ok(!inRanges('not an address', ['0.0.0.0/0']))
    assert.ok(!inRanges('9.9.9.9', []))
  })
})
