import type { Citation, Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'
import { stringAt } from '../body/media.ts'

/*
 * `annotations[].url_citation` is the dialect's own form of a citation. Some servers that search give `citations`
 * (addresses, in the order in which the text numbers them) or `search_results` beside the choices.
 */

const spanOf = (from: Json | undefined, to: Json | undefined): Citation['span'] =>
  typeof from === 'number' && typeof to === 'number' && from >= 0 && to >= from ? [from, to] : null

/** An annotation, or null for one that is no citation of an address. */
export const annotationCitation = (annotation: JsonObject): Citation | null => {
  const cited = annotation['url_citation']
  const held = isObject(cited) ? cited : annotation['type'] === 'url_citation' ? annotation : null
  const url = held === null ? null : stringAt(held, 'url')
  if (held === null || url === null) return null
  return {
    url,
    title: stringAt(held, 'title'),
    cited: stringAt(held, 'content'),
    span: spanOf(held['start_index'], held['end_index']),
    native: { dialect: 'openai-chat', raw: annotation },
  }
}

/** The sources that a reply lists beside its choices. */
export const listedCitations = (json: JsonObject): readonly Citation[] => {
  const results = json['search_results']
  const titled = (isList(results) ? results : []).filter(isObject)
  const citations = json['citations']
  if (!isList(citations)) return titled.flatMap((result) => listed(result, result))
  return citations.flatMap((source) => {
    const url = typeof source === 'string' ? source : isObject(source) ? stringAt(source, 'url') : null
    const known = titled.find((result) => result['url'] === url)
    return listed(known ?? (isObject(source) ? source : { url }), source)
  })
}

const listed = (source: JsonObject, raw: Json): readonly Citation[] => {
  const url = stringAt(source, 'url')
  if (url === null) return []
  const native = { dialect: 'openai-chat' as const, raw }
  return [{ url, title: stringAt(source, 'title'), cited: null, span: null, native }]
}

/**
 * A citation as an annotation; null for one without an address, which the dialect has no form for. One whose
 * place in the text is not told stands at its end, `length`.
 */
export const writeAnnotation = (citation: Citation, length: number): JsonObject | null => {
  const { native, url, title, span } = citation
  if (native.dialect === 'openai-chat' && isObject(native.raw) && isObject(native.raw['url_citation']))
    return native.raw
  if (url === null) return null
  const [from, to] = span ?? [length, length]
  return {
    type: 'url_citation',
    url_citation: { url, title: title ?? '', start_index: from, end_index: to },
  }
}
