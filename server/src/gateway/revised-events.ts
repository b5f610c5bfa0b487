import type { Channel, ReplyEvent, Reviser } from '../domain/index.ts'

/** The channel that an event's text belongs to; null for an event without text. */
const channelOf = (event: ReplyEvent): Channel | null => {
  switch (event.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return { key: event.type, form: 'text' }
    case 'tool':
      return { key: `tool:${event.index}`, form: 'json' }
    default:
      return null
  }
}

const ERROR: Channel = { key: 'error', form: 'text' }

type Spoken = Extract<ReplyEvent, { readonly delta: string }>

/** Events with their texts revised. What a channel holds goes out before another one speaks, and before the end. */
export const revisedEvents = (
  reviser: Reviser,
  emit: (event: ReplyEvent) => void,
): ((event: ReplyEvent) => void) => {
  let open: { readonly channel: Channel; readonly event: Spoken } | null = null
  const close = (): void => {
    if (open === null) return
    const rest = reviser.end(open.channel)
    const { event } = open
    open = null
    if (rest === '') return
    emit(event.type === 'tool' ? { ...event, id: null, name: null, delta: rest } : { ...event, delta: rest })
  }
  const revised = (channel: Channel, text: string): string =>
    reviser.push(channel, text) + reviser.end(channel)
  return (event) => {
    const channel = channelOf(event)
    if (channel === null || !('delta' in event)) {
      if (event.type === 'end' || event.type === 'error' || event.type === 'signature') close()
      emit(event.type === 'error' ? { ...event, message: revised(ERROR, event.message) } : event)
      return
    }
    if (open !== null && open.channel.key !== channel.key) close()
    open = { channel, event }
    emit({ ...event, delta: reviser.push(channel, event.delta) })
  }
}
