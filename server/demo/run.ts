import { readFileSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inspect } from '../src/sensitivity/index.ts'
import { startSimulatedVendor } from '../test/simulated/vendor.ts'
import { differenceWhenDecidedAgain } from './again.ts'
import { closedSideOf, type House, openHouse } from './house.ts'
import { PROMPTS, SENSITIVE, SUPPORT_CHAT, SUPPORT_SYSTEM } from './prompts.ts'
import { verifyFolder } from './proof.ts'
import { type Row, rowOf, say, table, tallies } from './table.ts'
import { askFor, type Clients, clientsFor, type Message, mannerOf, talk } from './talk.ts'

/*
 * The demonstration: 60 prompts of ten kinds through the real SDKs, an open model on this machine as the own
 * side, and a vendor (simulated where no key is at hand) as the closed one. Fails unless nothing sensitive
 * crossed and each side answered at least 15. What it keeps is in .causeway/demo, or in the folder that is named
 * as its argument, which is emptied first.
 */

const ENGINE_PATIENCE = 20 * 60_000

const untilEngine = async (house: House): Promise<void> => {
  const until = Date.now() + ENGINE_PATIENCE
  while (Date.now() < until) {
    const { phase, message } = await house.status()
    if (phase === 'ready') return
    if (phase === 'failed' || phase === 'declined')
      throw new Error(`The own side cannot be set up: ${message}`)
    await later(300)
  }
  throw new Error('The engine was not ready in time.')
}

const inParallel = async (jobs: readonly (() => Promise<void>)[], width: number): Promise<void> => {
  let next = 0
  const work = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await job()
  }
  await Promise.all(Array.from({ length: width }, work))
}

const singlePrompts = async (house: House, clients: Clients): Promise<Row[]> => {
  const rows: Row[] = []
  let done = 0
  await inParallel(
    PROMPTS.map((prompt, index) => async () => {
      const manner = mannerOf(index)
      const heard = await talk(clients, askFor(prompt), manner)
      rows[index] = await rowOf(house, String(index + 1), prompt.kind, manner, heard)
      done += 1
      if (done % 10 === 0) say(`  ${done} of ${PROMPTS.length} prompts answered`)
    }),
    3,
  )
  return rows
}

const supportChat = async (house: House, clients: Clients): Promise<Row[]> => {
  const messages: Message[] = [{ role: 'system', content: SUPPORT_SYSTEM }]
  const rows: Row[] = []
  for (const [index, text] of SUPPORT_CHAT.entries()) {
    messages.push({ role: 'user', content: text })
    const manner = { sdk: 'openai', stream: true } as const
    const heard = await talk(
      clients,
      { model: 'auto', messages, tool: false, session: 'support-chat-60', maxTokens: 60 },
      manner,
    )
    messages.push({ role: 'assistant', content: heard.text === '' ? '(no answer)' : heard.text })
    rows.push(await rowOf(house, `60.${index + 1}`, 'support chat', manner, heard))
  }
  return rows
}

const decidedAgain = (house: House, rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ label, record }) => {
    if (record === null) return [`${label}: there is no record`]
    const source = readFileSync(join(house.dataFolder, 'snapshots', `${record.snapshot}.json`), 'utf8')
    const difference = differenceWhenDecidedAgain(record, source)
    return difference === null ? [] : [`${label}: ${difference}`]
  })

const reachedClosed = ({ record }: Row): boolean =>
  record?.attempts.some(
    (attempt) => attempt.sent && (attempt.side === 'closed' || attempt.side === 'rented'),
  ) === true

/** True for a request that went with its values taken out, of all kinds that were found in it. */
const wasCovered = ({ record }: Row): boolean =>
  record?.crossing != null &&
  record.kinds.length > 0 &&
  record.kinds.every((kind) => record.crossing?.input.label.replaced?.[kind] !== undefined)

/** Every value that is seen in a sensitive prompt, as it stands there. */
const valuesOf = (text: string): readonly string[] =>
  inspect(text).flatMap(({ kind, start, end }) => (kind === null ? [] : [text.slice(start, end)]))

/**
 * Sensitive content that the closed side saw: by the records, and by what the simulated vendor really received.
 * A request with values taken out is no leak; an original in anything received is one.
 */
const leaksOf = (rows: readonly Row[], received: readonly string[]): readonly string[] => {
  const byRecord = rows.filter((row) => row.sensitive && reachedClosed(row) && !wasCovered(row))
  const values = [
    ...PROMPTS.filter((prompt) => SENSITIVE.includes(prompt.kind)).flatMap(({ text }) => [
      text,
      ...valuesOf(text).filter((value) => /\d{4}|@|\p{Lu}\p{Ll}+ \p{Lu}/u.test(value)),
    ]),
    'DE89 3704 0044 0532 0130 00',
  ]
  const byContent = values.filter((value) =>
    received.some((body) => body.includes(JSON.stringify(value).slice(1, -1))),
  )
  return [
    ...byRecord.map((row) => `prompt ${row.label} (${row.kind})`),
    ...byContent.map((text) => `text "${text.slice(0, 40)}…"`),
  ]
}

const main = async (): Promise<number> => {
  const folder = resolve(process.argv[2] ?? fileURLToPath(new URL('../../.causeway/demo', import.meta.url)))
  rmSync(folder, { recursive: true, force: true })
  const vendor = await startSimulatedVendor()
  const closed = closedSideOf(process.env, vendor.url)
  say('Causeway demonstration')
  say(`  closed side: ${closed.title}`)
  say('  own side:    an open model on this machine, run by the built-in engine')
  say('  profile:     balanced; route auto tries the closed side first')
  say()
  const house = await openHouse(folder, closed, (line) => say(`  ${line}`))
  try {
    await untilEngine(house)
    const clients = clientsFor(house.gatewayUrl, house.key)
    say(`Sending 60 prompts with the openai and @anthropic-ai/sdk clients, half of them streaming …`)
    const singles = await singlePrompts(house, clients)
    const chat = await supportChat(house, clients)
    const rows = [...singles, ...chat]
    await house.stop()
    return report(
      house,
      rows,
      vendor.seen.map((seen) => seen.body),
      closed.simulated,
    )
  } finally {
    await house.stop().catch(() => undefined)
    await vendor.close()
  }
}

const report = async (
  house: House,
  rows: readonly Row[],
  received: readonly string[],
  simulated: boolean,
): Promise<number> => {
  for (const line of table(rows)) say(line)
  const { own, closed, failed } = tallies(rows)
  const leaks = leaksOf(rows, received)
  const differing = decidedAgain(house, rows)
  const proof = await verifyFolder(house.dataFolder)
  say()
  say(
    `Answered at home: ${own}   answered by the closed side${simulated ? ' (SIMULATED)' : ''}: ${closed}   not answered: ${failed}`,
  )
  const covered = rows.filter((row) => reachedClosed(row) && wasCovered(row))
  const stands = covered.reduce(
    (sum, { record }) => sum + Object.values(record?.crossing?.values ?? {}).reduce((a, b) => a + b, 0),
    0,
  )
  say(
    `Crossed under pseudonyms: ${covered.length} requests with ${stands} values replaced, and put back in the answers where the model used them.`,
  )
  const crossing = rows.filter((row) => row.kind === 'support chat')
  const home = crossing.find((row) => row.record?.side === 'own')
  if (home !== undefined)
    say(
      `The support chat crossed home at turn ${home.label.slice(3)}, because of: ${home.record?.kinds.join(', ') ?? ''}. The customer saw one conversation.`,
    )
  const fitted = crossing.filter((row) => (row.record?.dropped.length ?? 0) > 0)
  for (const row of fitted.slice(-1))
    say(
      `Its history was fitted to the smaller context at home; the answer said so: x-causeway-dropped: ${row.record?.dropped.join(', ') ?? ''}`,
    )
  say(
    `Decisions made again from their records: ${rows.length - differing.length} of ${rows.length} the same.`,
  )
  for (const line of differing) say(`  ${line}`)
  say(`Audit log: ${proof.text}`)
  say(`Look closer: npx causeway requests --config ${relative('.', join(house.folder, 'causeway.yaml'))}`)
  say()
  say(`Sensitive prompts that reached the closed side: ${leaks.length}`)
  for (const leak of leaks) say(`  LEAK: ${leak}`)
  const enough = own >= 15 && closed >= 15
  if (!enough) say('FAILED: each side should have answered at least 15.')
  return leaks.length === 0 && enough && differing.length === 0 && proof.good && home !== undefined ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (thrown) {
  say(`The demonstration stopped: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  process.exitCode = 1
}
