import type { Citation, ReplyEvent, Sealed, TokenProbability, Usage } from '../../domain/index.ts'

export type GatheredBlock =
  | { readonly type: 'text'; text: string; readonly citations: Citation[] }
  | { readonly type: 'reasoning'; text: string; sealed: Sealed | null }
  | {
      readonly type: 'tool'
      readonly index: number
      readonly id: string
      readonly name: string
      input: string
      sealed: Sealed | null
    }
  | { readonly type: 'media'; readonly mime: string; readonly data: string }

export interface Gathered {
  readonly id: string | null
  /** In the order in which they began. */
  readonly blocks: readonly GatheredBlock[]
  readonly refusal: string
  readonly logprobs: readonly TokenProbability[]
  readonly usage: Usage | null
  readonly end: Extract<ReplyEvent, { type: 'end' }> | null
}

/** The blocks of one reply, put together event by event. */
class Blocks {
  readonly list: GatheredBlock[] = []
  /** Signatures of calls that are not there yet, by the call's index. */
  readonly #early = new Map<number, Sealed>()

  text(delta: string): void {
    const last = this.list.at(-1)
    if (last?.type === 'text') last.text += delta
    else this.list.push({ type: 'text', text: delta, citations: [] })
  }

  cite(citation: Citation): void {
    const last = this.list.findLast((block) => block.type === 'text')
    if (last?.type === 'text') last.citations.push(citation)
    else this.list.push({ type: 'text', text: '', citations: [citation] })
  }

  reasoning(delta: string): void {
    const last = this.list.at(-1)
    if (last?.type === 'reasoning' && last.sealed === null) last.text += delta
    else this.list.push({ type: 'reasoning', text: delta, sealed: null })
  }

  seal(sealed: Sealed): void {
    if (sealed.tool !== null) {
      const call = this.list.find((block) => block.type === 'tool' && block.index === sealed.tool)
      if (call?.type === 'tool') call.sealed = sealed
      else this.#early.set(sealed.tool, sealed)
      return
    }
    const last = this.list.at(-1)
    if (!sealed.redacted && last?.type === 'reasoning' && last.sealed === null) last.sealed = sealed
    else this.list.push({ type: 'reasoning', text: '', sealed })
  }

  /** What was to be signed and never came is kept by itself. */
  end(): readonly GatheredBlock[] {
    for (const sealed of this.#early.values()) this.list.push({ type: 'reasoning', text: '', sealed })
    this.#early.clear()
    return this.list
  }

  tool(event: Extract<ReplyEvent, { type: 'tool' }>): void {
    const open = this.list.find((block) => block.type === 'tool' && block.index === event.index)
    if (open?.type === 'tool') open.input += event.delta
    else {
      this.list.push({
        type: 'tool',
        index: event.index,
        id: event.id ?? '',
        name: event.name ?? '',
        input: event.delta,
        sealed: this.#early.get(event.index) ?? null,
      })
      this.#early.delete(event.index)
    }
  }
}

/** The events of one reply put together, for a body that is written in one piece. */
export const gather = (events: readonly ReplyEvent[]): Gathered => {
  const blocks = new Blocks()
  const logprobs: TokenProbability[] = []
  let id: string | null = null
  let refusal = ''
  let usage: Usage | null = null
  let end: Gathered['end'] = null
  for (const event of events) {
    switch (event.type) {
      case 'start':
        id = event.id
        break
      case 'text':
        blocks.text(event.delta)
        break
      case 'citation':
        blocks.cite(event.citation)
        break
      case 'reasoning':
        blocks.reasoning(event.delta)
        break
      case 'signature':
        blocks.seal(event)
        break
      case 'refusal':
        refusal += event.delta
        break
      case 'tool':
        blocks.tool(event)
        break
      case 'media':
        blocks.list.push({ type: 'media', mime: event.mime, data: event.data })
        break
      case 'logprobs':
        logprobs.push(...event.tokens)
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
  return { id, blocks: blocks.end(), refusal, logprobs, usage, end }
}
