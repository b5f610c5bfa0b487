import type { IncomingMessage } from 'node:http'
import { CausewayError, type Payload } from '../domain/index.ts'
import { filesOnly, formState } from '../wire/index.ts'

/** From this size on a form whose file is still coming is decided on by what has come. Bytes. */
const STREAM_FROM = 1024 * 1024

export interface FormLimits {
  /** Bytes of the whole form. */
  readonly limit: number
  /** Milliseconds for what is needed to decide. */
  readonly receive: number
  /** Told how many bytes came after it was decided on. */
  readonly hear: (bytes: number) => void
}

const tooLarge = (limit: number): CausewayError =>
  new CausewayError('body_too_large', `The body is larger than ${limit} bytes.`)

const checkHead = (request: IncomingMessage, limit: number): void => {
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    throw new CausewayError(
      'bad_header',
      `content-encoding: send the body unencoded, not as ${encoding.slice(0, 20)}.`,
      { field: 'content-encoding' },
    )
  }
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
}

/** What is still to come of a form, as it comes; more than the limit fails it. */
const restOf = (
  chunks: AsyncIterator<Buffer>,
  type: string,
  before: Uint8Array,
  { limit, hear }: FormLimits,
): ReadableStream<Uint8Array> => {
  let size = before.length
  const rest = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next().catch(() => {
        throw new CausewayError('client_closed', 'The client left before its request was complete.')
      })
      if (done === true) {
        controller.close()
        return
      }
      size += value.length
      hear(value.length)
      if (size > limit) throw tooLarge(limit)
      controller.enqueue(value)
    },
    async cancel() {
      await chunks.return?.()
    },
  })
  return rest.pipeThrough(filesOnly(type, before))
}

/** Whether it is worth while to look again: at the first chance, then each time as much again has come. */
const isDue = (size: number, looked: number): boolean => size >= Math.max(STREAM_FROM, 2 * looked)

/**
 * A form. A small one is read whole; of a large one as much as it takes to decide on it, while its file goes on
 * coming. Rejects with CausewayError `body_too_large`, `request_timeout`, `client_closed`, `bad_header` or
 * `invalid_request`.
 */
export const readForm = async (
  request: IncomingMessage,
  type: string,
  limits: FormLimits,
): Promise<{ readonly bytes: Uint8Array; readonly payload: Payload }> => {
  const { limit, receive } = limits
  checkHead(request, limit)
  const held: Buffer[] = []
  let size = 0
  let looked = 0
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new CausewayError('request_timeout', `The body did not arrive within ${receive} ms.`)),
      receive,
    )
  })
  const chunks: AsyncIterator<Buffer> = request.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const { done, value } = await Promise.race([chunks.next(), late])
      if (done === true) break
      held.push(value)
      size += value.length
      if (size > limit) throw tooLarge(limit)
      if (!isDue(size, looked)) continue
      looked = size
      const bytes = Buffer.concat(held, size)
      if (formState(type, bytes) === 'in-file') {
        return { bytes: NOTHING, payload: { type, bytes, rest: restOf(chunks, type, bytes, limits) } }
      }
    }
  } catch (thrown) {
    if (thrown instanceof CausewayError) throw thrown
    throw new CausewayError('client_closed', 'The client left before its request was complete.')
  } finally {
    clearTimeout(timer)
  }
  return { bytes: NOTHING, payload: { type, bytes: Buffer.concat(held, size), rest: null } }
}

const NOTHING = new Uint8Array(0)
