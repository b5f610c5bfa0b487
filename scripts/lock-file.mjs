const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]

/** The lock file's entry that a package at `path` gets for a dependency: the nearest node_modules upwards that has it. */
const resolve = (packages, path, name) => {
  for (
    let folder = path;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/'))).replace(/\/$/, '')
  ) {
    const key = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (key in packages) return key
    if (folder === '') return null
  }
}

/** Exact optional dependencies without an entry of that version, as {path, name, version}. */
export const missingFrom = (lock) =>
  Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([, version]) => /^\d+\.\d+\.\d+/.test(version))
      .filter(([name, version]) => {
        const key = resolve(lock.packages, path, name)
        return key === null || lock.packages[key].version !== version
      })
      .map(([name, version]) => ({ path, name, version })),
  )

/** The same lock file with an entry for each, beside a sibling's, and the keys of what was added. */
export const completed = (lock) => {
  const packages = { ...lock.packages }
  const added = []
  for (const { path, name, version } of missingFrom(lock)) {
    const owner = packages[path]
    const sibling = Object.keys(owner.optionalDependencies)
      .map((each) => resolve(packages, path, each))
      .find((key) => key !== null)
    const beside = `${sibling === undefined ? '' : sibling.slice(0, sibling.lastIndexOf('node_modules/'))}node_modules/${name}`
    const key = beside in packages ? `${path}/node_modules/${name}` : beside
    packages[key] = entryFor(name, version, owner, sibling === undefined ? {} : packages[sibling])
    added.push(key)
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added }
}

/** Such packages are named after what they are for: `binding-linux-arm64-musl`. */
const entryFor = (name, version, owner, sibling) => {
  const words = name.split('/').at(-1).split('-')
  const os = SYSTEMS.find((system) => words.includes(system))
  const cpu = PROCESSORS.find((processor) => words.includes(processor))
  const libc = os !== 'linux' ? undefined : words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(owner.dev === true ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    ...(sibling.license === undefined ? {} : { license: sibling.license }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
    ...(sibling.engines === undefined ? {} : { engines: sibling.engines }),
  }
}
