import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { revisionHere, unpackRevision } from './base.ts'
import { type Candidate, CHECKOUT, causeway, nginx, nginxHere, portkey, relay } from './candidates.ts'
import { measure, type Reading, startGenerator } from './measure.ts'
import { type Plan, planOf } from './plan.ts'
import { installPortkey, PORTKEY_VERSION } from './portkey.ts'
import { heard, killAll, start } from './process-tree.ts'
import { report, type Surroundings } from './report.ts'
import { folderMegabytes, installed } from './size.ts'

/*
 * `npm run bench`: what a request through Causeway costs, beside a bare relay, a peer and nginx, in one run.
 * docs/performance.md says how the figures are made and how to read them.
 */

const USAGE = `npm run bench -- [flags]
  --quick         a twentieth of the counts, under 90 seconds
  --only a,b      only these candidates: causeway, relaxed, relay, portkey, nginx, base
  --base REV      another revision of this repository as one more candidate
  --rounds N      rounds over all candidates (3; with --quick 2)
  --json FILE     every reading, for a machine`

interface Flags {
  readonly quick: boolean
  readonly rounds: number
  readonly only: readonly string[] | null
  readonly base: string | null
  readonly json: string | null
}

const flagsOf = (args: readonly string[]): Flags => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      base: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 3))
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds ${values.rounds}: a whole number from 1`)
  return {
    quick: values.quick,
    rounds,
    only: values.only?.split(',') ?? null,
    base: values.base ?? null,
    json: values.json ?? null,
  }
}

interface Field {
  readonly candidates: readonly Candidate[]
  readonly skipped: readonly string[]
  readonly sizes: Readonly<Record<string, string>>
}

const megabytes = (value: number): string => `${value.toFixed(0)} MB`

const sizesHere = (): Record<string, string> => {
  const { packages, megabytes: size } = installed(join(CHECKOUT, 'server'))
  const own = folderMegabytes(join(CHECKOUT, 'server/src')).toFixed(1)
  const node = join(CHECKOUT, 'node_modules', `node-${process.platform}-${process.arch}`)
  return {
    causeway: `${megabytes(size)} in ${packages} packages, and ${own} MB of its own sources`,
    'Node itself': existsSync(node) ? megabytes(folderMegabytes(node)) : 'not from the packages here',
  }
}

const peerOf = async (plan: Plan, temporary: string): Promise<Candidate | string> => {
  const folder = join(temporary, 'portkey')
  console.log(`Installing @portkey-ai/gateway ${PORTKEY_VERSION} into a temporary folder …`)
  const wrong = await installPortkey(folder, plan.secondsToInstall)
  return wrong === null
    ? portkey(folder, PORTKEY_VERSION)
    : `portkey was skipped, it could not be installed: ${wrong}`
}

/** Who takes part, the missing ones named with the reason. */
const gather = async (flags: Flags, plan: Plan, temporary: string): Promise<Field> => {
  const wanted = (name: string): boolean => flags.only === null || flags.only.includes(name)
  const candidates: Candidate[] = []
  const skipped: string[] = []
  const sizes = sizesHere()
  const about = 'labels, permits, ledger and audit on'
  if (wanted('causeway'))
    candidates.push(causeway('causeway', `${about}, outcome: durable`, CHECKOUT, 'durable', temporary))
  if (wanted('relaxed'))
    candidates.push(
      causeway('causeway relaxed', `${about}, outcome: relaxed`, CHECKOUT, 'relaxed', temporary),
    )
  if (flags.base !== null) {
    const { name, folder, differs } = unpackRevision(flags.base, CHECKOUT, temporary)
    candidates.push(
      causeway('base', `${about}, outcome: durable, at revision ${name}`, folder, 'durable', temporary),
    )
    if (differs) skipped.push(`revision ${name} has another lock file; it ran on the packages installed here`)
  }
  if (wanted('relay')) candidates.push(relay)
  if (wanted('portkey')) {
    const peer = await peerOf(plan, temporary)
    if (typeof peer === 'string') skipped.push(peer)
    else {
      candidates.push(peer)
      sizes['portkey'] = megabytes(folderMegabytes(join(temporary, 'portkey/node_modules')))
    }
  }
  if (wanted('nginx')) {
    const program = nginxHere()
    if (program === null) skipped.push('nginx was skipped, it is not installed here')
    else {
      const version = spawnSync(program, ['-v']).stderr.toString().replace('nginx version: ', '').trim()
      candidates.push(nginx(program, version, temporary))
    }
  }
  return { candidates, skipped, sizes }
}

/** What went wrong, and what is only to be said. */
interface Notes {
  readonly failed: string[]
  readonly said: string[]
}

/**
 * All rounds, every other one in reverse, so that no candidate always follows the same one; fewer where the time
 * is up. A candidate that fails is left out of the rest.
 */
const play = async (plan: Plan, field: Field, notes: Notes): Promise<readonly Reading[]> => {
  const readings: Reading[] = []
  const broken = new Set<string>()
  const upstream = start(process.execPath, [fileURLToPath(new URL('upstream.ts', import.meta.url))])
  const url = await heard(upstream, /(http:\S+)\n/, 20)
  const generator = startGenerator()
  const began = performance.now()
  for (let round = 1; round <= plan.rounds; round++) {
    if ((performance.now() - began) / 1000 > plan.secondsAll) {
      notes.said.push(`round ${round} and later were left out, the time was up`)
      break
    }
    const order = round % 2 === 1 ? field.candidates : [...field.candidates].reverse()
    for (const candidate of order) {
      if (broken.has(candidate.name)) continue
      process.stdout.write(`round ${round} of ${plan.rounds}: ${candidate.name} … `)
      const started = performance.now()
      try {
        readings.push(await measure(candidate, round, plan, generator, url))
        console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`)
      } catch (thrown) {
        broken.add(candidate.name)
        notes.failed.push(`${candidate.name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
        console.log('failed')
      }
    }
  }
  await generator.end()
  await upstream.end()
  return readings
}

const machine = (): string => cpus()[0]?.model ?? 'unknown processor'

const bench = async (flags: Flags, temporary: string): Promise<number> => {
  const plan = planOf(flags.quick, flags.rounds)
  const began = performance.now()
  const loadBefore = loadavg()
  const field = await gather(flags, plan, temporary)
  const notes: Notes = { failed: [], said: [] }
  const readings = await play(plan, field, notes)
  const around: Surroundings = {
    machine: machine(),
    revision: revisionHere(CHECKOUT),
    cores: cpus().length,
    node: process.versions.node,
    loadBefore,
    loadAfter: loadavg(),
    minutes: (performance.now() - began) / 60_000,
    rounds: Math.max(0, ...readings.map(({ round }) => round)),
    skipped: [...field.skipped, ...notes.said, ...notes.failed],
    sizes: field.sizes,
  }
  const about = new Map(field.candidates.map((candidate) => [candidate.name, candidate.about]))
  console.log(`\n${report(readings, plan.scenarios, about, around)}`)
  if (flags.json !== null) writeFileSync(flags.json, `${JSON.stringify({ around, readings }, null, 2)}\n`)
  return notes.failed.length > 0 || readings.some(({ failures }) => failures.length > 0) ? 1 : 0
}

const main = async (): Promise<number> => {
  let flags: Flags
  try {
    flags = flagsOf(process.argv.slice(2))
  } catch (thrown) {
    console.error(`${thrown instanceof Error ? thrown.message : String(thrown)}\n${USAGE}`)
    return 2
  }
  if (process.platform !== 'linux') {
    console.error('The CPU of other processes is read from /proc, which only Linux has.')
    return 2
  }
  const temporary = mkdtempSync(join(tmpdir(), 'causeway-bench-'))
  process.on('exit', () => {
    killAll()
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))
  try {
    return await bench(flags, temporary)
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown)
    return 1
  }
}

process.exit(await main())
