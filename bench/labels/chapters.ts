import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measurePeers, type PeerRow } from './peers.ts'
import { measurePseudonyms } from './pseudonyms.ts'
import { table } from './report.ts'
import { measureSpeed, ORDINARY, WARM } from './speed.ts'

/*
 * Chapters of the report that need no labelled texts: speed, beside what the parts cost elsewhere, and the round
 * trip of pseudonyms.
 */

type Chapter = readonly [title: string, text: string]

const load = (): string =>
  `${cpus()[0]?.model.trim() ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1) ?? '?'}`

const microseconds = (value: number): string =>
  value < 10_000 ? `${Math.round(value)} µs` : `${(value / 1000).toFixed(0)} ms`

const peerRows = (peers: readonly PeerRow[] | string, own: number): string => {
  if (typeof peers === 'string') return `Other libraries were not measured: ${peers}.`
  return table(
    ['on the same 2 KB with findings', 'p50', 'times ours'],
    [
      ['everything here', microseconds(own), '1'],
      ...peers.map(({ name, p50, why }) => [
        name,
        p50 === null ? `did not run (${why})` : microseconds(p50),
        p50 === null ? '–' : (p50 / own).toFixed(1),
      ]),
    ],
  )
}

/** How long labelling takes; `peers` installs other libraries beside it. */
export const speedChapter = (peers: boolean): Chapter => {
  const rows = measureSpeed()
  const own = rows.find(({ name }) => name === ORDINARY.findings.name)?.p50 ?? 0
  const ordinary = table(
    ['text', 'p50', 'p99'],
    rows
      .filter(({ runs }) => runs > 1)
      .map(({ name, p50, p99 }) => [name, microseconds(p50), microseconds(p99)]),
  )
  const worst = table(
    ['made to be slow', 'once', 'of the thread that labels'],
    rows
      .filter(({ runs }) => runs === 1)
      .map(({ name, p50, own }) => [name, microseconds(p50), microseconds(own)]),
  )
  const folder = mkdtempSync(join(tmpdir(), 'causeway-peers-'))
  const beside = peers
    ? peerRows(measurePeers(folder, ORDINARY.findings.text, 100), own)
    : 'Other libraries were not asked for.'
  rmSync(folder, { recursive: true, force: true })
  return [
    'Speed',
    `CPU time of one core, user and system together, after up to ${WARM} labellings to warm up, without the memory of verdicts unless said, the engine's compiler and collector on threads of their own included (${load()}).\n\n${ordinary}\n\n${beside}\n\n${worst}`,
  ]
}

type Reworded = Readonly<Record<string, { readonly all: number; readonly restored: number }>>

/** The counts of several runs in one. */
const together = (runs: readonly Reworded[]): Reworded => {
  const sums: Record<string, { all: number; restored: number }> = {}
  for (const [name, { all, restored }] of runs.flatMap((run) => Object.entries(run))) {
    const sum = sums[name] ?? { all: 0, restored: 0 }
    sums[name] = { all: sum.all + all, restored: sum.restored + restored }
  }
  return sums
}

const percent = (restored: number, all: number): string =>
  `${((100 * restored) / Math.max(1, all)).toFixed(2)} %`

/** What becomes of values that are taken out and put back; so many conversations for each salt. */
export const pseudonymChapter = (conversations: number, salts: readonly string[]): Chapter => {
  const runs = salts.map((salt) => ({ salt, ...measurePseudonyms(conversations, { salt }) }))
  const each = table(
    ['salt', 'requests', 'originals sent', 'stand-ins', 'put back', 'wrongly'],
    runs.map(({ salt, requests, sent, standIns, restored, wrong }) => [
      salt,
      String(requests),
      String(sent),
      String(standIns),
      `${restored} (${percent(restored, standIns)})`,
      String(wrong),
    ]),
  )
  const rows = Object.entries(together(runs.map(({ byRewording }) => byRewording)))
    .sort(([, a], [, b]) => b.all - a.all)
    .slice(0, 20)
    .map(([name, counts]) => [name, String(counts.all), String(counts.restored)])
  return [
    'Pseudonyms, there and back',
    `${conversations} made-up conversations in 17 languages for each salt, which all of it follows from: the persons, what is said, what stands for it. The values are told exactly, the model's rewordings scripted, answers cut at random.\n\n${each}\n\n${table(['the model says it', 'times', 'put back'], rows)}`,
  ]
}
