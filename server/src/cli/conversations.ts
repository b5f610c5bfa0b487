import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { lookupPrice } from '../accounts/index.ts'
import { loadConfig } from '../config/index.ts'
import { forgetConversation } from '../control/index.ts'
import { CausewayError, type KeptRow, type WhichKept } from '../domain/index.ts'
import { systemClock } from '../lib/index.ts'
import { dataFiles, openRecorder } from '../recorder/index.ts'
import { type ConversationStore, holdFile, openConversations } from '../store/index.ts'
import { COMMANDS } from './commands.ts'
import { type ConsoleClient, consoleClient } from './console-client.ts'

interface Flags {
  readonly config: string
  readonly data?: string
  readonly json?: boolean
}

interface Place {
  readonly folder: string
  readonly file: string
  readonly console: ConsoleClient | null
}

/** Takes one line of what the command tells. */
type Say = (text: string) => void

const print: Say = (text) => {
  process.stdout.write(`${text}\n`)
}

const placeOf = ({ config, data }: Flags): Place => {
  const options = { home: homedir(), lookupPrice }
  const { snapshot, folders } = loadConfig(
    config,
    data === undefined ? options : { ...options, data: resolve(data) },
  )
  return {
    folder: folders.data,
    file: join(folders.data, 'conversations.sqlite'),
    console: consoleClient(folders.data, snapshot.listen.control),
  }
}

/** What the running process says; null where it has no say, so that the file is to be looked at. */
const asked = async (place: Place, method: 'GET' | 'DELETE', path: string): Promise<unknown> => {
  if (place.console === null) return null
  try {
    return await place.console.ask(method, path)
  } catch (thrown) {
    const onlyLooksOn =
      thrown instanceof CausewayError &&
      thrown.fault.code === 'conversations_unavailable' &&
      !isHeld(place.folder)
    if (onlyLooksOn) return null
    throw thrown
  }
}

/** Whether a process records into this folder, and so keeps conversations in memory. */
const isHeld = (folder: string): boolean => {
  const { lock } = dataFiles(folder)
  if (!existsSync(lock)) return false
  const release = holdFile(lock)
  release?.()
  return release === null
}

const opened = async <T>(place: Place, act: (store: ConversationStore) => Promise<T> | T): Promise<T> => {
  const store = await openConversations(place.file, systemClock)
  try {
    return await act(store)
  } finally {
    store.close()
  }
}

const isRow = (value: unknown): value is KeptRow =>
  typeof value === 'object' && value !== null && 'id' in value && 'level' in value && 'kinds' in value

const rowsIn = (answer: unknown): readonly KeptRow[] =>
  typeof answer === 'object' && answer !== null && 'rows' in answer && Array.isArray(answer.rows)
    ? answer.rows.filter(isRow)
    : []

const entriesIn = (answer: unknown): number =>
  typeof answer === 'object' && answer !== null && 'entries' in answer ? Number(answer.entries) : 0

/** Names come from clients and configurations; none of them may move a terminal's cursor. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')

const fit = (text: string, width: number): string => {
  const safe = plain(text)
  return (safe.length > width ? `${safe.slice(0, width - 1)}…` : safe).padEnd(width)
}

const WIDTHS = [16, 12, 24, 11, 16] as const

const line = (cells: readonly string[], last: string): string =>
  `${cells.map((cell, index) => fit(cell, WIDTHS[index] ?? 0)).join(' ')} ${plain(last)}`.trimEnd()

const stamp = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ')

const HEAD = line(['ID', 'LEVEL', 'CARRIED', 'STAND-INS', 'KEPT UNTIL, UTC'], 'KEY AND SESSION')

/** One conversation in one line. */
const keptLine = (row: KeptRow): string =>
  line(
    [row.id, row.level, row.kinds.join(',') || '-', row.pseudonyms ? 'sealed' : '-', stamp(row.until)],
    row.session === null ? row.principal : `${row.principal} ${row.session}`,
  )

const list = async (flags: Flags & { readonly limit: number }, say: Say): Promise<void> => {
  const place = placeOf(flags)
  const answer = await asked(place, 'GET', `/api/conversations?limit=${flags.limit}`)
  const rows =
    answer !== null
      ? rowsIn(answer)
      : existsSync(place.file)
        ? await opened(place, (store) => store.list(flags.limit))
        : []
  if (flags.json === true) for (const row of rows) say(JSON.stringify(row))
  else if (rows.length === 0) say('Nothing is kept of any conversation.')
  else for (const text of [HEAD, ...rows.map(keptLine)]) say(text)
}

const whichOf = (id: string | undefined, session: string | undefined): WhichKept => {
  if (id !== undefined && session === undefined && /^[\w-]{1,64}$/.test(id)) return { id }
  if (id === undefined && session !== undefined && /^[\x21-\x7e]{1,200}$/.test(session)) return { session }
  throw new CausewayError(
    'invalid_request',
    'One conversation is to be named: by its id, as causeway conversations lists it, or by --session NAME.',
  )
}

/** Without a running process: the file itself, with the note in the log that belongs to it. */
const forgetHere = async (place: Place, which: WhichKept): Promise<number> => {
  if (!existsSync(place.file))
    throw new CausewayError('unknown_conversation', `Nothing is kept in ${place.folder}.`)
  if (isHeld(place.folder)) {
    const where = place.console === null ? '' : ` at ${place.console.url}`
    throw new CausewayError(
      'conversations_unavailable',
      `A gateway is running on ${place.folder} and keeps this in memory, but no console of it answers${where}. Start it with its console (causeway up without --plane gateway), or stop it, and forget again.`,
    )
  }
  const { recorder } = await openRecorder({ folder: place.folder })
  try {
    return await opened(place, async (kept) => {
      const { entries } = await forgetConversation({ kept, recorder }, which, 'command', systemClock.now())
      return entries
    })
  } finally {
    await recorder.close()
  }
}

const forget = async (
  id: string | undefined,
  flags: Flags & { readonly session?: string },
  say: Say,
): Promise<void> => {
  const which = whichOf(id, flags.session)
  const place = placeOf(flags)
  const path =
    'id' in which
      ? `/api/conversations/${which.id}`
      : `/api/conversations?session=${encodeURIComponent(which.session)}`
  const answer = await asked(place, 'DELETE', path)
  const entries = answer === null ? await forgetHere(place, which) : entriesIn(answer)
  if (flags.json === true) say(JSON.stringify({ entries }))
  else
    say(
      `Forgot what the conversation carried (${entries} ${entries === 1 ? 'entry' : 'entries'}); it is noted in the audit log.`,
    )
}

const limitOf = (text: string): number => {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > 1000) throw new InvalidArgumentError('a whole number from 1 to 1000')
  return limit
}

/** Adds `causeway conversations [list] | forget`: through the running gateway, or on the file where none runs. */
export const registerConversations = (program: Command, say: Say = print): void => {
  const conversations = program.command('conversations').description(COMMANDS.conversations.about)
  const add = (name: string, description: string, isDefault = false): Command =>
    conversations
      .command(name, { isDefault })
      .description(description)
      .option('--json', 'as JSON')
      .option('--config <file>', 'the configuration', 'causeway.yaml')
      .option('--data <folder>', 'the data folder, instead of the configured one')
  add('list', 'the latest conversations of which something is kept', true)
    .option('--limit <number>', 'how many', limitOf, 100)
    .action((flags: Flags & { limit: number }) => list(flags, say))
  add('forget [id]', 'clear one, by its id or by its session; the audit log notes it')
    .option('--session <name>', 'the x-causeway-session of the conversation')
    .action((id: string | undefined, flags: Flags & { session?: string }) => forget(id, flags, say))
}
