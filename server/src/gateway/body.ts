import type { IncomingMessage } from 'node:http'
import { CausewayError } from '../domain/index.ts'

const tooLarge = (limit: number): CausewayError =>
  new CausewayError('body_too_large', `The body is larger than ${limit} bytes.`)

/**
 * The whole body, within `limit` bytes and `milliseconds`. Rejects with CausewayError `body_too_large`,
 * `request_timeout`, `client_closed` or `bad_header`.
 */
export const readBody = (
  request: IncomingMessage,
  limit: number,
  milliseconds: number,
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const encoding = request.headers['content-encoding']
    if (encoding !== undefined && encoding !== 'identity') {
      return reject(
        new CausewayError(
          'bad_header',
          `content-encoding: send the body unencoded, not as ${encoding.slice(0, 20)}.`,
          { field: 'content-encoding' },
        ),
      )
    }
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > limit) return reject(tooLarge(limit))
    const chunks: Buffer[] = []
    let size = 0
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      request.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close')
      act()
    }
    const timer = setTimeout(
      () =>
        settle(() =>
          reject(new CausewayError('request_timeout', `The body did not arrive within ${milliseconds} ms.`)),
        ),
      milliseconds,
    )
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) return settle(() => reject(tooLarge(limit)))
      chunks.push(chunk)
    })
    request.on('end', () =>
      settle(() =>
        resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)),
      ),
    )
    request.on('close', () =>
      settle(() =>
        reject(new CausewayError('client_closed', 'The client left before its request was complete.')),
      ),
    )
    request.on('error', () => undefined)
  })
