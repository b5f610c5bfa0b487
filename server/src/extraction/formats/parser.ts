import { Parser } from 'htmlparser2'
import { limit } from '../sink.ts'

/** What is met while markup is read, in its order. */
export interface Handler {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text(text: string): void
  close(name: string): void
  /** Comments, declarations and instructions. */
  remark?(text: string): void
}

/** Pages nest some dozens of levels. The parser's work for each element grows with how deep it stands. */
const DEEPEST = 10_000

/** Reads HTML or XML through. Entities that a document declares are text and nothing else. */
export const parse = (text: string, handler: Handler, language: 'html' | 'xml'): void => {
  let depth = 0
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        depth += 1
        if (depth > DEEPEST) throw limit(`it nests deeper than ${DEEPEST} elements`)
        handler.open(name, attributes)
      },
      ontext: (part) => handler.text(part),
      onclosetag: (name) => {
        depth -= 1
        handler.close(name)
      },
      oncomment: (part) => handler.remark?.(part),
      onprocessinginstruction: (name, part) => {
        if (name !== '?xml') handler.remark?.(part)
      },
    },
    { xmlMode: language === 'xml', decodeEntities: true },
  )
  parser.end(text)
  // A tag that never ends is no tag, and its text is text.
  const last = text.lastIndexOf('<')
  if (last > text.lastIndexOf('>')) handler.remark?.(text.slice(last))
}
