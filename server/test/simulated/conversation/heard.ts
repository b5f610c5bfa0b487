import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/* What the SIMULATED model's dialects share: what was asked in no dialect, what is answered, what was sealed. */

export type Fields = Readonly<Record<string, unknown>>

export type HeardPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'media'; readonly mime: string; readonly bytes: Buffer }
  | { readonly type: 'thought'; readonly text: string }
  | { readonly type: 'call'; readonly id: string; readonly name: string; readonly input: unknown }
  | {
      readonly type: 'result'
      /** Of the call that it answers. */
      readonly name: string
      readonly text: string
      readonly failed: boolean
      readonly media: readonly { readonly mime: string; readonly bytes: Buffer }[]
    }

export interface HeardTurn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly parts: readonly HeardPart[]
}

/** A request, understood. */
export interface Heard {
  readonly dialect: string
  readonly turns: readonly HeardTurn[]
  /** Names of the tools that were offered, with their schemas. */
  readonly tools: readonly { readonly name: string; readonly schema: unknown }[]
  /** Schema of the answer that was asked for, `true` for any JSON, null for words. */
  readonly format: unknown
  /** Whether the model is to think. */
  readonly thinks: boolean
  readonly stream: boolean
  readonly model: string
  readonly json: Fields
}

/** What the model does. Thoughts come first, then words, then calls, all at once. */
export interface Said {
  readonly think?: string
  /** A thought that only its issuer can read. Said where the dialect has such. */
  readonly redacted?: string
  readonly text?: string
  readonly calls?: readonly { readonly name: string; readonly input: Fields }[]
  readonly finish?: 'length' | 'refusal'
  readonly fail?: { readonly status: number; readonly message?: string }
  /** What becomes of the stream (or the body) half-way: the connection breaks, an error is told, nothing more comes. */
  readonly trouble?: 'cut' | 'error' | 'hold'
}

export interface Call {
  readonly id: string
  readonly name: string
  readonly input: Fields
}

/** What is said, with the ids that it is said with. */
export interface Answer {
  readonly said: Said
  readonly calls: readonly Call[]
  readonly heard: Heard
  readonly number: number
  readonly seal: Seal
}

export interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly json: Fields
  readonly seal: Seal
}

/** One dialect as its vendor speaks it: what it would refuse is refused. */
export interface Speaker {
  readonly dialect: string
  readonly streamType: string
  /** Throws Refusal. */
  hear(asked: Asked): Heard
  callId(number: number, index: number): string
  whole(answer: Answer): object
  stream(answer: Answer): readonly (string | Buffer)[]
  /** An error in the middle of a stream. */
  troubled(message: string): string | Buffer
  refused(
    status: number,
    message: string,
  ): { readonly body: object; readonly headers: Readonly<Record<string, string>> }
}

/** What the vendor would say no to. */
export class Refusal extends Error {
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.status = status
  }
}

export const refuse = (message: string, status = 400): never => {
  throw new Refusal(message, status)
}

/** What was thought before a call, as it was sent, to be demanded back. */
export interface Thoughts {
  readonly raw: readonly unknown[]
}

/**
 * Seals of one account. A seal is a digest over what it belongs to and the account, so a changed thought, a made-up
 * seal and another account's are all told apart from the model's own.
 */
export class Seal {
  readonly #account: string
  readonly thoughts = new Map<string, Thoughts>()

  constructor(account: string) {
    this.#account = account
  }

  of(text: string): string {
    const key = `simulated seal of ${this.#account}`
    // As long as vendors' are: what is short and random reads like a key.
    const digests = ['front', 'back'].map((side) =>
      createHmac('sha512', key).update(side).update(text).digest(),
    )
    return Buffer.concat(digests).toString('base64')
  }

  fits(text: string, seal: unknown): boolean {
    return seal === this.of(text)
  }
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsOf = (value: unknown, at: string): Fields =>
  isFields(value) ? value : refuse(`${at}: must be an object`)

export const listOf = (value: unknown, at: string): readonly unknown[] =>
  Array.isArray(value) ? value : refuse(`${at}: must be a list`)

export const textOf = (value: unknown, at: string): string =>
  typeof value === 'string' ? value : refuse(`${at}: must be a string`)

/** Refuses fields that the vendor does not know. */
export const only = (fields: Fields, known: string, at: string): void => {
  const names = new Set(known.split(' '))
  for (const name of Object.keys(fields))
    if (!names.has(name)) refuse(`${at === '' ? '' : `${at}.`}${name}: Extra inputs are not permitted`)
}

const MAGIC: Readonly<Record<string, string>> = {
  'image/png': '89504e47',
  'image/jpeg': 'ffd8ff',
  'application/pdf': '25504446',
}

/** Bytes of clean base64 that are what they are said to be. */
export const bytesOf = (value: unknown, mime: string, at: string): Buffer => {
  const text = textOf(value, at)
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return refuse(`${at}: is not clean base64`)
  const bytes = Buffer.from(text, 'base64')
  const magic = MAGIC[mime]
  if (magic === undefined) return refuse(`${at}: ${mime} is not supported`)
  if (!bytes.toString('hex').startsWith(magic)) return refuse(`${at}: the bytes are no ${mime}`)
  return bytes
}

/** Of a `data:` URL. */
export const dataUrl = (value: unknown, at: string): { readonly mime: string; readonly bytes: Buffer } => {
  const [, mime = '', data = ''] = /^data:([^;,]+);base64,(.*)$/s.exec(textOf(value, at)) ?? []
  if (mime === '') return refuse(`${at}: must be a data: URL (the simulated model fetches nothing)`)
  return { mime, bytes: bytesOf(data, mime, at) }
}

/** Text in pieces of a few characters, never through one. */
export const pieces = (text: string): readonly string[] => {
  const characters = [...text]
  const out: string[] = []
  for (let index = 0; index < characters.length; index += 8)
    out.push(characters.slice(index, index + 8).join(''))
  return out
}

export const USAGE = { input: 100, cached: 40, output: 25, thought: 10 } as const

/** Same JSON whatever the order of its keys. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isFields(value)) return JSON.stringify(value) ?? 'null'
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join()}}`
}

/** Index of the first turn of the round that is going on: behind the last turn that is no result of a tool. */
export const roundStart = (turns: readonly HeardTurn[]): number =>
  turns.findLastIndex(({ role, parts }) => role === 'user' && parts.some(({ type }) => type !== 'result')) + 1
