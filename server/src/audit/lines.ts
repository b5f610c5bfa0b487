/** A line of the log, or what came after the last newline. */
export interface Line {
  /** Without its newline. */
  readonly bytes: Buffer
  /** False for what stands after the last newline, or is longer than allowed. */
  readonly complete: boolean
}

/** Cuts chunks into lines. A line longer than `longest` ends the reading: it comes out incomplete and last. */
export const readLines = async function* (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  longest: number,
): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(10); end !== -1 && end - start <= longest; end = bytes.indexOf(10, start)) {
      yield { bytes: bytes.subarray(start, end), complete: true }
      start = end + 1
    }
    rest = bytes.subarray(start)
    if (rest.length > longest) break
  }
  if (rest.length > 0) yield { bytes: rest, complete: false }
}
