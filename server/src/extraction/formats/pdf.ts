import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'
import type { Reader, Sink } from '../sink.ts'
import { drawnText } from './drawn.ts'
import { LOCKED } from './opaque.ts'
import { own } from './packed.ts'

type Document = Awaited<ReturnType<typeof getDocumentProxy>>
type Page = Awaited<ReturnType<Document['getPage']>>

/** Values nest as outlines and structure trees do; deeper than this they are a trap. */
const DEEPEST = 100

/** Texts in a value of the library's, wherever they stand in it. */
const textsIn = (value: unknown, depth = 0): readonly string[] => {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (typeof value !== 'object' || value === null || depth > DEEPEST || ArrayBuffer.isView(value)) return []
  // Words come with their direction, which is none.
  if ('str' in value && 'dir' in value) return textsIn(value.str, depth + 1)
  const inner = value instanceof Map ? [...value.entries()].flat() : Object.values(value)
  return inner.flatMap((one) => textsIn(one, depth + 1))
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** What annotations and form fields say; the rest is how they look. */
const SAID = [
  'fieldName',
  'fieldValue',
  'defaultFieldValue',
  'alternativeText',
  'contentsObj',
  'titleObj',
  'richText',
  'textContent',
  'url',
  'unsafeUrl',
  'options',
  'exportValue',
  'buttonValue',
  'file',
  'actions',
  'overlaidText',
]

const annotationText = (annotation: unknown): string => {
  const name = field(annotation, 'alternativeText') ?? field(annotation, 'fieldName')
  const value = field(annotation, 'fieldValue')
  const pair = typeof name === 'string' && typeof value === 'string' ? [`${name}: ${value}`] : []
  const texts = SAID.flatMap((key) => textsIn(field(annotation, key)))
  return [...pair, ...new Set(texts)].join('\n')
}

/** Text as it runs over the page. Lines end where the library sees them end. */
const pageText = async (page: Page): Promise<string> => {
  const { items } = await page.getTextContent({ includeMarkedContent: false })
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
}

/** Names that structure gives to pictures and expansions: everything in the tree that is no type and no id. */
const alternatives = (node: unknown, depth = 0): readonly string[] => {
  const children = field(node, 'children')
  const inner =
    Array.isArray(children) && depth < DEEPEST ? children.flatMap((one) => alternatives(one, depth + 1)) : []
  return [...textsIn(field(node, 'alt')), ...inner]
}

/**
 * Whether the text is likely the numbers of glyphs: fonts need not say which characters they show, and then the
 * blanks come out as control characters, or much as private ones.
 */
const isGlyphs = (text: string): boolean => {
  const controls = text.match(/[\x00-\x08\x0e-\x1f\ufffd]/g)?.length ?? 0
  const own = text.match(/[\ue000-\uf8ff]/g)?.length ?? 0
  return controls * 100 > text.length || own * 10 > text.length
}

const readPage = async (page: Page, sink: Sink): Promise<string> => {
  const text = await pageText(page)
  // A page without text is a picture of one, or empty.
  if (text.trim() === '' || isGlyphs(text)) sink.isPartial = true
  sink.add(text)
  const annotations = await page.getAnnotations({ intent: 'any' })
  sink.add(annotations.map(annotationText).join('\n'))
  sink.add(alternatives(await page.getStructTree()).join('\n'))
  page.cleanup()
  return text
}

const titles = (outline: unknown, depth = 0): readonly string[] =>
  Array.isArray(outline) && depth < DEEPEST
    ? outline.flatMap((item) => [
        ...textsIn(field(item, 'title')),
        ...textsIn(field(item, 'url')),
        ...titles(field(item, 'items'), depth + 1),
      ])
    : []

const readAbout = async (document: Document, sink: Sink): Promise<void> => {
  const { info, metadata } = await document.getMetadata()
  // A form in XML beside the pages, which the library does not show as text.
  if (field(info, 'IsXFAPresent') === true) sink.isPartial = true
  sink.add(
    Object.entries(info)
      .filter(([name]) => name !== 'PDFFormatVersion')
      .flatMap(([name, value]) => textsIn(value).map((text) => `${name}: ${text}`))
      .join('\n'),
  )
  if (metadata !== null) sink.add(textsIn([...metadata]).join('\n'))
  sink.add(titles(await document.getOutline()).join('\n'))
  sink.add(textsIn(await document.getJSActions()).join('\n'))
  const fields = await document.getFieldObjects()
  sink.add([...new Set(Object.values(fields ?? {}).flatMap((all) => [all].flat().map(fieldText)))].join('\n'))
}

const fieldText = (one: unknown): string =>
  ['name', 'value', 'defaultValue', 'tooltip'].flatMap((key) => textsIn(field(one, key))).join(': ')

const readAttached = async (document: Document, sink: Sink): Promise<void> => {
  const attached: unknown = await document.getAttachments()
  if (!(attached instanceof Map)) return
  for (const [name, about] of attached) {
    sink.member()
    sink.add(textsIn([name, about]).join('\n'))
    const content: unknown = await document.getAttachmentContent(name)
    if (!(content instanceof Uint8Array)) sink.isPartial = true
    else {
      sink.unpacked(content.length)
      await sink.inside(own(content))
    }
  }
}

/** What the library asked for and did not get: nothing is fetched. */
interface Missing {
  maps: boolean
}

/** In place of what would fetch character maps, fonts and decoders. */
const nothing = (missing: Missing) =>
  class {
    fetch({ kind }: { kind: string }): Promise<never> {
      if (kind === 'cMapUrl') missing.maps = true
      return Promise.reject(new Error('nothing is fetched'))
    }
  }

const open = (bytes: Uint8Array<ArrayBuffer>, stopAtErrors: boolean, missing: Missing): Promise<Document> =>
  getDocumentProxy(own(bytes), {
    verbosity: 0,
    stopAtErrors,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: 1,
    cMapUrl: undefined,
    standardFontDataUrl: undefined,
    BinaryDataFactory: nothing(missing),
  })

const isLocked = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'PasswordException'

/** `/Image` with a letter written by its number, as names in a PDF may be. */
const WRITTEN_OUT = ['/#49', '/I#', '/Im#', '/Ima#', '/Imag#']

/** Picture streams are never packed away in other objects, so the names in their dictionaries lie open in the file. */
const hasPictures = (bytes: Uint8Array<ArrayBuffer>): boolean => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (WRITTEN_OUT.some((name) => file.includes(name, 0, 'latin1'))) return true
  for (let at = file.indexOf('/Image'); at >= 0; at = file.indexOf('/Image', at + 6)) {
    // Every second file names the procedure sets ImageB, ImageC and ImageI, pictures or not.
    if (!/[A-Za-z]/.test(String.fromCharCode(file[at + 6] ?? 0))) return true
  }
  return false
}

/** Reads all pages; returns the text of each, null for one that broke. */
const readPages = async (
  document: Document,
  sink: Sink,
  missing: Missing,
): Promise<readonly (string | null)[]> => {
  const texts: (string | null)[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    sink.member()
    try {
      texts.push(await readPage(await document.getPage(number), sink))
    } catch (thrown) {
      if (missing.maps) sink.isPartial = true
      else sink.broken(thrown)
      texts.push(null)
    }
  }
  return texts
}

const readStrictly = async (
  document: Document,
  sink: Sink,
  missing: Missing,
): Promise<readonly (string | null)[]> => {
  const texts = await readPages(document, sink, missing)
  for (const part of [readAbout, readAttached]) {
    try {
      await part(document, sink)
    } catch (thrown) {
      sink.broken(thrown)
    }
  }
  return texts
}

/**
 * The library leaves out text beside the page, which other readers do not. So what pages draw is read once more
 * without regard to place, leniently, and told where it is more than what was seen.
 */
const readDrawn = async (document: Document, seen: readonly (string | null)[], sink: Sink): Promise<void> => {
  const { OPS } = await getResolvedPDFJS()
  for (const [index, text] of seen.entries()) {
    const page = await document.getPage(index + 1)
    const { fnArray, argsArray } = await page.getOperatorList({ intent: 'any' })
    const drawn = drawnText(fnArray, argsArray, OPS)
    if (text === null || lettersIn(drawn) > lettersIn(text)) sink.add(drawn)
    page.cleanup()
  }
}

const lettersIn = (text: string): number => text.normalize('NFKC').replaceAll(/\s/g, '').length

const withDocument = async <Result>(
  opening: Promise<Document>,
  use: (document: Document) => Promise<Result>,
): Promise<Result> => {
  const document = await opening
  try {
    return await use(document)
  } finally {
    await document.loadingTask.destroy()
  }
}

/** Text, annotations, forms, outline, properties, scripts and attached files of a PDF. */
export const readPdf: Reader = async ({ bytes }, sink) => {
  const missing: Missing = { maps: false }
  if (hasPictures(bytes)) sink.isPartial = true
  try {
    const seen = await withDocument(open(bytes, true, missing), (document) =>
      readStrictly(document, sink, missing),
    )
    await withDocument(open(bytes, false, missing), (document) => readDrawn(document, seen, sink))
  } catch (thrown) {
    if (isLocked(thrown)) return LOCKED
    throw thrown
  }
  if (missing.maps) sink.isPartial = true
  return null
}
