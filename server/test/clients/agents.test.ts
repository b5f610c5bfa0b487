import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Heard, Said } from '../simulated/conversation-model.ts'
import { type ClientsHouse, houseOfSuite, suite } from './house.ts'
import { resultsIn } from './scenarios.ts'

/* Agents of others on the command line: they read a file with their own tools, and the answer says what was in it. */

const packages = fileURLToPath(new URL('node_modules/', import.meta.url))
const WORD = 'grünspan-4711'
/** Milliseconds; an agent starts in two seconds. */
const PATIENCE = 60_000

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Workplace {
  readonly home: string
  readonly project: string
}

const inWorkplace = async (run: (place: Workplace) => Promise<Outcome>): Promise<Outcome> => {
  const home = mkdtempSync(join(tmpdir(), 'causeway-agent-'))
  const project = join(home, 'project')
  mkdirSync(project)
  for (const name of ['note.txt', 'other.txt']) writeFileSync(join(project, name), `The word is ${WORD}.\n`)
  try {
    return await run({ home, project })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Runs in an environment of its own, in a home that is gone afterwards. */
const runAgent = (
  { home, project }: Workplace,
  script: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packages, script), ...words], {
      cwd: project,
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        USERPROFILE: home,
        TMPDIR: home,
        CI: '1',
        NO_COLOR: '1',
        ...environment,
      },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })

const propertyOf = (schema: unknown, wanted: RegExp): string => {
  const properties =
    typeof schema === 'object' && schema !== null && 'properties' in schema ? schema.properties : {}
  return (
    Object.keys(typeof properties === 'object' && properties !== null ? properties : {}).find((name) =>
      wanted.test(name),
    ) ?? 'path'
  )
}

/** Calls the agent's own tools by what it says of them: lists the folder and reads the note, then says what it read. */
const reads =
  ({ project }: Workplace) =>
  (heard: Heard): Said => {
    const results = resultsIn(heard)
    const read = heard.tools.find(({ name }) => /^read(_file)?$/.test(name))
    const list = heard.tools.find(({ name }) => /^(ls|list_directory|bash)$/.test(name))
    if (read === undefined || list === undefined) return { text: 'There is nothing to do.' }
    const note = join(project, 'note.txt')
    if (results.length === 0)
      return {
        think: 'I look around first.',
        text: 'I look.',
        calls: [
          {
            name: list.name,
            input:
              list.name === 'bash' ? { command: 'ls' } : { [propertyOf(list.schema, /path|dir/)]: project },
          },
          { name: read.name, input: { [propertyOf(read.schema, /path/)]: note } },
        ],
      }
    if (results.length === 2)
      return {
        think: 'Once more.',
        calls: [
          { name: read.name, input: { [propertyOf(read.schema, /path/)]: join(project, 'other.txt') } },
        ],
      }
    const found = results.filter(([, text]) => text.includes(WORD)).length
    const listed = results.some(([name, text]) => name === list.name && text.includes('note.txt'))
    return { text: `[simulated model] read ${found} times, listed ${listed}, word ${WORD}` }
  }

const SAID = `[simulated model] read 2 times, listed true, word ${WORD}`

const check = ({ model }: ClientsHouse, outcome: Outcome, dialect: string): void => {
  assert.deepEqual(
    model.visits.flatMap(({ refusal, body }) =>
      refusal === null ? [] : [{ refusal, body: body.slice(0, 2000) }],
    ),
    [],
  )
  assert.ok(outcome.stdout.includes(SAID), `${outcome.code}\n${outcome.stdout}\n${outcome.stderr}`)
  assert.equal(outcome.code, 0)
  const spoken = model.visits.flatMap(({ heard }) => (heard === null ? [] : [heard.dialect]))
  assert.deepEqual(new Set(spoken), new Set([dialect]))
  assert.ok(spoken.length >= 3, `${spoken.length} calls`)
}

suite('agents on the command line', () => {
  const house = houseOfSuite()

  for (const [api, target, dialect] of [
    ['openai-completions', 'gemini', 'gemini'],
    ['openai-completions', 'responses', 'openai-responses'],
    ['openai-completions', 'messages', 'anthropic-messages'],
    ['openai-responses', 'converse', 'bedrock-converse'],
    ['anthropic-messages', 'gemini', 'gemini'],
    ['anthropic-messages', 'responses', 'openai-responses'],
    ['anthropic-messages', 'chat', 'openai-chat'],
  ] as const) {
    test(`T06 T10 T12 pi, ${api}, works with tools on ${target}`, async () => {
      const { url, key, model } = house()
      model.visits.length = 0
      const outcome = await inWorkplace((place) => {
        model.plays(reads(place))
        const folder = join(place.home, '.pi', 'agent')
        mkdirSync(folder, { recursive: true })
        const baseUrl = api === 'anthropic-messages' ? url : `${url}/v1`
        const models = [{ id: target, reasoning: true }]
        writeFileSync(
          join(folder, 'models.json'),
          JSON.stringify({ providers: { causeway: { baseUrl, api, apiKey: key, models } } }),
        )
        return runAgent(
          place,
          '@mariozechner/pi-coding-agent/dist/cli.js',
          [
            '--provider',
            'causeway',
            '--model',
            target,
            '--thinking',
            'medium',
            '--tools',
            'read,ls',
            '--no-session',
            '--offline',
            '-p',
            'What does note.txt say?',
          ],
          { PI_OFFLINE: '1' },
        )
      })
      check(house(), outcome, dialect)
    })
  }

  for (const [target, dialect] of [
    ['messages', 'anthropic-messages'],
    ['converse', 'bedrock-converse'],
  ] as const) {
    test(`T06 qwen works with tools on ${target}`, async () => {
      const { url, key, model } = house()
      model.visits.length = 0
      const outcome = await inWorkplace((place) => {
        model.plays(reads(place))
        return runAgent(
          place,
          '@qwen-code/qwen-code/cli.js',
          ['--auth-type', 'openai', '--yolo', '-p', 'What does note.txt say?'],
          {
            OPENAI_BASE_URL: `${url}/v1`,
            OPENAI_API_KEY: key,
            OPENAI_MODEL: target,
            QWEN_TELEMETRY_ENABLED: 'false',
            GEMINI_TELEMETRY_ENABLED: 'false',
          },
        )
      })
      check(house(), outcome, dialect)
    })
  }
})
