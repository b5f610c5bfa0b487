import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { type Address, CausewayError, CODES, type Code } from '../domain/index.ts'

/** The console's port of a process that runs here, with the token of its data folder. */
export interface ConsoleClient {
  readonly url: string
  /**
   * What it answers, parsed. Null where nobody listens. Rejects with the CausewayError that the server told, or
   * `data_folder` where whoever answers is not of this data folder.
   */
  ask(method: 'GET' | 'DELETE', path: string): Promise<unknown>
}

const DEADLINE = 10_000
/** Bytes of an answer at most. */
const MOST = 8 * 1024 * 1024

const ANY = new Set(['0.0.0.0', '::'])

const tokenIn = (dataFolder: string): string | null => {
  const file = join(dataFolder, 'console-token')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}

interface Got {
  readonly status: number
  readonly text: string
}

const get = (url: URL, method: string, token: string): Promise<Got | null> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
    const sent = request(url, { method, headers, timeout: DEADLINE }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        if (text.length > MOST) response.destroy(new Error('too long'))
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer')))
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ECONNREFUSED') resolve(null)
      else reject(cause)
    })
    sent.end()
  })

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const codeOf = (word: unknown): Code | null =>
  typeof word === 'string' && Object.hasOwn(CODES, word)
    ? (Object.keys(CODES).find((code): code is Code => code === word) ?? null)
    : null

/** The error that the server told, as one of ours. */
const toldBy = (url: string, { status, text }: Got): CausewayError => {
  const value = parsed(text)
  const error = typeof value === 'object' && value !== null && 'error' in value ? value.error : null
  const told = typeof error === 'object' && error !== null ? error : {}
  const code = 'code' in told ? codeOf(told.code) : null
  if (code === null || code === 'not_signed_in' || code === 'wrong_host') {
    const who = `What answers at ${url} is not the console of this data folder (status ${status}).`
    return new CausewayError('data_folder', `${who} Name the right one with --config or --data.`)
  }
  return new CausewayError(code, 'message' in told ? String(told.message) : `The console answered ${status}.`)
}

/** How to ask the console of `dataFolder` at `address`; null where it never had one. */
export const consoleClient = (dataFolder: string, address: Address): ConsoleClient | null => {
  const token = tokenIn(dataFolder)
  if (token === null) return null
  const name = ANY.has(address.host) ? '127.0.0.1' : address.host
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`
  return {
    url,
    async ask(method, path) {
      const got = await get(new URL(path, url), method, token).catch((cause: unknown) => {
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new CausewayError('data_folder', `The console at ${url} cannot be asked (${why}).`, { cause })
      })
      if (got === null) return null
      if (got.status === 200) return parsed(got.text)
      throw toldBy(url, got)
    },
  }
}
