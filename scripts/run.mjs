/*
 * Runs a program of this checkout with the right Node and its tools in PATH: `node scripts/run.mjs bench/run.ts --quick`.
 * The scripts of package.json use it, because the shell that has just installed Node 24 still knows the old one.
 */
import { spawn } from 'node:child_process'
import { ending, environment, fail, findNode, nodeAdvice, root } from './checkout.mjs'

const found = findNode()
if (found.path === null) fail(nodeAdvice(found))
const arguments_ = process.argv.slice(2)
if (arguments_.length === 0) fail('Name the program to run.')
const child = spawn(found.path, arguments_, { cwd: root, stdio: 'inherit', env: environment(found.path) })
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child.kill('SIGINT')
})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
process.exitCode = await ending(child)
