import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Libraries that people find parts of this with, installed by npm into a temporary folder and measured in a
 * process of their own, on the same texts: what the parts cost elsewhere.
 */

const MANIFEST = {
  private: true,
  type: 'module',
  dependencies: {
    compromise: '14.17.0',
    'libphonenumber-js': '1.13.16',
    '@secretlint/core': '13.0.7',
    '@secretlint/secretlint-rule-preset-recommend': '13.0.7',
  },
}

const PROGRAM = `
import { readFileSync } from 'node:fs'
const { text, runs } = JSON.parse(readFileSync(0, 'utf8'))
const peers = {
  'compromise (people and places, English)': async () => {
    const nlp = (await import('compromise')).default
    return () => { const doc = nlp(text); return [doc.people().json(), doc.places().json()] }
  },
  'libphonenumber-js (telephone numbers)': async () => {
    const { findPhoneNumbersInText } = await import('libphonenumber-js/max')
    return () => findPhoneNumbersInText(text, 'US')
  },
  'secretlint, recommended rules (secrets)': async () => {
    const { lintSource } = await import('@secretlint/core')
    const { creator } = await import('@secretlint/secretlint-rule-preset-recommend')
    const config = { rules: [{ id: 'preset', rule: creator, options: {} }] }
    return () => lintSource({ source: { filePath: 'a.txt', content: text, ext: '.txt', contentType: 'text' }, options: { config } })
  },
}
const rows = []
for (const [name, load] of Object.entries(peers)) {
  try {
    const run = await load()
    for (let i = 0; i < 20; i += 1) await run()
    const times = []
    for (let i = 0; i < runs; i += 1) {
      const before = process.cpuUsage()
      await run()
      const { user, system } = process.cpuUsage(before)
      times.push(user + system)
    }
    times.sort((a, b) => a - b)
    rows.push({ name, p50: times[Math.floor(runs / 2)], why: null })
  } catch (error) {
    rows.push({ name, p50: null, why: String(error).slice(0, 200) })
  }
}
process.stdout.write(JSON.stringify(rows))
`

export interface PeerRow {
  readonly name: string
  /** Microseconds of CPU for one text; null where it would not run. */
  readonly p50: number | null
  readonly why: string | null
}

/** Measures the peers on one text. A string says why there is nothing to compare with. */
export const measurePeers = (folder: string, text: string, runs: number): readonly PeerRow[] | string => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(MANIFEST))
  const installed = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, encoding: 'utf8', timeout: 180_000 },
  )
  if (installed.status !== 0) return 'npm could not install them'
  writeFileSync(join(folder, 'peers.mjs'), PROGRAM)
  const run = spawnSync(process.execPath, ['peers.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    input: JSON.stringify({ text, runs }),
    timeout: 180_000,
  })
  return run.status === 0 ? JSON.parse(run.stdout) : run.stderr.trim().slice(-300)
}
