/*
 * The release: a folder that npm can pack and that runs from node_modules, where Node does not strip types.
 * It mirrors the checkout, so that every path that a file knows of another still holds: server/src as
 * JavaScript, server/bin, the built console. `--out=folder` builds elsewhere than in dist/.
 */
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ending, environment, fail, root, underRightNode } from './checkout.mjs'

await underRightNode(import.meta.url)
const { asJavaScript, isPartOfRelease } = await import('./release.mjs')

const given = process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length)
const out = given === undefined ? join(root, 'dist') : resolve(given)
if (given !== undefined && existsSync(out) && readdirSync(out).length > 0) fail(`${out} is not empty.`)

const filesUnder = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const write = (path, text) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const buildServer = () => {
  const source = join(root, 'server', 'src')
  const files = filesUnder(source)
    .map((file) => file.slice(source.length + 1))
    .filter(isPartOfRelease)
  for (const file of files) {
    const path = join(out, 'server', 'src', file)
    if (file.endsWith('.ts')) {
      const text = asJavaScript(file, readFileSync(join(source, file), 'utf8'))
      write(path.replace(/\.ts$/, '.js'), text)
    } else write(path, readFileSync(join(source, file)))
  }
  cpSync(join(root, 'server', 'bin'), join(out, 'server', 'bin'), { recursive: true })
  return files.length
}

/** One manifest for what were two: the server's dependencies, the checkout's version and licence, Node where it comes as a package. */
const manifest = () => {
  const house = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const server = JSON.parse(readFileSync(join(root, 'server', 'package.json'), 'utf8'))
  return {
    name: 'causeway',
    version: house.version,
    description: house.description,
    license: house.license,
    private: true,
    type: 'module',
    bin: { causeway: 'server/bin/causeway.mjs' },
    engines: { node: '>=18' },
    dependencies: server.dependencies,
    optionalDependencies: house.optionalDependencies,
  }
}

const buildConsole = async () => {
  if (!existsSync(join(root, 'console', 'index.html'))) return false
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      '--outDir',
      join(out, 'console', 'dist'),
      '--emptyOutDir',
    ],
    {
      cwd: join(root, 'console'),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...environment(process.execPath), NODE_ENV: 'production' },
    },
  )
  if ((await ending(child)) !== 0) fail('The console could not be built, see above.')
  return true
}

rmSync(out, { recursive: true, force: true })
const files = buildServer()
write(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
cpSync(join(root, 'server', 'package.json'), join(out, 'server', 'package.json'))
for (const name of ['README.md', 'LICENSE', 'NOTICE', 'CHANGELOG.md', 'causeway.example.yaml'])
  if (existsSync(join(root, name))) cpSync(join(root, name), join(out, name))
const withConsole = process.env.CAUSEWAY_SKIP_CONSOLE !== '1' && (await buildConsole())

const bytes = filesUnder(out).reduce((sum, file) => sum + statSync(file).size, 0)
console.log(
  `${out}: ${files} files of the server${withConsole ? ', the console' : ', no console'}, ${(bytes / 1e6).toFixed(1)} MB. npm pack ${out} makes the package.`,
)
