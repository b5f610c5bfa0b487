import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Builds the console as it is released into a folder of its own and answers where. */
export const buildConsole = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'causeway-console-'))
  // The test runner sets this to `test`, which would put React's development build into the bundle.
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  await build({
    root: resolve(import.meta.dirname, '..'),
    configFile: resolve(import.meta.dirname, '../vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  }).finally(() => {
    process.env['NODE_ENV'] = before
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
