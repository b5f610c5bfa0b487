import type { Json } from '../domain/index.ts'

/** What is kept of each end of a part: longer than any number that could be cut over two. */
const WINDOW = 64

/** The text of a content part, or null. Parts of some dialects have no type. */
const partText = (part: Json): string | null => {
  if (typeof part !== 'object' || part === null || !('text' in part)) return null
  const { text } = part
  const type = 'type' in part ? part.type : 'text'
  return typeof type === 'string' && type.endsWith('text') && typeof text === 'string' ? text : null
}

/** The end of a text from a blank on, so that no number is cut. */
const ending = (text: string): string => {
  const end = text.slice(-WINDOW)
  const blank = end.search(/\s/)
  return blank < 0 ? end : end.slice(blank)
}

const beginning = (text: string): string => {
  const start = text.slice(0, WINDOW)
  const blank = start.lastIndexOf(' ')
  return blank < 0 ? start : start.slice(0, blank)
}

/**
 * Text parts that stand in a row, as a model may read them: one right after another, and with a blank between.
 * Of a long part only its ends, since its inside is read by itself. Empty for a list without two such parts in a row.
 */
export const joinedParts = (list: readonly Json[]): readonly string[] => {
  // Most lists hold no parts at all, and some are very long.
  if (partText(list[0] ?? null) === null && !list.some((member) => partText(member) !== null)) return []
  let tight = ''
  let spaced = ''
  let row = 0
  let most = 0
  for (const member of list) {
    const text = partText(member)
    row = text === null ? 0 : row + 1
    most = Math.max(most, row)
    const kept =
      text === null ? '\n\n' : text.length <= 2 * WINDOW ? text : `${beginning(text)}\n\n${ending(text)}`
    tight += kept
    spaced += ` ${kept}`
  }
  return most < 2 ? [] : [tight, spaced]
}

/** Turns of a user that are read together, the latest, and how much of each. */
const MOST_TURNS = 16
const LONGEST_TURN = 240

/** What a user says in one message, without what no part of a value could stand in; null for anyone else's. */
const saidByUser = (message: Json): string | null => {
  if (typeof message !== 'object' || message === null) return null
  const content = 'content' in message ? message.content : 'parts' in message ? message.parts : undefined
  // Where turns are made of parts, one without a role is the user's.
  const role = 'role' in message ? message.role : 'parts' in message ? 'user' : null
  if (role !== 'user') return null
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return null
  return content.flatMap((part) => partText(part) ?? []).join('\n')
}

/**
 * The latest turns of a user, one behind the other, for values that are told in parts: "it starts with 4111
 * 1111", "and ends with …". Of long turns only both ends. Null where no two of them hold parts of a value.
 */
export const userTurns = (list: readonly Json[]): string | null => {
  const latest: string[] = []
  for (let i = list.length - 1; i >= 0 && latest.length < MOST_TURNS; i -= 1) {
    const said = saidByUser(list[i] ?? null)
    if (said !== null) latest.push(said)
  }
  // Most lists are none of messages, or hold one.
  if (latest.length < 2) return null
  const turns: string[] = []
  let told = 0
  for (const said of latest) {
    const ends =
      said.length <= LONGEST_TURN
        ? said
        : `${said.slice(0, LONGEST_TURN / 2)}\n${said.slice(said.length - LONGEST_TURN / 2)}`
    turns.push(`user: ${ends}\n`)
    told += /(?:^|\s)@\S/.test(ends) ? 2 : /[0-9]/.test(ends) ? 1 : 0
  }
  return told < 2 ? null : turns.reverse().join('')
}
