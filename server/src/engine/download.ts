import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, stat, statfs, unlink } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EngineError } from './errors.ts'
import { type Answer, type Door, shown } from './fetch.ts'
import { gigabytes } from './fit.ts'

/** A file whose content is known before it is fetched. */
export interface Pinned {
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

export interface DownloadOptions {
  readonly door: Door
  readonly url: URL
  readonly namedBy?: URL
  /** Where the file ends up; on the way it is `to` + `.part`, which a later call goes on with. */
  readonly to: string
  readonly pinned: Pinned
  readonly onBytes: (done: number) => void
  readonly signal?: AbortSignal | undefined
  /** Tries in a row that bring no byte before giving up. */
  readonly tries?: number
}

/**
 * Fetches a pinned file and returns its path. A cut transfer goes on where it stopped. A file of another content is
 * deleted and named (`hash_mismatch`); nothing unchecked ever has the final name.
 */
export const download = async (options: DownloadOptions): Promise<string> => {
  const { to, pinned } = options
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  await needSpace(dirname(to), pinned.bytes - (await sizeOf(part)))
  for (let fruitless = 0; (await sizeOf(part)) < pinned.bytes; ) {
    const before = await sizeOf(part)
    try {
      await fetchRest(options, part, before)
    } catch (thrown) {
      options.signal?.throwIfAborted()
      fruitless = (await sizeOf(part)) > before ? 0 : fruitless + 1
      const final = thrown instanceof EngineError && thrown.code !== 'weights_unavailable'
      if (final || fruitless >= (options.tries ?? 3)) throw thrown
    }
  }
  await settle(part, to, pinned)
  return to
}

/** Bytes of a file, 0 where there is none. */
export const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch {
    return 0
  }
}

/** Refuses with `disk_short` unless the folder's disk has so many bytes and a margin free. */
export const needSpace = async (folder: string, bytes: number): Promise<void> => {
  const disk = await statfs(folder)
  const free = disk.bavail * disk.bsize
  if (bytes + 50_000_000 > free) {
    const message = `${folder} needs ${gigabytes(bytes)} more, and ${gigabytes(free)} are free.`
    throw new EngineError('disk_short', message)
  }
}

/** SHA-256 of a file in lower-case hex. */
export const hashOf = async (path: string, onBytes?: (done: number) => void): Promise<string> => {
  const hash = createHash('sha256')
  let done = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk)
    done += chunk.length
    onBytes?.(done)
  }
  return hash.digest('hex')
}

/** Gives a complete file its final name if it is the pinned one; else deletes it and throws `hash_mismatch`. */
export const settle = async (part: string, to: string, pinned: Pinned): Promise<void> => {
  const bytes = await sizeOf(part)
  const found = bytes === pinned.bytes ? await hashOf(part) : null
  if (found !== pinned.sha256) {
    await unlink(part)
    const got = found === null ? `${bytes} bytes instead of ${pinned.bytes}` : `SHA-256 ${found}`
    const message = `${basename(to)} is not the file that is pinned (SHA-256 ${pinned.sha256}): got ${got}. It was deleted.`
    throw new EngineError('hash_mismatch', message)
  }
  await rename(part, to)
}

const fetchRest = async (options: DownloadOptions, part: string, from: number): Promise<void> => {
  const { door, url, pinned, signal, namedBy } = options
  const asked = { from, signal, ...(namedBy === undefined ? {} : { namedBy }) }
  const answer = await door.ask(url, asked)
  const start = await firstByte(answer, from, url)
  let done = start
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length
      if (done > pinned.bytes) {
        next(
          new EngineError(
            'hash_mismatch',
            `${shown(url)} sends more than the ${pinned.bytes} bytes it should.`,
          ),
        )
        return
      }
      options.onBytes(done)
      next(null, chunk)
    },
  })
  try {
    await pipeline(answer.body, count, createWriteStream(part, { flags: start === 0 ? 'w' : 'a' }), {
      signal,
    })
  } catch (thrown) {
    if (thrown instanceof EngineError) {
      await unlink(part)
      throw thrown
    }
    if (signal?.aborted === true)
      throw new EngineError('cancelled', 'The download was cancelled.', { cause: thrown })
    throw new EngineError('weights_unavailable', `${shown(url)} was cut after ${done} bytes.`, {
      cause: thrown,
    })
  }
}

// A server that ignores the range sends everything again, and the file starts anew.
const firstByte = async (answer: Answer, from: number, url: URL): Promise<number> => {
  if (answer.status === 200) return 0
  const range = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')
  if (answer.status === 206 && Number(range?.[1]) === from) return from
  answer.body.resume()
  throw new EngineError('weights_unavailable', `${shown(url)} answered ${answer.status}.`)
}
