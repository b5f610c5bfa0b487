import { createServer, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'

/*
 * A simulated upstream: it answers OpenAI chat calls from strings made beforehand, so that what is measured is
 * the road and not the model. A stream is 100 events of about 290 bytes, one write each, 4 to 6 ms apart, then
 * usage, then [DONE]. `GET /left?after=N` waits for the (N+1)th stream that a client left and tells when that
 * was noticed, in nanoseconds of the machine's monotonic clock.
 */

export const CHUNKS = 100
const MODEL = 'simulated-upstream-of-the-benchmark'
const USAGE = '{"prompt_tokens":512,"completion_tokens":100,"total_tokens":612}'

const TEXT = 'This answer comes from a simulated upstream and was written beforehand. '

const WHOLE = Buffer.from(
  `{"id":"chatcmpl-bench","object":"chat.completion","created":1760000000,"model":"${MODEL}","choices":[{"index":0,"message":{"role":"assistant","content":"${TEXT.repeat(11)}"},"logprobs":null,"finish_reason":"stop"}],"usage":${USAGE}}`,
)

const eventOf = (choices: string, usage: string): Buffer =>
  Buffer.from(
    `data: {"id":"chatcmpl-bench-0123456789abcdef","object":"chat.completion.chunk","created":1760000000,"model":"${MODEL}","service_tier":"default","system_fingerprint":"fp_simulated","choices":[${choices}]${usage}}\n\n`,
  )

const PIECE = eventOf(
  '{"index":0,"delta":{"content":" written"},"logprobs":null,"finish_reason":null}',
  ',"usage":null',
)
const LAST = Buffer.concat([
  eventOf('{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}', ',"usage":null'),
  eventOf('', `,"usage":${USAGE}`),
  Buffer.from('data: [DONE]\n\n'),
])

const left: string[] = []

const stream = (response: ServerResponse): void => {
  let sent = 0
  let timer: NodeJS.Timeout | null = null
  const next = (): void => {
    sent++
    if (sent > CHUNKS) {
      response.end(LAST)
      return
    }
    response.write(PIECE)
    timer = setTimeout(next, 4 + (sent % 3))
  }
  response.on('close', () => {
    if (timer !== null) clearTimeout(timer)
    if (!response.writableEnded) left.push(String(process.hrtime.bigint()))
  })
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  next()
}

const tellLeft = (response: ServerResponse, after: number): void => {
  const found = left[after]
  if (found === undefined) {
    setTimeout(tellLeft, 2, response, after)
    return
  }
  response.end(found)
}

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  if (request.method === 'GET') {
    const after = /[?&]after=(\d+)/.exec(request.url ?? '')?.[1]
    if (after === undefined) response.end(String(left.length))
    else tellLeft(response, Number(after))
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (Buffer.concat(chunks).includes('"stream":true')) {
      stream(response)
      return
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': WHOLE.length })
    response.end(WHOLE)
  })
})

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}`)
  })
}
