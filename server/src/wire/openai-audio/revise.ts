import type { Reviser, Revision } from '../../domain/index.ts'
import { revise as anything } from '../passthrough/revise.ts'
import type { ReviseOptions } from '../stream/revise.ts'

const TEXT = { key: 'text', form: 'text' } as const

/** A transcript may be asked for as plain text or subtitles; it is revised whole. */
const transcript = (reviser: Reviser): Revision => {
  const held: Uint8Array[] = []
  return {
    push(chunk) {
      held.push(chunk)
      return []
    },
    end() {
      const text = Buffer.concat(held).toString('utf8')
      return text === '' ? [] : [Buffer.from(reviser.push(TEXT, text) + reviser.end(TEXT))]
    },
  }
}

/** JSON and event streams by their strings, other text as one; what is made of sound bytes is streamed and goes on as it is. */
export const revise = (options: ReviseOptions, reviser: Reviser): Revision => {
  if (options.stream) return anything(options, reviser)
  let chosen: Revision | null = null
  return {
    push(chunk) {
      const first = chunk[0]
      if (chosen === null && first === undefined) return []
      chosen ??= first === 0x7b ? anything(options, reviser) : transcript(reviser)
      return chosen.push(chunk)
    },
    end: () => chosen?.end() ?? [],
  }
}
