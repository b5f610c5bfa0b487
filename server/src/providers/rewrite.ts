import { memberEdits, scanJson, splice } from '../lib/index.ts'

/** What an upstream wants otherwise in the outermost object of a body. Values are JSON text. */
export interface Rewrite {
  readonly set?: Readonly<Record<string, string>>
  readonly remove?: readonly string[]
}

const DEEPEST = 256

/** The body with these members set or taken out and no other character touched; a text that is no object stays as it is. */
export const rewritten = (body: string, { set = {}, remove = [] }: Rewrite): string => {
  const scan = scanJson(body, { depth: DEEPEST })
  if (scan.open === -1 || scan.close === -1 || body[scan.open] !== '{') return body
  const places = new Map(scan.members.map(({ key }, position) => [key, position]))
  const replace = new Map<number, string>()
  const add: { readonly key: string; readonly json: string }[] = []
  for (const [key, json] of Object.entries(set)) {
    const at = places.get(key)
    if (at === undefined) add.push({ key, json })
    else replace.set(at, json)
  }
  const gone = remove.map((key) => places.get(key)).filter((at) => at !== undefined)
  return splice(body, memberEdits(scan, { replace, remove: new Set(gone), add }))
}
