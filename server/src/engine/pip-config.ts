import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** What pip is told about where packages come from. Addresses may hold credentials: never show one whole. */
export interface PipSettings {
  /** Null: none is configured, pip's own default holds. */
  readonly index: string | null
  readonly extraIndexes: readonly string[]
  readonly findLinks: readonly string[]
  readonly noIndex: boolean
  readonly certificates: string | null
  readonly proxy: string | null
  readonly trustedHosts: readonly string[]
}

/** Environment and files, handed in so that a test needs neither. */
export interface PipSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home?: string
  /** The text of a file, or null where there is none. */
  readonly read?: (path: string) => string | null
}

/**
 * pip's settings as pip itself finds them: machine, user and environment's files (later ones win), the file that
 * PIP_CONFIG_FILE names, then PIP_* variables. Source: pip's user guide, "Configuration".
 */
export const readPipSettings = (surroundings: PipSurroundings): PipSettings => {
  const { environment } = surroundings
  const read = surroundings.read ?? readIfPresent
  const values = new Map<string, string>()
  for (const path of configFiles(surroundings)) {
    const text = read(path)
    if (text !== null) mergeConfig(values, parsePipConfig(text))
  }
  for (const name of SETTINGS) {
    const value = environment[`PIP_${name.toUpperCase().replaceAll('-', '_')}`]
    if (value !== undefined && value !== '') values.set(name, value)
  }
  return {
    index: values.get('index-url') ?? null,
    extraIndexes: words(values.get('extra-index-url')),
    findLinks: words(values.get('find-links')),
    noIndex: ['1', 'true', 'yes', 'on'].includes((values.get('no-index') ?? '').toLowerCase()),
    certificates: values.get('cert') ?? environment.REQUESTS_CA_BUNDLE ?? null,
    proxy: values.get('proxy') ?? null,
    trustedHosts: words(values.get('trusted-host')).map((host) => host.replace(/:\d+$/, '')),
  }
}

const SETTINGS = [
  'index-url',
  'extra-index-url',
  'find-links',
  'no-index',
  'cert',
  'proxy',
  'trusted-host',
] as const

/** A pip configuration file as `section.key` → value; values that go on over indented lines are joined by newlines. */
export const parsePipConfig = (text: string): Map<string, string> => {
  const values = new Map<string, string>()
  let section = ''
  let key: string | null = null
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const bare = line.trim()
    if (bare === '' || bare.startsWith('#') || bare.startsWith(';')) continue
    const header = /^\[([^\]]+)\]$/.exec(bare)
    if (header !== null) {
      section = (header[1] ?? '').trim().toLowerCase()
      key = null
    } else if (/^\s/.test(line) && key !== null) {
      values.set(key, `${values.get(key) ?? ''}\n${bare}`.trim())
    } else {
      const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(bare)
      if (pair === null) continue
      key = `${section}.${(pair[1] ?? '').trim().toLowerCase().replaceAll('_', '-')}`
      values.set(key, (pair[2] ?? '').trim())
    }
  }
  return values
}

// pip reads [global] and then the section of the command; ours is `pip download`.
const mergeConfig = (values: Map<string, string>, parsed: ReadonlyMap<string, string>): void => {
  for (const section of ['global', 'download']) {
    for (const name of SETTINGS) {
      const value = parsed.get(`${section}.${name}`)
      if (value !== undefined && value !== '') values.set(name, value)
    }
  }
}

const configFiles = ({ environment, platform, home = homedir() }: PipSurroundings): string[] => {
  const named = environment.PIP_CONFIG_FILE
  if (named === '/dev/null' || named?.toLowerCase() === 'nul') return []
  const files = [...machineFiles(environment, platform), ...userFiles(environment, platform, home)]
  const prefix = environment.VIRTUAL_ENV
  if (prefix !== undefined && prefix !== '')
    files.push(join(prefix, platform === 'win32' ? 'pip.ini' : 'pip.conf'))
  if (named !== undefined && named !== '') files.push(named)
  return files
}

const machineFiles = (environment: PipSurroundings['environment'], platform: NodeJS.Platform): string[] => {
  if (platform === 'win32') return [join(environment.ProgramData ?? 'C:\\ProgramData', 'pip', 'pip.ini')]
  if (platform === 'darwin') return ['/Library/Application Support/pip/pip.conf']
  const folders = (environment.XDG_CONFIG_DIRS ?? '/etc/xdg')
    .split(delimiter)
    .filter((folder) => folder !== '')
  return [...folders.map((folder) => join(folder, 'pip', 'pip.conf')), '/etc/pip.conf']
}

const userFiles = (
  environment: PipSurroundings['environment'],
  platform: NodeJS.Platform,
  home: string,
): string[] => {
  if (platform === 'win32') {
    return [join(home, 'pip', 'pip.ini'), join(environment.APPDATA ?? home, 'pip', 'pip.ini')]
  }
  const folder = environment.XDG_CONFIG_HOME ?? join(home, '.config')
  const legacy = join(home, '.pip', 'pip.conf')
  const mac = join(home, 'Library', 'Application Support', 'pip', 'pip.conf')
  return platform === 'darwin'
    ? [legacy, join(folder, 'pip', 'pip.conf'), mac]
    : [legacy, join(folder, 'pip', 'pip.conf')]
}

const words = (value: string | undefined): string[] =>
  value === undefined ? [] : value.split(/\s+/).filter((word) => word !== '')

const readIfPresent = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
