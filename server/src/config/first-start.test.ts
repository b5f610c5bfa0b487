import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { CausewayError } from '../domain/index.ts'
import { PROVIDERS } from '../providers/index.ts'
import { checkConfig } from './check.ts'
import { compileSnapshot } from './compile.ts'
import { principalsByDigest } from './credentials.ts'
import type { FoundServer } from './discover.ts'
import { type FirstStartInputs, firstStart } from './first-start.ts'
import { writeFirstStart } from './first-write.ts'
import { parseConfig } from './parse.ts'
import { problemText } from './problem.ts'

const root = mkdtempSync(join(tmpdir(), 'causeway-first-'))
after(() => rmSync(root, { recursive: true }))

const KEY = 'sk-proj-Zx8Qm2Vt7Lp4Rk9Wd3Hs6'
const model = (id: string, more: object = {}) => ({
  id,
  side: 'own' as const,
  context: null,
  embeds: false,
  ...more,
})
const ollama = (...models: FoundServer['models'][number][]): FoundServer => ({
  provider: 'ollama',
  title: 'Ollama',
  port: 11434,
  url: 'http://127.0.0.1:11434/v1',
  version: '0.20',
  models,
})

const start = (inputs: Partial<FirstStartInputs> = {}) => {
  const first = firstStart({ environment: {}, found: [], data: './.causeway', ...inputs })
  const checked = checkConfig(parseConfig(first.text, 'causeway.yaml'))
  assert.deepEqual(checked.problems.map(problemText), [], first.text)
  assert.ok(checked.config !== null)
  return { ...first, config: checked.config, warnings: checked.warnings.map(problemText) }
}

describe('the first file', () => {
  it('works with nothing at hand but the engine, without a warning', () => {
    const { config, warnings, bySide } = start()
    assert.deepEqual(warnings, [])
    assert.deepEqual(
      config.targets.map(({ name, side, context, fit }) => ({ name, side, context, fit })),
      [{ name: 'engine', side: 'own', context: 8192, fit: 'oldest-turns' }],
    )
    assert.deepEqual(config.routes, [
      { name: 'auto', targets: ['engine'], objective: 'ordered', weights: {} },
    ])
    assert.equal(config.profile, 'balanced')
    assert.deepEqual(
      config.keys.map(({ name, secret, uses }) => ({ name, secret, uses })),
      [{ name: 'dev', secret: 'file:./.causeway/keys/dev', uses: ['general'] }],
    )
    assert.deepEqual(
      bySide.map(({ side, targets }) => [side, targets.length]),
      [['own', 1]],
    )
  })

  it('puts closed targets first, then rented ones, then own ones, the engine last', () => {
    const { config, warnings, text } = start({
      environment: { OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY, GROQ_API_KEY: KEY },
      found: [
        ollama(
          model('qwen3:8b', { context: 16384 }),
          model('gpt-oss:120b-cloud', { side: 'rented' }),
          model('nomic-embed-text', { embeds: true }),
        ),
      ],
    })
    assert.deepEqual(config.routes[0]?.targets, [
      'anthropic',
      'openai',
      'groq',
      'ollama-gpt-oss-120b-cloud',
      'ollama-qwen3-8b',
      'engine',
    ])
    assert.deepEqual(config.targets.find(({ name }) => name === 'ollama-nomic-embed-text')?.operations, [
      'embed',
    ])
    assert.equal(config.targets.find(({ name }) => name === 'ollama-qwen3-8b')?.context, 16384)
    assert.equal(config.targets.find(({ name }) => name === 'ollama-gpt-oss-120b-cloud')?.side, 'rented')
    assert.ok(
      warnings.every((warning) => /cuts prompts/.test(warning)),
      'only for what is rented or embeds',
    )
    assert.ok(!text.includes(KEY), 'a key is referred to, never copied')
  })

  it('says where a server would cut prompts without a word', () => {
    const { config, text } = start({ found: [ollama(model('qwen3:8b'))] })
    assert.equal(config.targets[0]?.context, 4096)
    assert.match(text, /# The context is its default/)
  })

  it('takes no key that is empty or a sample', () => {
    assert.equal(
      start({ environment: { OPENAI_API_KEY: '', GROQ_API_KEY: 'sk-1234', ANTHROPIC_API_KEY: ' ' } }).config
        .targets.length,
      1,
    )
  })

  it('offers every vendor that has a conventional key', () => {
    const hosted = [...PROVIDERS.values()].filter(({ environment }) => environment !== null)
    const environment = Object.fromEntries(
      hosted.map((provider) => [provider.environment?.variable ?? '', KEY]),
    )
    assert.equal(hosted.length, 7)
    assert.deepEqual(
      start({ environment }).config.targets.map(({ name }) => name),
      [...hosted.map(({ name }) => name), 'engine'],
    )
  })

  it('lists strangers without adding them', () => {
    const { config, unknown } = start({
      found: [
        {
          provider: null,
          title: 'unknown server',
          port: 8000,
          url: 'http://127.0.0.1:8000/v1',
          version: null,
          models: [model('m')],
        },
      ],
    })
    assert.equal(config.targets.length, 1)
    assert.deepEqual(unknown, [{ port: 8000 }])
  })

  it('keeps another port, and gives models of one name names of their own', () => {
    const { config } = start({
      found: [{ ...ollama(model('a:b'), model('a-b')), url: 'http://127.0.0.1:9999/v1' }],
    })
    assert.deepEqual(
      config.targets.map(({ name, url }) => [name, url]),
      [
        ['ollama-a-b', 'http://127.0.0.1:9999/v1'],
        ['ollama-a-b-2', 'http://127.0.0.1:9999/v1'],
        ['engine', undefined],
      ],
    )
  })

  it('leaves out the ninth model, and says so', () => {
    const { config, omitted } = start({
      found: [ollama(...Array.from({ length: 11 }, (_, i) => model(`m${i}`)))],
    })
    assert.equal(config.targets.length, 9)
    assert.deepEqual(omitted, [{ title: 'Ollama', models: 3 }])
  })

  it('is proof against what a local server calls its models', () => {
    const hostile = [
      'x"\n  - name: evil',
      'a: b',
      'true',
      '- x',
      '# x',
      '&anchor',
      '*alias',
      '!tag',
      "it's",
      '{x}',
      '[y]',
      'constructor',
      '12',
      '~',
      'a\u2028b',
      ':',
      'k:',
      '@x',
      'x '.repeat(200),
      '',
    ]
    for (const id of hostile) {
      const { config } = start({ found: [ollama(model(id))] })
      const kept = config.targets.filter(({ name }) => name !== 'engine')
      for (const target of kept) assert.equal(target.model, id)
      assert.ok(config.targets.length <= 2)
    }
  })

  it('stands any data folder', () => {
    for (const data of ['/srv/cause way', './.causeway/', 'C:\\data', "o'clock"]) {
      const { config, keyFile } = start({ data })
      assert.equal(config.data, data)
      assert.equal(config.keys[0]?.secret, `file:${keyFile}`)
    }
  })
})

describe('writing it', () => {
  const folderOf = (name: string): string => mkdtempSync(join(root, name))

  it('makes a key that the snapshot knows, for its owner only, out of git’s sight', () => {
    const folder = folderOf('plain')
    const first = start()
    const { key, keyFile } = writeFirstStart(join(folder, 'causeway.yaml'), first)
    assert.match(key, /^cw-[A-Za-z0-9_-]{43}$/)
    assert.equal(readFileSync(join(folder, 'causeway.yaml'), 'utf8'), first.text)
    assert.equal(keyFile, join(folder, '.causeway/keys/dev'))
    if (process.platform !== 'win32') {
      assert.equal(statSync(keyFile).mode & 0o777, 0o600)
      assert.equal(statSync(join(folder, '.causeway')).mode & 0o077, 0)
    }
    assert.equal(readFileSync(join(folder, '.causeway/.gitignore'), 'utf8'), '*\n')
    const snapshot = compileSnapshot(first.config, { rules: [], lookupPrice: () => null })
    const { byDigest, missing } = principalsByDigest(snapshot, {}, folder)
    assert.deepEqual([[...byDigest.values()].map((principal) => principal.key), missing], [['dev'], []])
  })

  it('never overwrites a file, and keeps a key that is there', () => {
    const folder = folderOf('twice')
    const file = join(folder, 'causeway.yaml')
    const { key } = writeFirstStart(file, start())
    assert.throws(
      () => writeFirstStart(file, start()),
      (thrown: unknown) => thrown instanceof CausewayError && thrown.fault.code === 'config_invalid',
    )
    rmSync(file)
    assert.equal(writeFirstStart(file, start()).key, key)
  })

  it('refuses a key file without a usable key', () => {
    const folder = folderOf('weak')
    const file = join(folder, 'causeway.yaml')
    const { keyFile } = writeFirstStart(file, start())
    rmSync(file)
    writeFileSync(keyFile, 'sk-1234')
    assert.throws(
      () => writeFirstStart(file, start()),
      (thrown: unknown) => thrown instanceof CausewayError && thrown.fault.code === 'data_folder',
    )
    assert.ok(!existsSync(file))
  })

  it('says so where nothing can be written', {
    skip: process.platform === 'win32' || process.getuid?.() === 0,
  }, () => {
    const folder = folderOf('locked')
    chmodSync(folder, 0o500)
    assert.throws(
      () => writeFirstStart(join(folder, 'causeway.yaml'), start()),
      (thrown: unknown) => thrown instanceof CausewayError && thrown.fault.code === 'data_folder',
    )
    chmodSync(folder, 0o700)
  })

  it('says so where the data folder is a file', () => {
    const folder = folderOf('file')
    writeFileSync(join(folder, '.causeway'), 'x')
    assert.throws(
      () => writeFirstStart(join(folder, 'causeway.yaml'), start()),
      (thrown: unknown) => thrown instanceof CausewayError && thrown.fault.code === 'data_folder',
    )
    assert.ok(!existsSync(join(folder, 'causeway.yaml')))
  })
})
