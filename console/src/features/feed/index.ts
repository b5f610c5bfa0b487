/** The one way to the server: asks, and the live feed. Every feature may import it; it imports none. */
export { AskFailed, ask, failureOf } from './api.ts'
export type { FeedState } from './feed.ts'
export { mergeRows } from './merge.ts'
export { type Asked, useAsked, useFeed } from './use-feed.ts'
