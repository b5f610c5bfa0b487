import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type AskFailed, ask, failureOf } from './api.ts'
import { Feed, type FeedState } from './feed.ts'

/** Opens the feed with the page and closes it with it. */
export const useFeed = (): FeedState & { readonly retry: () => void } => {
  const [feed] = useState(() => new Feed())
  useEffect(() => {
    void feed.start()
    return feed.stop
  }, [feed])
  return { ...useSyncExternalStore(feed.subscribe, feed.state), retry: feed.start }
}

export interface Asked<T> {
  readonly value: T | null
  readonly failure: AskFailed | null
  readonly loading: boolean
}

const NOTHING = { value: null, failure: null, loading: false }

/**
 * What `path` answers; null asks nothing. Asked again when `version` changes, at most every `gap`
 * milliseconds, with the old value kept meanwhile. Another path starts afresh.
 */
export const useAsked = <T>(path: string | null, version = 0, gap = 0): Asked<T> => {
  const [asked, setAsked] = useState<Asked<T> & { readonly path: string | null }>({ ...NOTHING, path: null })
  const last = useRef({ path: '', at: 0 })
  const current = useRef(path)
  current.current = path
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is there to ask again.
  useEffect(() => {
    if (path === null) return
    const elapsed = last.current.path === path ? performance.now() - last.current.at : gap
    const timer = setTimeout(
      () => {
        last.current = { path, at: performance.now() }
        ask<T>(path).then(
          (value) => {
            if (current.current === path) setAsked({ path, value, failure: null, loading: false })
          },
          (thrown: unknown) => {
            const failure = failureOf(thrown)
            setAsked((old) =>
              current.current === path
                ? { path, value: old.path === path ? old.value : null, failure, loading: false }
                : old,
            )
          },
        )
      },
      Math.max(0, gap - elapsed),
    )
    return () => clearTimeout(timer)
  }, [path, version, gap])
  if (path === null) return NOTHING
  return asked.path === path ? asked : { ...NOTHING, loading: true }
}
