import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'

export interface Asset {
  readonly type: string
  readonly body: Uint8Array
  /** True where the name holds a hash of the content, so that it may be kept for ever. */
  readonly hashed: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * The built console, held in memory by path. A request looks its path up among the files that were found, so
 * there is no path to walk out of. Read anew when `index.html` has changed.
 */
export class Assets {
  readonly #folder: string
  #built = ''
  #files: ReadonlyMap<string, Asset> = new Map()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The file under this URL path (`/` is `/index.html`); null where there is none. */
  async get(path: string): Promise<Asset | null> {
    const index = await stat(join(this.#folder, 'index.html')).catch(() => null)
    if (index === null) return null
    const built = `${index.mtimeMs} ${index.size}`
    if (built !== this.#built) {
      this.#files = await readFolder(this.#folder)
      this.#built = built
    }
    return this.#files.get(path === '/' ? '/index.html' : path) ?? null
  }
}

const readFolder = async (folder: string): Promise<ReadonlyMap<string, Asset>> => {
  const files = new Map<string, Asset>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/')
    files.set(path, { type, body: await readFile(file), hashed: path.startsWith('/assets/') })
  }
  return files
}
