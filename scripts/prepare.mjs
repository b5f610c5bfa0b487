/*
 * Runs before every command: installs what is missing, sees to it that the right Node is there, builds the
 * console when its sources have changed. Does nothing, in a few milliseconds, when all is as it should be.
 *
 * CAUSEWAY_SKIP_CONSOLE=1 leaves the console as it is.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  consoleHash,
  consoleIsBuilt,
  consoleMarker,
  ending,
  environment,
  expectedPackages,
  fail,
  findNode,
  installedMarker,
  installHash,
  isInstalled,
  nodeAdvice,
  root,
  runningServers,
} from './checkout.mjs'
import { holdLock } from './lock.mjs'
import { installAdvice, worthShowing } from './npm-words.mjs'
import { progressLine } from './progress.mjs'

const command = process.env.npm_lifecycle_event ?? 'start'
/** What a failed build of the console means to the command; commands not named here do not need it. */
const CONSOLE_NEEDED = { start: 'warn', dev: 'warn', demo: 'warn', test: 'fail' }

const install = async () => {
  const servers = runningServers()
  if (servers.length > 0) {
    const list = servers.map((server) => `${server.what} (process ${server.pid})`).join(', ')
    fail(
      `The packages in node_modules are not those of package-lock.json, but they cannot be replaced under a running server: ${list}. Stop it and run the command again.`,
    )
  }
  const wanted = expectedPackages()
  const first = !existsSync(join(root, 'node_modules'))
  const line = progressLine(
    `${first ? 'Installing' : 'Updating'} packages, Node 24 among them (about 530 MB unpacked; usually 10 to 60 seconds)`,
    () => `${wanted.filter((path) => existsSync(path)).length} of ${wanted.length} packages`,
  )
  const { code, output } = await npmCi()
  line.stop(code === 0 ? 'Packages are installed' : 'The installation failed')
  if (code !== 0) {
    const shown = worthShowing(output)
    fail(`npm says:\n${shown.map((text) => `  ${text}`).join('\n')}\n\n${installAdvice(output)}`)
  }
  writeFileSync(installedMarker(), `${installHash()}\n`)
}

/** npm runs on the Node it was started with: the bundled one is among the files that it replaces. */
const npmCi = async () => {
  const npm = process.env.npm_execpath
  const arguments_ = ['ci', '--no-audit', '--no-fund', '--ignore-scripts']
  const child = npm?.endsWith('.js')
    ? spawn(process.env.npm_node_execpath ?? process.execPath, [npm, ...arguments_], npmOptions)
    : spawn('npm', arguments_, { ...npmOptions, shell: process.platform === 'win32' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  child.on('error', (error) => {
    output += `npm could not be started: ${error.message}\n`
  })
  return { code: await ending(child), output }
}
const npmOptions = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }

const requireNode = () => {
  const found = findNode()
  if (found.path === null) fail(nodeAdvice(found))
  return found.path
}

/** Builds beside the old page and swaps, so that a running server never serves half of one. */
const buildConsole = async (node, need) => {
  const hash = consoleHash()
  if (hash === null) return
  const fresh = join(root, 'node_modules', '.causeway-console')
  const line = progressLine('Building the console (usually 5 to 15 seconds)')
  const child = spawn(
    node,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', fresh, '--emptyOutDir'],
    {
      cwd: join(root, 'console'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment(node), NODE_ENV: 'production' },
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const code = await ending(child)
  if (code === 0) {
    const dist = join(root, 'console', 'dist')
    rmSync(dist, { recursive: true, force: true })
    renameSync(fresh, dist)
    writeFileSync(consoleMarker(), `${hash}\n`)
    line.stop('The console is built')
    return
  }
  line.stop('The console could not be built')
  const tail = output.trim().split('\n').slice(-20).join('\n')
  if (need === 'fail') fail(`${tail}\n\nThe console's build failed, see above.`)
  process.stderr.write(
    `${tail}\n\nGoing on without the console; its page will say that it is not built. The gateway does not need it.\n`,
  )
}

/* Outside node_modules, because the installation begins by emptying it. */
const installLock = () =>
  join(tmpdir(), `causeway-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`)

const [major] = process.versions.node.split('.').map(Number)
if (major < 18) fail(`Even the installation needs Node 18 or newer; this is ${process.version}.`)
if (!isInstalled()) {
  const release = await holdLock(installLock(), () =>
    process.stderr.write('Another command is installing packages into this checkout; waiting for it.\n'),
  )
  try {
    if (!isInstalled()) await install()
  } finally {
    release()
  }
}
const node = requireNode()
if (process.env.CAUSEWAY_SKIP_CONSOLE !== '1' && command in CONSOLE_NEEDED && !consoleIsBuilt()) {
  const release = await holdLock(join(root, 'node_modules', '.causeway-console.lock'), () => {})
  try {
    if (!consoleIsBuilt()) await buildConsole(node, CONSOLE_NEEDED[command])
  } finally {
    release()
  }
}
