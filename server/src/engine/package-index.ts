import { z } from 'zod'
import { EngineError } from './errors.ts'

/** One file of a project page. */
export interface IndexedFile {
  readonly file: string
  readonly url: URL
  /** Lower-case hex, or null where the page names none. */
  readonly sha256: string | null
  readonly yanked: boolean
}

/** What to ask a simple index for. JSON first. Source: PEP 691. */
export const INDEX_ACCEPT =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1'

/** The address of a project's page on a simple index, with the index's credentials. Source: PEP 503. */
export const projectPage = (index: string, project: string): URL => {
  const base = URL.parse(index.endsWith('/') ? index : `${index}/`)
  if (base === null || !['http:', 'https:'].includes(base.protocol)) {
    throw new EngineError(
      'weights_unavailable',
      'A package index in the pip settings is no http or https address.',
    )
  }
  return new URL(`${normalised(project)}/`, base)
}

/** A project's name as indexes compare it. Source: PEP 503. */
export const normalised = (project: string): string => project.toLowerCase().replace(/[-_.]+/g, '-')

const jsonPage = z.object({
  files: z.array(
    z.object({
      filename: z.string(),
      url: z.string(),
      hashes: z.record(z.string(), z.string()).default({}),
      yanked: z.union([z.boolean(), z.string()]).default(false),
    }),
  ),
})

/** The files of a project page, in either of its two forms; links that are no addresses are left out. */
export const parseIndexPage = (text: string, type: string, page: URL): IndexedFile[] => {
  if (!type.toLowerCase().includes('json')) return parseHtmlPage(text, page)
  const parsed = jsonPage.safeParse(parseJson(text))
  if (!parsed.success) {
    throw new EngineError('weights_unavailable', `${page.host} sent a project page of an unknown form.`)
  }
  return parsed.data.files.flatMap((file) => {
    const url = URL.parse(file.url, page.href)
    if (url === null) return []
    const sha256 = file.hashes.sha256?.toLowerCase() ?? null
    return [{ file: file.filename, url, sha256, yanked: file.yanked !== false }]
  })
}

/** The files of a page of links: a project page of PEP 503, or a page that find-links names. */
export const parseHtmlPage = (text: string, page: URL): IndexedFile[] => {
  const base = /<base\b[^>]*?\bhref\s*=\s*["']([^"']*)["']/i.exec(text)?.[1]
  const from = base === undefined ? page : (URL.parse(decodeEntities(base), page.href) ?? page)
  const files: IndexedFile[] = []
  for (const anchor of text.matchAll(/<a\b([^>]*)>/gi)) {
    const attributes = anchor[1] ?? ''
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes)
    const url = URL.parse(decodeEntities(href?.[1] ?? href?.[2] ?? ''), from.href)
    const file = url === null ? '' : decoded(url.pathname.split('/').at(-1) ?? '')
    if (url === null || file === '') continue
    const sha256 = /^#sha256=([0-9a-f]{64})/i.exec(url.hash)?.[1]?.toLowerCase() ?? null
    url.hash = ''
    files.push({ file, url, sha256, yanked: /\bdata-yanked\b/i.test(attributes) })
  }
  return files
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const decodeEntities = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&#43;', '+').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
