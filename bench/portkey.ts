import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endOf, guard } from './process-tree.ts'

/*
 * The peer is installed by its users' own way, npm, into a temporary folder. The two overrides are needed: with
 * the newer @hono/node-server that its range admits, every stream of 1.15.2 fails with status 500.
 */

export const PORTKEY_VERSION = '1.15.2'
export const PORTKEY_START = 'node_modules/@portkey-ai/gateway/build/start-server.js'
const MANIFEST = {
  private: true,
  dependencies: { '@portkey-ai/gateway': PORTKEY_VERSION },
  overrides: { '@hono/node-server': '1.13.8', hono: '4.9.7' },
}

/** Installs without install scripts. Null where it worked, else why not. */
export const installPortkey = async (folder: string, seconds: number): Promise<string | null> => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(MANIFEST))
  const child = spawn('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  guard(child)
  let wrong = ''
  child.stderr.on('data', (chunk: Buffer) => {
    wrong += chunk.toString()
  })
  const timer = setTimeout(() => void endOf(child), seconds * 1000)
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(-1)).on('close', resolve)
  })
  clearTimeout(timer)
  if (code === 0) return null
  return code === null
    ? `npm took longer than ${seconds} s`
    : wrong.trim().split('\n').slice(-2).join(' ').slice(0, 300)
}
