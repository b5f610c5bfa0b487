/*
 * Adds to package-lock.json the optional packages that npm left out because its registry does not carry
 * them: builds for other systems, on many companies' mirrors. Without their entries `npm ci` refuses the
 * lock file everywhere; with them it passes over what is for another system. Run it after `npm install`
 * changed the lock file; the architecture test says when it is needed. An entry made here has no integrity
 * hash, since nobody here has seen the package. The lock file of another folder may be named: `server/test/clients`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './checkout.mjs'
import { completed } from './lock-file.mjs'

const path = join(root, process.argv[2] ?? '.', 'package-lock.json')
const { lock, added } = completed(JSON.parse(readFileSync(path, 'utf8')))
if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(
  added.length === 0 ? 'Nothing is missing.' : `Added:\n${added.map((key) => `  ${key}`).join('\n')}`,
)
