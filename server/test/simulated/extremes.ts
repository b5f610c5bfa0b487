import type { ServerResponse } from 'node:http'

/*
 * What the simulated vendor does at the edge: it waits for the test, floods, or repeats what it was told in
 * confidence.
 */

/** The bytes of all frames that `flood` sends, without its end. */
export const FLOOD = 50 * 1024 * 1024
const FRAME = 64 * 1024
const END = 'data: [DONE]\n\n'

/** All bytes of the stream that `flood` sends. */
export const FLOOD_STREAM = FLOOD + END.length

/** Where several wait until it is opened; then it stays open for nobody else. */
export interface Gate {
  opened(): Promise<void>
  open(): void
}

export const createGate = (): Gate => {
  let waiting: (() => void)[] = []
  return {
    opened: () => new Promise((resolve) => waiting.push(resolve)),
    open() {
      for (const go of waiting) go()
      waiting = []
    },
  }
}

/** One frame of exactly `FRAME` bytes. */
const frame = (): string => {
  const [before, after] = JSON.stringify({
    id: 'chatcmpl-simulated',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'simulated-vendor-model',
    choices: [{ index: 0, delta: { content: '|' }, finish_reason: null }],
  }).split('|')
  const rest = `data: ${before}${after}\n\n`
  return `data: ${before}${'x'.repeat(FRAME - rest.length)}${after}\n\n`
}

const roomOrEnd = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle).off('close', settle)
      resolve()
    }
    response.on('drain', settle).on('close', settle)
  })

/** Streams as fast as the reader takes it, never holding more than one frame back; tells what it handed over. */
export const flood = async (response: ServerResponse, sent: (bytes: number) => void): Promise<void> => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const text = Buffer.from(frame())
  for (let bytes = 0; bytes < FLOOD; bytes += FRAME) {
    if (response.destroyed) return
    const hasRoom = response.write(text)
    sent(text.length)
    if (!hasRoom) await roomOrEnd(response)
  }
  response.end(END)
}

/** An error whose message repeats what should have stayed between the two. */
export const echo = (response: ServerResponse, status: number, said: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  const error = { message: `simulated: got ${said}`, type: 'invalid_request_error', param: null, code: null }
  response.end(JSON.stringify({ error }))
}
