import { CausewayError, type Conversations } from '../../domain/index.ts'
import type { ConversationsPage } from '../contract.ts'

const MOST = 1000
const USUAL = 100

/** What is kept, the latest first. Throws `invalid_request` for a parameter that is unknown or out of range. */
export const listConversations = (
  kept: Pick<Conversations, 'list'>,
  parameters: URLSearchParams,
): ConversationsPage => {
  let limit = USUAL
  for (const [name, value] of parameters) {
    if (name !== 'limit') wrong(name, 'is not a parameter of this list')
    limit = /^\d{1,4}$/.test(value) ? Number(value) : 0
    if (limit < 1 || limit > MOST) wrong(name, `must be a whole number from 1 to ${MOST}`)
  }
  return { rows: kept.list(limit) }
}

const wrong = (name: string, problem: string): never => {
  throw new CausewayError('invalid_request', `The parameter “${name}” ${problem}.`, { field: name })
}
