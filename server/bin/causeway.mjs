#!/usr/bin/env node
/*
 * The command. Plain JavaScript that any Node from 18 on understands, so that an old one gets a sentence and
 * not a syntax error: it looks for the Node 24 that comes with the packages and starts itself again with it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED = 24
const here = dirname(realpathSync(fileURLToPath(import.meta.url)))

/** The nearest node_modules/.bin/node above this file that starts and is new enough, or null. */
const rightNode = () => {
  for (let folder = here; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
    if (existsSync(candidate)) {
      const asked = spawnSync(candidate, ['-p', 'process.execPath + "\\n" + process.versions.node'], {
        encoding: 'utf8',
        shell: process.platform === 'win32',
      })
      const [path, version] = (asked.stdout ?? '').split('\n')
      if (asked.status === 0 && Number.parseInt(version ?? '0', 10) >= NEEDED) return path ?? null
    }
    if (folder === dirname(folder)) return null
  }
}

/*
 * A terminal sends its interrupt to the whole group, so the child has it already; a signal sent to this
 * process alone is handed on.
 */
const runWith = (node) => {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    },
  })
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`causeway: ${node} could not be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)
  })
}

/** In a checkout the sources run as they are written; a packed release holds them as JavaScript. */
const entry = () => {
  const source = join(here, '..', 'src', 'cli', 'index.ts')
  return existsSync(source) ? '../src/cli/index.ts' : '../src/cli/index.js'
}

/** The folder that these packages were installed into, of a checkout or of whoever installed the product, or null. */
const packages = () => {
  const product = dirname(dirname(here))
  const folders = [join(product, 'node_modules'), dirname(product)]
  return folders.find((folder) => basename(folder) === 'node_modules' && existsSync(folder)) ?? null
}

/*
 * What Node made of the sources is kept beside the packages, where only those may write who may change the
 * program itself, and goes when they go. Where it cannot be kept, a start takes longer and nothing else.
 * NODE_DISABLE_COMPILE_CACHE=1 does without.
 */
const keepCompiled = async () => {
  const folder = packages()
  if (folder === null) return
  const { enableCompileCache } = await import('node:module')
  const { directory } = enableCompileCache(join(folder, '.causeway-compiled'))
  // Threads look there only where the environment says so.
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= directory
}

const runHere = async () => {
  try {
    await keepCompiled()
    const { run } = await import(entry())
    process.exitCode = await run(process.argv.slice(2))
  } catch (error) {
    process.exitCode = 1
    console.error(`causeway: ${whatWentWrong(error)}`)
    if (process.env.CAUSEWAY_DEBUG) console.error(error)
  }
}

const whatWentWrong = (error) => {
  if (error?.code === 'ERR_MODULE_NOT_FOUND')
    return `a part of the program is missing (${String(error.message).split(' imported from ')[0]}). Run npm start in the checkout, or npm ci; it installs what is missing.`
  return `${error?.message ?? error}. This is a fault in the program; CAUSEWAY_DEBUG=1 shows where.`
}

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  await runHere()
} else {
  const node = rightNode()
  if (node !== null) runWith(node)
  else {
    console.error(
      `causeway: needs Node ${NEEDED} or newer; this is ${process.version}, and none came with the packages. In a checkout npm start installs it on Linux (glibc) and Windows; elsewhere install Node ${NEEDED} yourself (nodejs.org, nvm, fnm, Homebrew; on Alpine apk add nodejs-current).`,
    )
    process.exitCode = 1
  }
}
