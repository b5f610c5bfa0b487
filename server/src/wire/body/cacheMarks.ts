import type { CacheMark } from '../../domain/index.ts'

/** What a mark is told as: its place in the client's own body. `holder` is the place of what it marks. */
export const markPlace = (mark: CacheMark, holder: string): string => mark.at ?? `${holder}.cache_control`
