import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Builds the console into a folder of its own and answers where. */
export const buildConsole = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-console-'))
  await build({
    root: resolve(import.meta.dirname, '..'),
    configFile: resolve(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  return folder
}

/** Bytes of all scripts and styles, each compressed as a server would. */
export const compressedSize = async (
  folder: string,
): Promise<{ readonly files: number; readonly bytes: number }> => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.(js|css)$/.test(name))
  const sizes = await Promise.all(
    names.map(async (name) => gzipSync(await readFile(join(folder, name))).length),
  )
  return { files: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}
