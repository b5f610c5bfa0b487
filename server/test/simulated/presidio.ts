import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/*
 * A SIMULATED analyser that speaks Presidio's REST shape: finds the words it was told to, counts in code points as
 * the real one does, and does whatever else a test tells it to.
 */

export interface AnalyzeBody {
  readonly text: string
  readonly language: string
  readonly score_threshold: number
}

export interface SimulatedPresidio {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Bodies as they arrived. */
  readonly seen: AnalyzeBody[]
  /** Paths as they arrived. */
  readonly paths: string[]
  /** Most requests that were open at one time. */
  readonly most: number
  /** What it does with a request from now on; null finds the words again. */
  does(act: ((body: AnalyzeBody, response: ServerResponse) => void) | null): void
  close(): Promise<void>
}

const pointsBefore = (text: string, unit: number): number => [...text.slice(0, unit)].length

const placesOf = (text: string, word: string): readonly number[] => {
  const places: number[] = []
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) places.push(at)
  return places
}

/** What the words are, at all their places, as the analyser says it. */
export const resultsFor = (text: string, words: Readonly<Record<string, string>>): readonly object[] =>
  Object.entries(words).flatMap(([word, entity]) =>
    placesOf(text, word).map((at) => ({
      entity_type: entity,
      start: pointsBefore(text, at),
      end: pointsBefore(text, at) + [...word].length,
      score: 0.85,
      analysis_explanation: null,
    })),
  )

const bodyOf = async (request: IncomingMessage): Promise<AnalyzeBody> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}

export const sendJson = (response: ServerResponse, value: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

/** `words`: what it finds, word to entity name. */
export const startSimulatedPresidio = async (
  words: Readonly<Record<string, string>>,
): Promise<SimulatedPresidio> => {
  const seen: AnalyzeBody[] = []
  const paths: string[] = []
  let open = 0
  let most = 0
  let act: ((body: AnalyzeBody, response: ServerResponse) => void) | null = null
  const server = createServer(async (request, response) => {
    open += 1
    most = Math.max(most, open)
    response.on('close', () => {
      open -= 1
    })
    paths.push(request.url ?? '')
    const body = await bodyOf(request)
    seen.push(body)
    if (act !== null) act(body, response)
    else sendJson(response, resultsFor(body.text, words))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    paths,
    get most() {
      return most
    },
    does(next) {
      act = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
