/*
 * The packages that the data plane can reach. Without an argument prints them; `--write` writes the list that
 * the architecture test compares with.
 */
import { writeFileSync } from 'node:fs'
import { underRightNode } from './checkout.mjs'

await underRightNode(import.meta.url)
const { REACHABLE_LIST, reachablePackages, reachableText } = await import(
  '../server/test/architecture/reachable.ts'
)
const text = reachableText(reachablePackages())
if (process.argv.includes('--write')) writeFileSync(REACHABLE_LIST, text)
else process.stdout.write(text)
