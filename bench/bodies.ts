import { COUNTING_WORDS, SENTENCES } from './text.ts'

/** What a scenario sends: how large, and which of its messages no earlier request has sent. */
export interface BodyKind {
  /** Length of the body, about. */
  readonly bytes: number
  readonly messages: number
  /** `last`: the history is the same every time, the last message is new. `all`: every message is new. */
  readonly fresh: 'last' | 'all'
  readonly stream: boolean
}

/** Written out in words: a number of digits could read as somebody's telephone number. */
const inWords = (number: number): string => {
  const words: string[] = []
  let rest = number
  do {
    words.push(COUNTING_WORDS[rest % COUNTING_WORDS.length] ?? '')
    rest = Math.floor(rest / COUNTING_WORDS.length)
  } while (rest > 0)
  return words.join(' ')
}

const passage = (from: number, length: number): string => {
  let text = ''
  for (let index = from; text.length < length; index++)
    text += `${text === '' ? '' : ' '}${SENTENCES[(index * 7) % SENTENCES.length]}`
  // Whole words only: half a word with a capital reads like somebody's name.
  return text.slice(0, text.lastIndexOf(' ', length))
}

const roleOf = (index: number): string => {
  if (index === 0) return 'system'
  return index % 2 === 1 ? 'user' : 'assistant'
}

const messageOf = (index: number, text: string): string =>
  `{"role":"${roleOf(index)}","content":${JSON.stringify(text)}}`

/** Makes the bodies of one scenario, `"model"` first, each with at least one message never sent before. */
export const bodyMaker = (kind: BodyKind, model: string): (() => string) => {
  const overhead = kind.messages * 45 + 80
  const each = Math.max(20, Math.floor((kind.bytes - overhead) / kind.messages) - 20)
  const texts = Array.from({ length: kind.messages }, (_, index) => passage(index * 11, each))
  const last = kind.messages - 1
  const history = texts.slice(0, last).map((text, index) => messageOf(index, text))
  const head = `{"model":${JSON.stringify(model)},"messages":[`
  const tail = `],"temperature":0.2${kind.stream ? ',"stream":true' : ''}}`
  const start = Date.now() % 1_000_000_000
  let count = 0
  return () => {
    count++
    const mark = inWords(start * 1000 + count)
    const before =
      kind.fresh === 'last'
        ? history
        : texts.slice(0, last).map((text, index) => messageOf(index, `${mark}. ${text}`))
    return `${head}${[...before, messageOf(last, `${mark}. ${texts[last]}`)].join(',')}${tail}`
  }
}
