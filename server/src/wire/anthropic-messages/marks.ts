import type { Block, CacheMark, JsonObject, Quirks, Turn } from '../../domain/index.ts'
import { markPlace } from '../body/cacheMarks.ts'
import type { Signals } from '../body/signals.ts'

type Honoured = Quirks['cacheMarks']

/** Mark for the prompt cache as far as the upstream honours it. */
export const markField = (mark: CacheMark | null | undefined, honoured: Honoured): JsonObject => {
  if (mark === null || mark === undefined || honoured === 'none') return {}
  const ttl = mark.ttl === null || honoured === 'plain' ? {} : { ttl: mark.ttl }
  return { cache_control: { type: 'ephemeral', ...ttl } }
}

/** Names what the upstream does not honour of a mark; `field` is where it stands. */
export const signalMark = (
  mark: CacheMark | null | undefined,
  field: string,
  honoured: Honoured,
  signals: Signals,
): void => {
  if (mark === null || mark === undefined) return
  if (honoured === 'none') signals.add(field)
  else if (honoured === 'plain' && mark.ttl !== null) signals.add(`${field}.ttl`)
}

/** The same for every block, by its place in the client's own body. Before turns are put into another order. */
export const signalMarks = (turns: readonly Turn[], honoured: Honoured, signals: Signals): void => {
  const look = (blocks: readonly Block[], path: string): void => {
    blocks.forEach((block, index) => {
      if (block.cache !== undefined) {
        const place = markPlace(block.cache, `${path}[${index}]`)
        signalMark(block.cache, place, honoured, signals)
      }
      if (block.type === 'tool-result') look(block.content, `${path}[${index}].content`)
    })
  }
  for (const turn of turns) look(turn.blocks, turn.at === 'system' ? 'system' : `${turn.at}.content`)
}
