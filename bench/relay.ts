import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Dispatcher, Pool } from 'undici'

/*
 * Candidate (a): the least that a gateway on this stack can do. It reads the body, names another model,
 * replaces the authorization and relays; no labels, no permits, no record, no audit.
 */

const upstream = new URL(process.argv[2] ?? 'http://127.0.0.1:9')
const pool = new Pool(upstream.origin, { connections: 256, pipelining: 1 })

class Relay implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse
  #controller: Dispatcher.DispatchController | null = null

  constructor(response: ServerResponse) {
    this.#response = response
    response.on('drain', () => this.#controller?.resume())
    response.on('close', () => {
      if (!response.writableEnded) this.#controller?.abort(new Error('the client left'))
    })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    const kept: Record<string, string | string[]> = {}
    for (const name of ['content-type', 'content-length']) {
      const value = headers[name]
      if (value !== undefined) kept[name] = value
    }
    this.#response.writeHead(status, kept)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#response.write(chunk)) controller.pause()
  }

  onResponseEnd(): void {
    this.#response.end()
  }

  onResponseError(): void {
    if (this.#response.headersSent) this.#response.destroy()
    else this.#response.writeHead(502).end()
  }
}

const relay = (request: IncomingMessage, response: ServerResponse, body: string): void => {
  const parsed: unknown = JSON.parse(body)
  pool.dispatch(
    {
      method: 'POST',
      path: request.url ?? '/',
      headers: { 'content-type': 'application/json', authorization: 'Bearer of-the-upstream' },
      body: JSON.stringify({ ...(typeof parsed === 'object' ? parsed : {}), model: 'another-model' }),
    },
    new Relay(response),
  )
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => relay(request, response, Buffer.concat(chunks).toString()))
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) console.log(`http://127.0.0.1:${address.port}`)
})
