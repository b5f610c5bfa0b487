/*
 * Everything that a machine can say against a change without running the product: format and lint, types of
 * server and console, unused files, exports and packages, and the architecture with the paths that the docs
 * name. All of it is an error; there are no warnings.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ending, environment, root, underRightNode } from './checkout.mjs'
import { clientsFolder, clientsInstalled } from './clients.mjs'

await underRightNode(import.meta.url)

const bin = (name) => join(root, 'node_modules', '.bin', name)
const steps = [
  { name: 'format and lint', command: [bin('biome'), 'ci', '--error-on-warnings', '--colors=off', '.'] },
  { name: 'types: server', command: [bin('tsc'), '--pretty', 'false'] },
  ...(existsSync(join(root, 'console', 'tsconfig.json'))
    ? [{ name: 'types: console', command: [bin('tsc'), '--pretty', 'false', '-p', 'console'] }]
    : []),
  ...(clientsInstalled()
    ? [{ name: 'types: clients', command: [bin('tsc'), '--pretty', 'false', '-p', clientsFolder] }]
    : []),
  { name: 'unused files, exports, packages', command: [bin('knip'), '--no-progress'] },
  {
    name: 'architecture and doc paths',
    command: [process.execPath, join(root, 'scripts', 'test.mjs'), 'server/test/architecture'],
  },
]

const runStep = async ({ name, command }) => {
  const started = performance.now()
  const child = spawn(command[0], command.slice(1), {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(process.execPath),
    shell: process.platform === 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  child.on('error', (error) => {
    output += error.message
  })
  const code = await ending(child)
  return { name, code, output, seconds: (performance.now() - started) / 1000 }
}

const started = performance.now()
const results = await Promise.all(
  steps.map(async (step) => {
    const result = await runStep(step)
    console.log(`${result.code === 0 ? '✓' : '✗'} ${result.name}  ${result.seconds.toFixed(1)} s`)
    return result
  }),
)
const broken = results.filter((result) => result.code !== 0)
for (const { name, output } of broken) console.log(`\n── ${name} ──\n${output.trim()}`)
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`\n${results.length - broken.length} of ${results.length} checks passed in ${seconds} s`)
process.exit(broken.length > 0 ? 1 : 0)
