import type { ReplyEvent, Usage } from '../../domain/index.ts'

export type GatheredBlock =
  | { readonly type: 'text'; text: string }
  | { readonly type: 'reasoning'; text: string; signature: string | null; readonly redacted: boolean }
  | {
      readonly type: 'tool'
      readonly index: number
      readonly id: string
      readonly name: string
      input: string
    }

export interface Gathered {
  readonly id: string | null
  /** In the order in which they began. */
  readonly blocks: readonly GatheredBlock[]
  readonly refusal: string
  readonly usage: Usage | null
  readonly end: Extract<ReplyEvent, { type: 'end' }> | null
}

const addTool = (blocks: GatheredBlock[], event: Extract<ReplyEvent, { type: 'tool' }>): void => {
  const open = blocks.find((block) => block.type === 'tool' && block.index === event.index)
  if (open?.type === 'tool') open.input += event.delta
  else {
    blocks.push({
      type: 'tool',
      index: event.index,
      id: event.id ?? '',
      name: event.name ?? '',
      input: event.delta,
    })
  }
}

const addReasoning = (blocks: GatheredBlock[], delta: string): void => {
  const last = blocks.at(-1)
  if (last?.type === 'reasoning' && last.signature === null) last.text += delta
  else blocks.push({ type: 'reasoning', text: delta, signature: null, redacted: false })
}

const addSignature = (blocks: GatheredBlock[], value: string, redacted: boolean): void => {
  const last = blocks.at(-1)
  if (!redacted && last?.type === 'reasoning' && last.signature === null) last.signature = value
  else blocks.push({ type: 'reasoning', text: '', signature: value, redacted })
}

/** The events of one reply put together, for a body that is written in one piece. */
export const gather = (events: readonly ReplyEvent[]): Gathered => {
  const blocks: GatheredBlock[] = []
  let id: string | null = null
  let refusal = ''
  let usage: Usage | null = null
  let end: Gathered['end'] = null
  for (const event of events) {
    switch (event.type) {
      case 'start':
        id = event.id
        break
      case 'text': {
        const last = blocks.at(-1)
        if (last?.type === 'text') last.text += event.delta
        else blocks.push({ type: 'text', text: event.delta })
        break
      }
      case 'reasoning':
        addReasoning(blocks, event.delta)
        break
      case 'signature':
        addSignature(blocks, event.value, event.redacted)
        break
      case 'refusal':
        refusal += event.delta
        break
      case 'tool':
        addTool(blocks, event)
        break
      case 'usage':
        usage = event.usage
        break
      case 'end':
        end = event
        break
      case 'error':
      case 'unmapped':
        break
    }
  }
  return { id, blocks, refusal, usage, end }
}
