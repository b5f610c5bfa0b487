/*
 * Makes what the tagger reads at start: `node server/train/names/train.ts`. The same bytes every time, in some
 * twenty seconds. `--lists` writes the lists only.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { listModules } from './gazetteers.ts'

const DATA = new URL('../../src/sensitivity/tagger/data/', import.meta.url)

for (const [file, text] of listModules()) writeFileSync(new URL(file, DATA), text)

if (!process.argv.includes('--lists')) {
  // Loaded after the lists are written: the tokens that are learned from depend on them.
  const { PLAN, train } = await import('./training.ts')
  const bytes = train(PLAN)
  const sum = createHash('sha256').update(bytes).digest('hex')
  const packed = deflateRawSync(bytes, { level: 9 }).toString('base64')
  const head =
    '/* Made by server/train/names/train.ts. Weights of the tagger, one byte each, deflated. */\n// biome-ignore-all format: made by a script\n'
  const text = `${head}export const SUM = '${sum}'\nexport const WEIGHTS = '${packed}'\n`
  writeFileSync(new URL('weights.ts', DATA), text)
  process.stdout.write(`${sum}, ${packed.length} characters\n`)
}
