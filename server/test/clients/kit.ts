import { crc32, deflateSync } from 'node:zlib'

/* What the tests send: a picture, a document, tools, a schema. */

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A picture of one grey point. */
export const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
  chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
  chunk('IEND', Buffer.alloc(0)),
])

/** A document of one empty page. */
export const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

export interface ToolKit {
  readonly name: string
  readonly description: string
  readonly schema: {
    readonly type: 'object'
    readonly properties: Readonly<Record<string, { readonly type: 'string'; readonly description: string }>>
    readonly required: readonly string[]
    readonly additionalProperties: false
  }
}

const tool = (name: string, description: string, property: string): ToolKit => ({
  name,
  description,
  schema: {
    type: 'object',
    properties: { [property]: { type: 'string', description: `The ${property}.` } },
    required: [property],
    additionalProperties: false,
  },
})

export const TOOLS: readonly ToolKit[] = [
  tool('weather', 'Says the weather of a place.', 'place'),
  tool('find_file', 'Finds a file.', 'pattern'),
]

export const SCHEMA = {
  type: 'object',
  properties: { colour: { type: 'string' }, sizes: { type: 'array', items: { type: 'integer' } } },
  required: ['colour', 'sizes'],
  additionalProperties: false,
} as const

/** Text with characters of one to four bytes. */
export const WORDS = '[simulated model] Grüße, 世界 — 🌍 is round.'
export const THOUGHT = 'First I look at the sky, and then ünder the stone.'
