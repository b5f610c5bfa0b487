/*
 * What the scripts know of this checkout: where it lies, which Node it brings, what is installed, what is
 * stale, which servers run from it. No dependency, and nothing newer than Node 18, because the scripts run
 * before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const NODE_NEEDED = 24

const bundledNode = (folder) =>
  join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

const major = (version) => Number(/^v(\d+)\./.exec(version)?.[1] ?? 0)

/** The Node to run the product with, or why there is none. Asks a bundled Node for its version only where it is not the one running. */
export const findNode = (folder = root, running = { version: process.version, path: process.execPath }) => {
  const bundled = bundledNode(folder)
  const present = existsSync(bundled)
  if (major(running.version) >= NODE_NEEDED) return { path: running.path, version: running.version }
  if (!present) return { path: null, present, version: running.version }
  const asked = spawnSync(bundled, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' })
  const version = (asked.stdout ?? '').trim()
  if (asked.status === 0 && major(version) >= NODE_NEEDED) return { path: bundled, version }
  return { path: null, present, version: running.version }
}

/** What to tell someone who has no Node that runs the product. */
export const nodeAdvice = (found, platform = process.platform, libc = glibcVersion()) => {
  const start = `Causeway needs Node ${NODE_NEEDED} or newer; this is ${found.version}.`
  const own = `Install Node ${NODE_NEEDED} yourself (nodejs.org, nvm, fnm, Homebrew or your system's packages) and run the command again.`
  if (platform === 'darwin') return `${start} For macOS no Node comes along with the packages. ${own}`
  if (platform === 'linux' && libc === null)
    return `${start} The Node that comes along is built for glibc, and this system has another C library (Alpine's musl, most likely). ${own} On Alpine: apk add nodejs-current npm.`
  if (platform === 'linux' && older(libc, '2.28'))
    return `${start} The Node that comes along needs glibc 2.28 or newer, and this system has ${libc}. Use a newer system or container image, or build Node ${NODE_NEEDED} for this one.`
  if (found.present)
    return `${start} The Node that came along with the packages does not start here (${platform} ${process.arch}). ${own}`
  return `${start} The Node that comes along with the packages (Linux x64 and arm64, Windows x64) was not downloaded. Delete node_modules and run the command again; if that changes nothing: ${own}`
}

const older = (version, needed) => {
  const [a, b] = [version, needed].map((text) => text.split('.').map(Number))
  return a[0] !== b[0] ? a[0] < b[0] : (a[1] ?? 0) < (b[1] ?? 0)
}

/** glibc's version, or null where the C library is another. */
export const glibcVersion = () => {
  if (process.platform !== 'linux' || process.report === undefined) return null
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime ?? null
}

/** Environment in which `node` and the tools are the checkout's own. */
export const environment = (nodePath = null) => ({
  ...process.env,
  PATH: [
    ...(nodePath === null ? [] : [dirname(nodePath)]),
    join(root, 'node_modules', '.bin'),
    process.env.PATH,
  ].join(process.platform === 'win32' ? ';' : ':'),
})

/**
 * Runs the script it is called from again with the right Node, if this is not one, and never returns then.
 * A shell remembers where it found `node`, so right after an installation the old one is still running.
 */
export const underRightNode = async (script) => {
  if (major(process.version) >= NODE_NEEDED) return
  const found = findNode()
  if (found.path === null) fail(nodeAdvice(found))
  const child = spawn(found.path, [fileURLToPath(script), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: environment(found.path),
  })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal))
  process.exit(await ending(child))
}

/** Exit code of a child; a signal counts as 1. */
export const ending = (child) =>
  new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (code) => resolve(code ?? 1))
  })

/** Says one sentence and ends. */
export const fail = (sentence) => {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

const INSTALLING_FIELDS = [
  'name',
  'bin',
  'workspaces',
  'overrides',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
]

/** Hash of everything that decides what `npm ci` puts into node_modules: the lock file and the manifests' fields about packages. */
export const installHash = (folder = root) => {
  const manifest = readJson(join(folder, 'package.json'))
  const manifests = ['.', ...(manifest.workspaces ?? [])].map((member) => {
    const fields = readJson(join(folder, member, 'package.json'))
    return INSTALLING_FIELDS.map((field) => fields[field] ?? null)
  })
  return sha256(JSON.stringify([readFileSync(join(folder, 'package-lock.json'), 'utf8'), manifests]))
}

export const installedMarker = (folder = root) => join(folder, 'node_modules', '.causeway-installed')

/**
 * Whether node_modules is what the lock file says: by our own marker, or, where somebody ran npm by hand, by
 * comparing npm's own list of what it installed. Optional packages may be missing: they are for other machines.
 */
export const isInstalled = (folder = root) => {
  const marker = installedMarker(folder)
  if (existsSync(marker) && readFileSync(marker, 'utf8').trim() === installHash(folder)) return true
  const list = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const wanted = packagesOf(readJson(join(folder, 'package-lock.json')))
  const have = new Map(packagesOf(readJson(list)))
  const matches = ([path, entry]) => {
    const mine = have.get(path)
    if (mine === undefined) return entry.optional === true
    return mine.version === entry.version && mine.integrity === entry.integrity
  }
  return wanted.every(matches) && have.size <= wanted.length
}

/** Entries of a lock file that npm unpacks, as [path, entry]. */
const packagesOf = (lock) =>
  Object.entries(lock.packages ?? {}).filter(([path, entry]) => path.includes('node_modules/') && !entry.link)

/** Paths in node_modules that an installation will fill, for showing progress. */
export const expectedPackages = (folder = root) =>
  packagesOf(readJson(join(folder, 'package-lock.json')))
    .filter(([, entry]) => entry.optional !== true)
    .map(([path]) => join(folder, path, 'package.json'))

const filesUnder = (path) => {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.name === 'node_modules' || entry.name === 'dist' || /\.test\.tsx?$/.test(entry.name)
      ? []
      : filesUnder(join(path, entry.name)),
  )
}

/** Hash of what the console is built from, the contract with the server included; null where there is no console to build. */
export const consoleHash = (folder = root) => {
  if (!existsSync(join(folder, 'console', 'index.html'))) return null
  const files = [
    ...filesUnder(join(folder, 'console')),
    ...filesUnder(join(folder, 'server', 'src', 'control', 'contract.ts')),
    join(folder, 'package-lock.json'),
  ]
  const sums = files
    .map((file) => `${relative(folder, file).split(sep).join('/')} ${sha256(readFileSync(file))}`)
    .sort()
  return sha256(sums.join('\n'))
}

export const consoleMarker = (folder = root) => join(folder, 'console', 'dist', '.built')

export const consoleIsBuilt = (folder = root) => {
  const marker = consoleMarker(folder)
  return existsSync(marker) && readFileSync(marker, 'utf8').trim() === consoleHash(folder)
}

export const runningFolder = (folder = root) => join(folder, 'node_modules', '.causeway-running')

/**
 * Servers that run from this checkout. Each keeps a file named after its process id in
 * node_modules/.causeway-running, with JSON in it that at least says `what`. Files whose process is gone are removed.
 */
export const runningServers = (folder = root) => {
  const where = runningFolder(folder)
  if (!existsSync(where)) return []
  return readdirSync(where).flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid <= 0) return []
    if (!isAlive(pid)) {
      rmSync(join(where, name), { force: true })
      return []
    }
    return [{ pid, what: whatRuns(join(where, name)) }]
  })
}

const whatRuns = (file) => {
  try {
    return String(readJson(file).what ?? 'causeway')
  } catch {
    return 'causeway'
  }
}

/** Whether the process lives and, where the system tells, still is a Node: ids are used again after a restart. */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  try {
    return /node|causeway/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return true
  }
}
