import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startProgram } from '../run-command.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** The first number after some words of the demonstration's output. */
const numberAfter = (out: string, words: RegExp): number =>
  Number(new RegExp(`${words.source}\\s*(\\d+)`).exec(out)?.[1] ?? Number.NaN)

/*
 * The demonstration as `npm run demo` starts it, with a real open model. It needs the engine's weights and
 * runtime, which it fetches itself; where they cannot be had the test says so and is skipped.
 */
test('the demonstration: nothing sensitive crosses, both sides answer, every decision can be made again', async (context) => {
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    // The simulated vendor stands for the closed side: no test spends anybody's money.
    if (value !== undefined && !/_API_KEY$|^NODE_TEST_CONTEXT$|^NODE_OPTIONS$/.test(name))
      environment[name] = value
  }
  environment['CAUSEWAY_CACHE'] ??= join(homedir(), '.cache', 'causeway')
  const folder = mkdtempSync(join(tmpdir(), 'causeway-demo-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const program = [join(ROOT, 'server', 'demo', 'run.ts'), join(folder, 'demo')]
  const demo = startProgram(program, { cwd: ROOT, environment }, 25 * 60_000)
  const code = await demo.ended
  const out = demo.out()
  const cannot = /The demonstration stopped: (The own side cannot be set up: .*)/.exec(out)?.[1]
  if (cannot !== undefined) {
    context.skip(cannot)
    return
  }
  const end = `${out.slice(-3000)}\n${demo.err()}`
  assert.match(out, /closed side: a SIMULATED vendor/)
  assert.match(out, /^Sensitive prompts that reached the closed side: 0$/m, end)
  assert.ok(numberAfter(out, /Answered at home:/) >= 15, end)
  assert.ok(numberAfter(out, /answered by the closed side \(SIMULATED\):/) >= 15, end)
  assert.match(out, /not answered: 0$/m, end)
  assert.ok(numberAfter(out, /Crossed under pseudonyms:/) >= 3, end)
  assert.match(out, /The support chat crossed home at turn 5, because of: .*payment/, end)
  assert.match(out, /x-causeway-dropped: messages\[/, end)
  const [, same, all] = /Decisions made again from their records: (\d+) of (\d+) the same/.exec(out) ?? []
  assert.equal(same, all, end)
  assert.ok(Number(all) >= 67, end)
  assert.match(out, /Audit log: .*intact/i, end)
  assert.equal(code, 0, end)
})
