import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Megabytes (of 1024 kB) that the files of a folder take, links not followed. */
export const folderMegabytes = (folder: string): number => {
  let bytes = 0
  const walk = (path: string): void => {
    const facts = lstatSync(path)
    if (facts.isDirectory()) for (const name of readdirSync(path)) walk(join(path, name))
    else bytes += facts.size
  }
  walk(folder)
  return bytes / 1024 / 1024
}

const dependenciesOf = (folder: string): readonly string[] => {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) return []
  return Object.keys(manifest.dependencies ?? {})
}

/** The folder that `name` means to a file in `folder`, or null. */
const resolved = (folder: string, name: string): string | null => {
  for (let above = folder; ; above = dirname(above)) {
    const candidate = join(above, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate)
    if (above === dirname(above)) return null
  }
}

/** The packages that an installation without development tools has, and how large they are. */
export const installed = (server: string): { readonly packages: number; readonly megabytes: number } => {
  const found = new Set<string>()
  const follow = (folder: string): void => {
    for (const name of dependenciesOf(folder)) {
      const where = resolved(folder, name)
      if (where === null || found.has(where)) continue
      found.add(where)
      follow(where)
    }
  }
  follow(server)
  const megabytes = [...found].reduce((sum, folder) => sum + folderMegabytes(folder), 0)
  return { packages: found.size, megabytes }
}
