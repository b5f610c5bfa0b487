import { CausewayError } from '../domain/index.ts'
import { readersOf } from './formats.ts'
import { done, failed, type Limits, type Outcome, unread } from './outcome.ts'
import { type Reader, Sink, type Verdict } from './sink.ts'

/** Reads a file as everything that it may be. What it is not after all says nothing about it, if it is anything. */
const readAs: Reader = async (file, sink) => {
  const readers = await readersOf(file)
  const [only] = readers
  if (only !== undefined && readers.length === 1) return await only(file, sink)
  const verdicts: Verdict[] = []
  let fault: unknown
  for (const read of readers) {
    try {
      verdicts.push(await read(file, sink))
    } catch (thrown) {
      if (thrown instanceof CausewayError) throw thrown
      fault = thrown
    }
  }
  const [first] = verdicts
  if (first === undefined) throw fault
  sink.isPartial = true
  return verdicts.includes(null) ? null : first
}

/** All text of one file within the limits. Never rejects. */
export const readFile = async (
  bytes: Uint8Array<ArrayBuffer>,
  mime: string,
  limits: Limits,
): Promise<Outcome> => {
  const sink = new Sink(limits, readAs)
  try {
    const why = await readAs({ bytes, mime }, sink)
    if (sink.isBroken) return failed('a part of it is broken', sink.texts)
    return why === null ? done(sink.texts, sink.isPartial) : unread(why, sink.texts)
  } catch (thrown) {
    return failed(thrown instanceof CausewayError ? thrown.message : 'it is broken', sink.texts)
  }
}
