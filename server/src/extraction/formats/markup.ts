import type { Sink } from '../sink.ts'
import { parse } from './parser.ts'

/** Elements that stand inside a line. Every other one begins and ends one. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
)
/** Attributes that say how a page looks and never what it says. */
const LOOKS = new Set(
  'class style width height align valign bgcolor color colspan rowspan cellpadding cellspacing border d points viewBox viewbox transform x y x1 x2 y1 y2 cx cy r rx ry fill stroke lang dir rel target charset'.split(
    ' ',
  ),
)
const DATA_URL = /^data:([^,;]*)[^,]*;base64,/i

/** A page's visible text, and in a text of its own what stands in attributes, comments and scripts. */
class Page {
  readonly visible: string[] = []
  readonly aside: string[] = []
  readonly files: string[] = []
  #script = 0

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'script' || name === 'style') this.#script += 1
    if (name === 'td' || name === 'th') this.visible.push('\t')
    else if (!INLINE.has(name)) this.visible.push('\n')
    const label = attributes['name'] ?? attributes['property'] ?? ''
    for (const [key, value] of Object.entries(attributes)) {
      if (value.trim() === '' || LOOKS.has(key)) continue
      if (DATA_URL.test(value.slice(0, 300))) this.files.push(value)
      else if (label !== '' && (key === 'value' || key === 'content')) this.aside.push(`${label}: ${value}`)
      else this.aside.push(value)
    }
  }

  text(text: string): void {
    if (this.#script === 0) this.visible.push(text)
    else this.aside.push(text)
  }

  close(name: string): void {
    if (name === 'script' || name === 'style') this.#script -= 1
    if (!INLINE.has(name) && name !== 'td' && name !== 'th') this.visible.push('\n')
  }

  remark(text: string): void {
    this.aside.push(text)
  }
}

/** Blanks as a browser shows them, and no more than one empty line. */
const tidy = (text: string): string =>
  text
    .replaceAll('\u00ad', '')
    .replaceAll(/[ \r\f\u00a0]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n')
    .replaceAll(/\n\t/g, '\n')

export const readHtml = async (text: string, sink: Sink): Promise<void> => {
  const page = new Page()
  parse(text, page, 'html')
  sink.add(tidy(page.visible.join('')))
  sink.add(page.aside.join('\n'))
  for (const url of page.files) {
    sink.member()
    const mime = DATA_URL.exec(url.slice(0, 300))?.[1] ?? ''
    await sink.inside(new Uint8Array(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')), mime)
  }
}

/** XML that holds data: each value behind its element's or attribute's name. Entities of its own are never expanded. */
class Data {
  readonly lines: string[] = []
  readonly #open: { readonly name: string; text: string; mixed: boolean }[] = []

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.#open.at(-1)
    if (parent !== undefined) {
      parent.mixed = true
      this.#flush(parent)
    }
    for (const [key, value] of Object.entries(attributes)) {
      if (value.trim() !== '' && !key.startsWith('xmlns')) this.lines.push(`\n${localName(key)}: ${value}`)
    }
    this.#open.push({ name, text: '', mixed: false })
  }

  text(text: string): void {
    const current = this.#open.at(-1)
    if (current === undefined) this.lines.push(text)
    else current.text += text
  }

  close(): void {
    const current = this.#open.pop()
    if (current === undefined || current.text.trim() === '') return
    if (current.mixed) this.#flush(current)
    else this.lines.push(`\n${localName(current.name)}: ${current.text.trim()}`)
  }

  remark(text: string): void {
    this.lines.push(`\n${text}`)
  }

  #flush(element: { text: string }): void {
    if (element.text.trim() !== '') this.lines.push(`\n${element.text.trim()}`)
    element.text = ''
  }
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

export const dataText = (text: string): string => {
  const data = new Data()
  parse(text, data, 'xml')
  return data.lines.join('')
}

export const readXml = (text: string, sink: Sink): void => {
  if (/<office:document[\s>]/.test(text.slice(0, 4096))) sink.add(proseText(text))
  sink.add(dataText(text))
}

/** Elements of office documents that hold pieces of a line. */
const PIECES = new Set(['t', 'span', 'a', 'delText', 'instrText', 'p', 'h'])
/** Attributes of office documents that say something. */
const SAID = new Set([
  'descr',
  'title',
  'alt',
  'author',
  'initials',
  'tooltip',
  'display',
  'href',
  'string-value',
  'name',
])
const SAYS_NAME = new Set(['docPr', 'cNvPr', 'table', 'sheet', 'definedName', 'tableColumn', 'bookmarkStart'])

/** The text of an office document's part, in WordprocessingML, DrawingML or OpenDocument: a line for each paragraph or row. */
class Prose {
  readonly said: string[] = []
  readonly aside: string[] = []
  readonly #open: string[] = []
  #cells = 0

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const local = localName(name)
    const parent = localName(this.#open.at(-1) ?? '')
    this.#open.push(name)
    if (local === 'tab' && parent !== 'tabs') this.said.push('\t')
    else if (local === 'br' || local === 'cr' || local === 'line-break') this.said.push('\n')
    else if (local === 's') this.said.push(' ')
    else if (local === 'noBreakHyphen') this.said.push('-')
    else if (local === 'tc' || local === 'table-cell') this.#cells += 1
    for (const [key, value] of Object.entries(attributes)) {
      const said = localName(key)
      if (value === '' || !SAID.has(said) || (said === 'name' && !SAYS_NAME.has(local))) continue
      this.aside.push(value)
    }
    const isTagged = (local === 'alias' || local === 'tag') && attributes['w:val'] !== undefined
    if (isTagged) this.aside.push(attributes['w:val'] ?? '')
  }

  text(text: string): void {
    const current = this.#open.at(-1) ?? ''
    // Blanks between elements are the writer's own, but in the elements that hold pieces of a line.
    const isPiece = PIECES.has(localName(current)) && current !== 'w:p' && current !== 'a:p'
    if (isPiece || text.trim() !== '') this.said.push(text)
  }

  close(): void {
    const local = localName(this.#open.pop() ?? '')
    if (local === 'p' || local === 'h') this.said.push(this.#cells > 0 ? ' ' : '\n')
    else if (local === 'tc' || local === 'table-cell') {
      this.#cells -= 1
      this.said.push('\t')
    } else if (local === 'tr' || local === 'table-row' || VALUES.has(local)) this.said.push('\n')
    else if (local === 'instrText') this.said.push(' ')
  }

  remark(text: string): void {
    this.aside.push(text)
  }
}

/** Elements that hold a value of their own each, and no piece of a line. */
const VALUES = new Set(
  'v f author creator lastModifiedBy title subject description keywords category text formula1 formula2 definedName oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter lpwstr comment initial-creator keyword user-defined generator printed-by'.split(
    ' ',
  ),
)

export const proseText = (text: string): string => {
  const prose = new Prose()
  parse(text, prose, 'xml')
  return [prose.said.join(''), ...prose.aside].join('\n')
}
