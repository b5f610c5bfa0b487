import { inflateRawSync } from 'node:zlib'
import yauzl from 'yauzl'
import { limit, type Reader, type Sink } from '../sink.ts'
import { type Member, readMember } from './member.ts'
import { isOffice, readOffice } from './office.ts'
import { LOCKED } from './opaque.ts'
import { own } from './packed.ts'

const MIB = 1_048_576
/** An unpacked member may be this many times its packed size, and 8 MiB in any case. */
const STEEPEST = 500
const STORED = 0
const DEFLATED = 8

export const readZip: Reader = async ({ bytes }, sink) => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const zip = await yauzl.fromBufferPromise(buffer, { decodeStrings: false, autoClose: false })
  const members: Member[] = []
  for await (const entry of zip.eachEntry()) {
    sink.member()
    members.push(memberOf(entry, zip, buffer, sink))
  }
  if (zip.comment.length > 0) sink.add(zip.comment.toString())
  if (isOffice(members)) return await readOffice(members, sink)
  return await readMembers(members, sink)
}

const readMembers = async (members: readonly Member[], sink: Sink): Promise<string | null> => {
  sink.add(members.map((member) => member.name).join('\n'))
  const files = members.filter((member) => !member.isFolder)
  for (const member of files) await readMember(member, sink)
  return files.length > 0 && files.every((member) => member.closed === LOCKED) ? LOCKED : null
}

const memberOf = (entry: yauzl.Entry, zip: yauzl.ZipFile, buffer: Buffer, sink: Sink): Member => {
  const name = nameOf(entry)
  return {
    name,
    closed: closedBy(entry),
    isFolder: name.endsWith('/') && entry.uncompressedSize === 0,
    unpack: async () => {
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
      const end = fileDataStart + entry.compressedSize
      if (end > buffer.length) throw new RangeError('a member reaches past the end')
      const bytes = inflated(buffer.subarray(fileDataStart, end), entry.compressionMethod, sink)
      sink.unpacked(bytes.length)
      return bytes
    },
  }
}

/** Names are taken as they are: they are read and never used as paths. */
const nameOf = (entry: yauzl.Entry): string =>
  yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)

const closedBy = (entry: yauzl.Entry): string | null => {
  if (entry.isEncrypted()) return LOCKED
  const method = entry.compressionMethod
  return method === STORED || method === DEFLATED ? null : 'it is packed in a way unknown here'
}

/** The size that an entry claims is not believed: bytes are counted as they come. */
const inflated = (packed: Buffer, method: number, sink: Sink): Uint8Array<ArrayBuffer> => {
  if (method === STORED) return own(packed)
  const most = Math.max(1, Math.min(sink.room, Math.max(8 * MIB, STEEPEST * packed.length)))
  try {
    return own(inflateRawSync(packed, { maxOutputLength: most }))
  } catch (thrown) {
    if (thrown instanceof RangeError) throw limit('it unpacks to more than is allowed')
    throw thrown
  }
}
