import type { ErrorView } from '../../contract.ts'

/** A failed ask, in words that can be shown. `status` 0: the server was not reached. */
export class AskFailed extends Error {
  readonly status: number
  readonly next: string

  constructor(status: number, message: string, next: string) {
    super(message)
    this.status = status
    this.next = next
  }
}

const isErrorView = (value: unknown): value is ErrorView => {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false
  const { error } = value
  return typeof error === 'object' && error !== null && 'message' in error && 'next' in error
}

/**
 * Asks our own server; with `body` by POST, as JSON. What comes back has the shape of the contract, since both
 * are one release. Throws AskFailed.
 */
export const ask = async <T>(path: string, body?: object): Promise<T> => {
  const accept = { accept: 'application/json' }
  const asking: RequestInit =
    body === undefined
      ? { headers: accept }
      : {
          method: 'POST',
          headers: { ...accept, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }
  const response = await fetch(path, asking).catch(() => {
    throw new AskFailed(0, 'The server cannot be reached.', 'See that causeway up is still running.')
  })
  const value: unknown = await response.json().catch(() => null)
  if (response.ok && value !== null) return value as T
  if (isErrorView(value)) throw new AskFailed(response.status, value.error.message, value.error.next)
  throw new AskFailed(response.status, `The server answered ${response.status}.`, 'Load the page again.')
}

export const failureOf = (thrown: unknown): AskFailed =>
  thrown instanceof AskFailed
    ? thrown
    : new AskFailed(0, 'Something went wrong in this page.', 'Load the page again.')
