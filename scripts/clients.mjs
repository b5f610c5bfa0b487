/*
 * The clients of others that tests call the gateway with: SDKs and two agents on the command line. They are 440 MB
 * that no user of Causeway needs, so they have a folder and a lock of their own and are installed by the tests that
 * want them. Where they cannot be had those tests are skipped and say why.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ending, environment, root } from './checkout.mjs'
import { worthShowing } from './npm-words.mjs'
import { progressLine } from './progress.mjs'

export const clientsFolder = join(root, 'server', 'test', 'clients')

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(clientsFolder, 'package-lock.json')))
    .digest('hex')
const marker = () => join(clientsFolder, 'node_modules', '.causeway-installed')

export const clientsInstalled = () =>
  existsSync(marker()) && readFileSync(marker(), 'utf8').trim() === lockHash()

/** Null where they are there, else why not. */
export const installClients = async () => {
  if (clientsInstalled()) return null
  const line = progressLine(
    'Installing the clients that tests call the gateway with (about 440 MB; usually 20 to 90 seconds)',
  )
  const npm = process.env.npm_execpath
  const words = ['ci', '--no-audit', '--no-fund', '--ignore-scripts']
  const options = {
    cwd: clientsFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(process.execPath),
  }
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...words], options)
    : spawn('npm', words, { ...options, shell: process.platform === 'win32' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const code = await ending(child)
  line.stop(code === 0 ? 'Clients are installed' : 'The clients could not be installed')
  if (code !== 0) return `the clients could not be installed: ${worthShowing(output).slice(0, 2).join(' ')}`
  writeFileSync(marker(), `${lockHash()}\n`)
  return null
}
