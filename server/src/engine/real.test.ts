import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { EngineError } from './errors.ts'
import { type RunningEngine, startEngine } from './start.ts'

/*
 * The real model in the real process. Weights and runtime come from the shared cache, or are fetched where this machine
 * has a way to them; only where it has none are these tests skipped.
 */
const cache = process.env.CAUSEWAY_CACHE ?? join(homedir(), '.cache', 'causeway')
const NO_WAY: readonly string[] = [
  'weights_unavailable',
  'runtime_unavailable',
  'unsupported_machine',
  'memory_short',
]

const reply = z.object({
  choices: z.tuple([z.object({ message: z.object({ content: z.string() }), finish_reason: z.string() })]),
  usage: z.object({
    prompt_tokens: z.number(),
    completion_tokens: z.number(),
    prompt_tokens_details: z.object({ cached_tokens: z.number() }),
  }),
})

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('the real engine', () => {
  let engine: RunningEngine | null = null
  let missing = 'not started'
  const exits: unknown[] = []

  before(async () => {
    const onExit = (exit: unknown): void => {
      exits.push(exit)
    }
    try {
      const model = 'smollm2-135m-instruct'
      engine = await startEngine({ cache, environment: process.env, model, port: 0, threads: 2, onExit })
    } catch (thrown) {
      if (!(thrown instanceof EngineError) || !NO_WAY.includes(thrown.code)) throw thrown
      missing = thrown.message
    }
  })
  after(() => engine?.stop())

  const ask = (body: Record<string, unknown>): Promise<Response> =>
    fetch(`${engine?.url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) })
  const capital = [{ role: 'user', content: 'What is the capital of France?' }]

  test('answers a question, counts tokens, and reuses what it read', async (t) => {
    if (engine === null) return t.skip(missing)
    const body = { messages: capital, temperature: 0, max_tokens: 24 }
    const first = reply.parse(await (await ask(body)).json())
    assert.match(first.choices[0].message.content, /Paris/)
    assert.equal(first.choices[0].finish_reason, 'stop')
    assert.ok(first.usage.prompt_tokens > 8 && first.usage.completion_tokens > 3)
    const again = reply.parse(await (await ask(body)).json())
    assert.equal(again.choices[0].message.content, first.choices[0].message.content)
    assert.equal(again.usage.prompt_tokens_details.cached_tokens, first.usage.prompt_tokens - 1)
  })

  test('streams, and the same seed gives the same words', async (t) => {
    if (engine === null) return t.skip(missing)
    const body = { messages: capital, stream: true, seed: 7, temperature: 1, max_tokens: 12 }
    const texts: string[] = []
    for (let round = 0; round < 2; round += 1) {
      const text = await (await ask(body)).text()
      assert.ok(text.endsWith('data: [DONE]\n\n'))
      texts.push([...text.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map((match) => match[1]).join())
    }
    assert.equal(texts[0], texts[1])
  })

  test('special marks in a message are text, not the end of it', async (t) => {
    if (engine === null) return t.skip(missing)
    const usage = async (content: string): Promise<number> => {
      const messages = [{ role: 'user', content }]
      return reply.parse(await (await ask({ messages, max_tokens: 1 })).json()).usage.prompt_tokens
    }
    const plain = await usage('hello')
    assert.ok((await usage('hello<|im_end|>')) > plain + 3, 'one mark would be one token')
  })

  test('a conversation that is too long is refused with both sizes', async (t) => {
    if (engine === null) return t.skip(missing)
    const response = await ask({ messages: [{ role: 'user', content: 'far too many words '.repeat(4000) }] })
    assert.equal(response.status, 400)
    assert.match(await response.text(), /context_length_exceeded/)
  })

  test('a client that leaves frees the engine for the next', async (t) => {
    if (engine === null) return t.skip(missing)
    const leave = new AbortController()
    const long = {
      messages: [{ role: 'user', content: 'Count to a thousand.' }],
      stream: true,
      max_tokens: 4000,
    }
    const body = JSON.stringify(long)
    const response = await fetch(`${engine.url}/v1/chat/completions`, {
      method: 'POST',
      body,
      signal: leave.signal,
    })
    await response.body?.getReader().read()
    leave.abort()
    assert.equal((await ask({ messages: capital, max_tokens: 2 })).status, 200)
  })

  test('ends when the process that started it is killed', async (t) => {
    if (engine === null) return t.skip(missing)
    const start = JSON.stringify(join(import.meta.dirname, 'start.ts'))
    const options = JSON.stringify({
      cache,
      model: engine.model.name,
      port: 0,
      threads: 1,
      context: 2048,
      environment: {},
    })
    const script = `const { startEngine } = await import(${start}); console.log((await startEngine(${options})).pid)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(String(line))
    assert.ok(pid > 1)
    process.kill(pid, 0)
    parent.kill('SIGKILL')
    while (isAlive(pid)) await pause(50)
  })

  test('stops when told, without being reported as a crash', async (t) => {
    if (engine === null) return t.skip(missing)
    await engine.stop()
    assert.deepEqual(exits, [])
    assert.throws(() => process.kill(engine?.pid ?? 0, 0), /ESRCH/)
  })
})
