import { SseParser } from '../../lib/index.ts'

/** Turns a stream of server-sent events, in pieces cut anywhere, into the text of one JSON array. */
export interface ArrayFraming {
  /** Text or bytes of events; the elements that they complete. */
  push(text: string | Uint8Array): string
  /** What is left, and the array's end. */
  end(): string
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff

/** The array as the dialect streams it to who does not ask for events: `[` the first element, `,\r\n` each other one, `]`. Comments and what is no object have no place in it. */
export const arrayFraming = (): ArrayFraming => {
  let ready = ''
  let opened = false
  let half = ''
  const parser = new SseParser(({ data }) => {
    const element = data.trim()
    if (!element.startsWith('{')) return
    ready += (opened ? ',\r\n' : '[') + element
    opened = true
  })
  const take = (): string => {
    const out = ready
    ready = ''
    return out
  }
  /** A character of two units stays whole where a text was cut between them. */
  const bytesOf = (text: string): Uint8Array => {
    const all = half + text
    half = isHigh(all.charCodeAt(all.length - 1)) ? all.slice(-1) : ''
    return Buffer.from(all.slice(0, all.length - half.length))
  }
  return {
    push: (text) => {
      parser.push(typeof text === 'string' ? bytesOf(text) : text)
      return take()
    },
    end: () => {
      parser.end()
      return `${take()}${opened ? '' : '['}]`
    },
  }
}
