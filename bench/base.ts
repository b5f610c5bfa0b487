import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Another revision beside this one, from the repository's archive, so that nothing is left in the repository
 * whatever happens. It runs on the packages installed here.
 */

const run = (command: string, args: readonly string[], folder: string, input?: Buffer): Buffer => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    maxBuffer: 1 << 29,
    ...(input === undefined ? {} : { input }),
  })
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr.toString().trim()}`)
  return stdout
}

/** The revision's short name and where it now lies; `differs` where its packages are not those installed. */
export const unpackRevision = (
  revision: string,
  checkout: string,
  temporary: string,
): { readonly name: string; readonly folder: string; readonly differs: boolean } => {
  if (revision.startsWith('-')) throw new Error(`${revision} is no revision`)
  const name = run('git', ['rev-parse', '--short', '--verify', `${revision}^{commit}`], checkout)
    .toString()
    .trim()
  const folder = join(temporary, 'base')
  mkdirSync(folder)
  run('tar', ['-x'], folder, run('git', ['archive', name], checkout))
  for (const member of ['.', 'server']) {
    const packages = join(checkout, member, 'node_modules')
    if (existsSync(packages)) symlinkSync(packages, join(folder, member, 'node_modules'))
  }
  const lock = (of: string): string => readFileSync(join(of, 'package-lock.json'), 'utf8')
  return { name, folder, differs: lock(folder) !== lock(checkout) }
}

/** The revision that this checkout stands at, and whether its sources differ from it. */
export const revisionHere = (checkout: string): string => {
  try {
    const name = run('git', ['rev-parse', '--short', 'HEAD'], checkout).toString().trim()
    const changed = run('git', ['status', '--porcelain', '--', 'server', 'bench'], checkout).length > 0
    return changed ? `${name} with changes` : name
  } catch {
    return 'unknown'
  }
}
