import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { joined, readHere } from './reading.fixture.ts'

const chunk = (type: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
}
const pngOf = (...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, chunk('IEND', Buffer.alloc(0))])

/** A directory of tags with text, each in place or behind the directory. */
const exifOf = (tags: readonly (readonly [tag: number, text: string])[]): Buffer => {
  const head = Buffer.alloc(8 + 2 + 12 * tags.length + 4)
  head.write('II*\0', 0, 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(tags.length, 8)
  const values: Buffer[] = []
  let offset = head.length
  tags.forEach(([tag, text], index) => {
    const value = Buffer.from(`${text}\0\0\0\0`)
    const at = 10 + 12 * index
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(2, at + 2)
    head.writeUInt32LE(value.length, at + 4)
    head.writeUInt32LE(offset, at + 8)
    values.push(value)
    offset += value.length
  })
  return Buffer.concat([head, ...values])
}

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

const EXIF = exifOf([
  [0x010e, 'Jane at home'],
  [0x013b, 'Photo by Max'],
])
const PACKET = '<x:xmpmeta><rdf:li>Keyword Eva</rdf:li></x:xmpmeta>'

const PICTURES: readonly (readonly [string, Buffer, readonly string[]])[] = [
  [
    'PNG',
    pngOf(
      chunk('tEXt', Buffer.from('Author\0Ada Author')),
      chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('packed words')])),
      chunk('iTXt', Buffer.from('Title\0\0\0de\0\0Müllers Karte')),
      chunk('eXIf', EXIF),
    ),
    ['Author: Ada Author', 'packed words', 'Müllers Karte', 'Photo by Max'],
  ],
  [
    'JPEG',
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), EXIF])),
      segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${PACKET}`)),
      segment(
        0xed,
        Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x11\x1c\x02\x78\0\x0cCaption Carl', 'latin1'),
      ),
      segment(0xfe, Buffer.from('a comment')),
      Buffer.from([0xff, 0xd9]),
    ]),
    ['Jane at home', 'Photo by Max', 'Keyword Eva', 'Caption Carl', 'a comment'],
  ],
  ['GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0\x21\xfe\x05hello\x06 Olive\0;', 'latin1'), ['hello Olive']],
  ['TIFF', EXIF, ['Jane at home', 'Photo by Max']],
  [
    'WebP',
    Buffer.concat([
      Buffer.from('RIFF\0\0\0\0WEBPEXIF'),
      Buffer.from(Uint32Array.of(EXIF.length).buffer),
      EXIF,
      Buffer.alloc(EXIF.length & 1),
    ]),
    ['Jane at home'],
  ],
]

test('a picture is unread, and what is written beside its pixels told', async () => {
  for (const [name, bytes, wanted] of PICTURES) {
    const outcome = await readHere(bytes, 'image/whatever')
    assert.equal(outcome.state, 'unread', name)
    for (const text of wanted)
      assert.ok(joined(outcome).includes(text), `${name}: ${text} in ${joined(outcome)}`)
  }
})

test('a picture is a picture whatever it says it is', async () => {
  assert.equal((await readHere(PICTURES[0]?.[1] ?? '', 'text/plain')).state, 'unread')
})

test('a picture cut or wrong at any byte is unread all the same', async () => {
  for (const [name, bytes] of PICTURES) {
    for (let at = 8; at < bytes.length; at += 3) {
      assert.equal((await readHere(bytes.subarray(0, at))).state === 'read', false, `${name} ${at}`)
      const broken = Buffer.from(bytes)
      broken[at] = 0xff
      assert.equal((await readHere(broken)).state === 'read', false, `${name} ${at}`)
    }
  }
})

test('directories that lead to each other end', async () => {
  const loop = Buffer.from(EXIF)
  loop.writeUInt32LE(8, 10 + 24)
  assert.equal((await readHere(loop)).state, 'unread')
})
