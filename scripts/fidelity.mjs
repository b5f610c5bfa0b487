/*
 * What becomes of every field of every dialect, for people. Without an argument prints it; `--write` writes
 * docs/fidelity.md, which a test compares with the tables.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { underRightNode } from './checkout.mjs'

await underRightNode(import.meta.url)
const { fidelityDocument } = await import('../server/src/wire/fidelityDocument.ts')
const text = fidelityDocument()
if (process.argv.includes('--write')) {
  writeFileSync(fileURLToPath(new URL('../docs/fidelity.md', import.meta.url)), text)
} else process.stdout.write(text)
