import { limit, type Sink } from '../sink.ts'

/** Destinations that hold no text of the author's. */
const SILENT = new Set(
  'fonttbl colortbl stylesheet listtable listoverridetable rsidtbl themedata colorschememapping datastore latentstyles xmlnstbl generator filetbl revtbl mmathPr panose blipuid'.split(
    ' ',
  ),
)
/** Destinations that hold bytes in hexadecimal, of pictures and embedded objects. */
const BINARY = new Set(['pict', 'objdata', 'shppict', 'nonshppict'])
const BREAKS = new Set(['par', 'line', 'row', 'sect', 'page', 'pard'])
const SIGNS: Readonly<Record<string, string>> = {
  tab: '\t',
  cell: '\t',
  nestcell: '\t',
  emdash: '\u2014',
  endash: '\u2013',
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d',
  bullet: '\u2022',
  emspace: ' ',
  enspace: ' ',
}
const PAGES: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  874: 'windows-874',
  65001: 'utf-8',
}
const DEEPEST = 2_000

interface Group {
  readonly silent: boolean
  readonly binary: boolean
  /** Characters that follow a `\u` for readers without Unicode. */
  readonly skip: number
}

const decoderOf = (page: number) => {
  try {
    return new TextDecoder(PAGES[page] ?? `windows-${page}`)
  } catch {
    return new TextDecoder('windows-1252')
  }
}

/** One token: a control word with its number, a control sign with its byte, a brace, or a run of text. */
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|[^\\{}\r\n]+/gi

class Rtf {
  readonly text: string[] = []
  hasObjects = false
  readonly #groups: Group[] = []
  #group: Group = { silent: false, binary: false, skip: 1 }
  #decoder = new TextDecoder('windows-1252')
  #bytes: number[] = []
  #toSkip = 0

  brace(sign: string): void {
    this.#flush()
    this.#toSkip = 0
    if (sign === '}') {
      this.#group = this.#groups.pop() ?? this.#group
      return
    }
    if (this.#groups.length >= DEEPEST) throw limit(`it nests deeper than ${DEEPEST} levels`)
    this.#groups.push(this.#group)
  }

  byte(value: number): void {
    if (this.#toSkip > 0) this.#toSkip -= 1
    else this.#bytes.push(value)
  }

  run(text: string): void {
    this.#flush()
    if (this.#group.binary) this.hasObjects = true
    if (this.#group.silent || this.#group.binary) return
    this.text.push(text.slice(this.#toSkip))
    this.#toSkip = Math.max(0, this.#toSkip - text.length)
  }

  sign(sign: string): void {
    this.#flush()
    if (sign === '~') this.#say(' ')
    else if (sign === '_') this.#say('-')
    else if (sign === '\n' || sign === '\r') this.#say('\n')
    else if (sign === '\\' || sign === '{' || sign === '}') this.run(sign)
  }

  word(word: string, parameter: string | undefined): void {
    this.#flush()
    const number = Number(parameter ?? 0)
    if (word === 'u') this.#unicode(number)
    else if (word === 'uc') this.#group = { ...this.#group, skip: Math.max(0, number) }
    else if (word === 'ansicpg') this.#decoder = decoderOf(number)
    else if (SILENT.has(word)) this.#group = { ...this.#group, silent: true }
    else if (BINARY.has(word)) this.#group = { ...this.#group, binary: true }
    else if (BREAKS.has(word)) this.#say('\n')
    else this.#say(SIGNS[word] ?? '')
  }

  end(): string {
    this.#flush()
    return this.text.join('')
  }

  #unicode(number: number): void {
    this.#say(String.fromCharCode(number < 0 ? number + 0x1_00_00 : number & 0xffff))
    this.#toSkip = this.#group.skip
  }

  #say(text: string): void {
    if (!this.#group.silent && text !== '') this.text.push(text)
  }

  #flush(): void {
    if (this.#bytes.length === 0) return
    if (!this.#group.silent && !this.#group.binary) {
      this.text.push(this.#decoder.decode(new Uint8Array(this.#bytes)))
    }
    this.#bytes = []
  }
}

/** Rich Text Format: what is shown, hidden, noted, or said of the document. */
export const readRtf = (source: string, sink: Sink): void => {
  const rtf = new Rtf()
  for (const [whole, word, parameter, hex, sign, brace] of source.matchAll(TOKEN)) {
    if (word !== undefined) rtf.word(word, parameter)
    else if (hex !== undefined) rtf.byte(Number.parseInt(hex, 16))
    else if (sign !== undefined) rtf.sign(sign)
    else if (brace !== undefined) rtf.brace(brace)
    else if (!/^[\r\n]/.test(whole)) rtf.run(whole)
  }
  sink.add(rtf.end())
  if (rtf.hasObjects) sink.isPartial = true
}
