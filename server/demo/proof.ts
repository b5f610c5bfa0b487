import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What `causeway audit verify` says of a data folder: its first line, and whether it accepted the log. */
export const verifyFolder = (
  dataFolder: string,
): Promise<{ readonly good: boolean; readonly text: string }> =>
  new Promise((resolve) => {
    const bin = fileURLToPath(new URL('../bin/causeway.mjs', import.meta.url))
    const child = spawn(process.execPath, [bin, 'audit', 'verify', '--data', dataFolder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
    child.on('close', (code) => resolve({ good: code === 0, text: output.trim().split('\n')[0] ?? '' }))
  })
