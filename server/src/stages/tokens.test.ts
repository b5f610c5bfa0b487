import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { CausewayError, Finding, StageRule } from '../domain/index.ts'
import { openStages, type Stages } from './index.ts'
import { meaningOfLabel } from './token-labels.ts'
import { spansOf } from './token-spans.ts'

const NEVER = new AbortController().signal

let folder: string
const opened: Stages[] = []

/** A package of the library's name that is the fixture. */
const installFixture = (at: string): void => {
  const library = join(at, 'node_modules', '@huggingface', 'transformers')
  mkdirSync(library, { recursive: true })
  const exports = {
    browser: './none.js',
    node: { require: './none.cjs', import: { default: './entry.mjs' } },
  }
  writeFileSync(join(library, 'package.json'), JSON.stringify({ type: 'module', exports }))
  const fixture = fileURLToPath(new URL('./classifier.fixture.ts', import.meta.url))
  writeFileSync(join(library, 'entry.mjs'), `export * from ${JSON.stringify(fixture)}\n`)
}

const model = (name: string, config: unknown): string => {
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, name, 'config.json'), JSON.stringify(config))
  writeFileSync(join(folder, name, 'tokenizer.json'), '{}')
  return name
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'causeway-tokens-'))
  installFixture(folder)
  model('small', { id2label: { 0: 'O', 1: 'B-PER', 2: 'I-PER', 3: 'B-LOC', 4: 'B-CASENO' } })
})
after(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
  for (const stages of opened.splice(0)) await stages.close()
})

const rule = (more: object = {}): StageRule => ({
  type: 'tokens',
  name: 'names',
  model: './small',
  threshold: 0.5,
  timeout: 5_000,
  ...more,
})

const openRules = async (rules: readonly StageRule[], from = folder): Promise<Stages> => {
  const stages = await openStages({
    rules,
    folder: from,
    libraryFolders: [],
    mask: () => '••••',
    judge: () => assert.fail('no judge is configured'),
  })
  opened.push(stages)
  return stages
}

const open = async (more: object = {}) => {
  const stage = (await openRules([rule(more)])).stages[0] ?? assert.fail('there is no stage')
  return (text: string, signal = NEVER): Promise<readonly Finding[]> =>
    stage.read([{ path: 'p', text }], signal)
}

describe('a token classifier', () => {
  test('what it labels is found where it stands, accents, capitals and split words notwithstanding', async () => {
    const read = await open()
    const text = 'Yesterday Mirela Marković met Jelena Petrović in Oslo about 77-X.'
    const found = await read(text)
    assert.deepEqual(
      found.map(({ kind, type, start, end }) => [kind, type, text.slice(start, end)]),
      [
        ['contact', 'PERSON', 'Mirela'],
        ['contact', 'PERSON', 'ković'],
        ['contact', 'PERSON', 'Jelena'],
        ['contact', 'PERSON', 'Petrović'],
        [null, 'LOCATION', 'Oslo'],
        ['identity', 'CASENO', '77-X'],
      ],
    )
    assert.ok(found.every(({ masked, reason }) => masked === '••••' && /names/.test(reason)))
  })

  test('texts longer than the model reads are read to their end', async () => {
    const read = await open()
    const text = `${'word '.repeat(300)}Jelena ${'word '.repeat(500)}Mirela`
    const found = await read(text)
    assert.deepEqual(
      found.map(({ start, end }) => text.slice(start, end)),
      ['Jelena', 'Mirela'],
    )
  })

  test('below the threshold nothing counts', async () => {
    const read = await open({ threshold: 0.95 })
    assert.deepEqual(await read('Mirela'), [])
  })

  for (const word of ['THROW', 'RUBBISH', 'DIE', 'HANG']) {
    test(`a text at which it does ${word} fails, and the next one is read`, async () => {
      const read = await open({ timeout: word === 'HANG' ? 1_000 : 5_000 })
      await assert.rejects(read(`${word} Mirela`), (error: CausewayError) => {
        assert.equal(error.fault.code, 'detection_failed')
        assert.doesNotMatch(error.message, /Mirela/)
        return true
      })
      const again = async (tries: number): Promise<number> => {
        try {
          return (await read('Mirela')).length
        } catch (thrown) {
          if (tries === 0) throw thrown
          return again(tries - 1)
        }
      }
      assert.equal(await again(5), 1)
    })
  }

  test('a client that has left is not waited for', async () => {
    const read = await open()
    await assert.rejects(read('Mirela', AbortSignal.abort()), /client left/)
  })

  test('after it is closed it reads no more', async () => {
    const stages = await openRules([rule()])
    await stages.close()
    await assert.rejects(stages.stages[0]?.read([{ path: 'p', text: 'Mirela' }], NEVER) ?? Promise.resolve())
  })
})

describe('what keeps a token classifier from starting', () => {
  const refused = (starting: Promise<unknown>, what: RegExp): Promise<void> =>
    assert.rejects(starting, (error: CausewayError) => {
      assert.equal(error.fault.code, 'config_invalid')
      assert.equal(error.fault.field, 'sensitivity.stages[0].model')
      assert.match(error.message, what)
      return true
    })

  test('a folder without a model', () =>
    refused(open({ model: './nothing' }), /holds no model: config\.json and tokenizer\.json/))

  test('the library not installed, with the command that installs it', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'causeway-bare-'))
    try {
      const at = { model: join(folder, 'small') }
      await refused(
        openRules([rule(at)], bare),
        new RegExp(`npm install --prefix ${bare} @huggingface/transformers`),
      )
    } finally {
      rmSync(bare, { recursive: true, force: true })
    }
  })

  test('a model that cannot be read', async () => {
    model('broken', {})
    writeFileSync(join(folder, 'broken', 'config.json'), '{')
    await refused(open({ model: 'broken' }), /cannot be used/)
  })

  test('a model that names no labels', async () => {
    model('nameless', { id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } })
    await refused(open({ model: 'nameless' }), /names no labels/)
    model('mute', {})
    await refused(open({ model: 'mute' }), /names no labels/)
  })
})

describe('tokens as places', () => {
  const token = (entity: string, word: string, index: number) => ({ entity, word, index, score: 0.9 })
  const places = (text: string, tokens: readonly ReturnType<typeof token>[]): readonly string[] =>
    spansOf(text, tokens).map(({ label, start, end }) => `${label}:${text.slice(start, end)}`)

  test('runs of one label are one, a new beginning is another', () => {
    const text = 'Ana Lima Rui Sá'
    assert.deepEqual(
      places(text, [
        token('B-PER', 'Ana', 1),
        token('I-PER', 'Lima', 2),
        token('B-PER', 'Rui', 3),
        token('I-PER', 'Sá', 4),
      ]),
      ['PER:Ana Lima', 'PER:Rui Sá'],
    )
  })

  test('pieces of a word that each begin anew are one', () => {
    assert.deepEqual(places('Kowalczyk', [token('B-PER', 'Kowal', 1), token('B-PER', '##czyk', 2)]), [
      'PER:Kowalczyk',
    ])
  })

  test('marks of other tokenizers, and labels without prefixes', () => {
    assert.deepEqual(
      places('write to Ana Lima', [
        token('O', 'write', 0),
        token('O', '▁to', 1),
        token('private_person', ' Ana', 2),
        token('private_person', '▁Lima', 3),
      ]),
      ['private_person:Ana Lima'],
    )
  })

  test('a labelled token that stands nowhere labels the gap, and without one the whole', () => {
    assert.deepEqual(
      places('to 李雷 now', [token('O', 'to', 0), token('PER', '\ufffd', 1), token('O', 'now', 2)]),
      ['PER:李雷'],
    )
    assert.deepEqual(places('to now', [token('O', 'to', 0), token('O', 'now', 1), token('PER', 'Ana', 2)]), [
      'PER:to now',
    ])
  })

  test('no token, no text: nothing', () => {
    assert.deepEqual(spansOf('', []), [])
    assert.deepEqual(spansOf('', [token('PER', 'x', 0)]), [])
  })
})

describe('labels of token classifiers', () => {
  for (const [label, kind, type] of [
    ['PER', 'contact', 'PERSON'],
    ['GIVENNAME1', 'contact', 'PERSON'],
    ['private_email', 'contact', 'EMAIL'],
    ['TELEPHONENUM', 'contact', 'PHONE'],
    ['IPV4', 'contact', 'IP_ADDRESS'],
    ['SOCIALNUMBER', 'identity', 'NATIONAL_ID'],
    ['account_number', 'payment', 'BANK_ACCOUNT'],
    ['PASS', 'secret', 'PASSWORD'],
    ['Disease_disorder', 'health', 'MEDICAL'],
    ['ORG', null, 'ORGANIZATION'],
    ['MISC', null, 'NRP'],
    ['something-new', 'identity', 'OTHER'],
    ['SOMETHING_NEW', 'identity', 'SOMETHING_NEW'],
  ] as const) {
    test(`${label} is ${type}`, () => {
      const meaning = meaningOfLabel(label)
      assert.deepEqual([meaning.kind, meaning.type], [kind, type])
    })
  }
})
