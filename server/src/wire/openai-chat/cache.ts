import type { CacheMark, Json, JsonObject, Quirks } from '../../domain/index.ts'
import { isObject } from '../body/fields.ts'
import type { Rest } from '../body/rest.ts'
import type { Signals } from '../body/signals.ts'

/*
 * The dialect's vendor caches by itself. Servers that take marks take those of Messages: `cache_control` on a
 * part, a message or a tool.
 */

const markOf = (value: Json | undefined): CacheMark | null => {
  if (!isObject(value) || value['type'] !== 'ephemeral') return null
  const { type: _, ttl, ...others } = value
  if (Object.keys(others).length > 0) return null
  if (ttl === undefined || ttl === null) return { ttl: null }
  return typeof ttl === 'string' ? { ttl } : null
}

/** The mark of a part, a message, a tool or a whole body; one that is no such mark goes to `rest`. */
export const readMark = (json: JsonObject, path: string, rest: Rest): CacheMark | null => {
  const value = json['cache_control']
  if (value === undefined || value === null) return null
  const mark = markOf(value)
  if (mark === null) rest.add(path === '' ? 'cache_control' : `${path}.cache_control`, value)
  return mark
}

/** The mark as the upstream takes it. What it does not take is signalled under `path`. */
export const writeMark = (
  mark: CacheMark | null | undefined,
  quirks: Quirks,
  path: string,
  signals: Pick<Signals, 'add'>,
): JsonObject => {
  if (mark === undefined || mark === null) return {}
  if (quirks.cacheMarks === 'none') {
    signals.add(path)
    return {}
  }
  if (mark.ttl === null) return { cache_control: { type: 'ephemeral' } }
  if (quirks.cacheMarks === 'ttl') return { cache_control: { type: 'ephemeral', ttl: mark.ttl } }
  signals.add(`${path}.ttl`)
  return { cache_control: { type: 'ephemeral' } }
}
