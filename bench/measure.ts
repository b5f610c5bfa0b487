import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Candidate, Running } from './candidates.ts'
import type { Order, Outcome } from './load.ts'
import { type Plan, type Scenario, shareOf } from './plan.ts'
import { cpuSeconds, endOf, guard, residentMegabytes } from './process-tree.ts'

/** What one candidate reached in one round. */
export interface Reading {
  readonly candidate: string
  readonly round: number
  readonly startSeconds: number
  /** Megabytes right after the start, and after all the load. */
  readonly residentIdle: number
  readonly residentLoaded: number
  /** Microseconds of CPU a request (or a stream) by the scenario's name. */
  readonly cpu: Readonly<Record<string, number>>
  readonly counted: Readonly<Record<string, number>>
  /** Milliseconds, median: through the candidate less directly, and directly. */
  readonly added: number
  readonly direct: number
  /** Milliseconds from the client's leaving to the upstream's notice; null where the upstream was never told. */
  readonly leaving: readonly number[] | null
  readonly failures: readonly string[]
}

/** The load generator's process. */
export interface Generator {
  carryOut(order: Order): Promise<Outcome>
  end(): Promise<void>
}

const isOutcome = (value: unknown): value is Outcome & { readonly order: number } =>
  typeof value === 'object' && value !== null && 'done' in value && 'order' in value

/** Longer than any order takes that is well: its own seconds, the answers still awaited, the clients' patience. */
const PATIENCE = 60

export const startGenerator = (): Generator => {
  const child: ChildProcess = fork(fileURLToPath(new URL('load.ts', import.meta.url)))
  guard(child)
  let settle: (outcome: unknown) => void = () => undefined
  let number = 0
  // An answer that comes after its order was given up must not pass for the next one's.
  child.on('message', (message) => {
    if (isOutcome(message) && message.order === number) settle(message)
  })
  child.on('exit', () => settle(null))
  return {
    async carryOut(order) {
      const answer = new Promise<unknown>((resolve) => {
        settle = resolve
      })
      const timer = setTimeout(() => settle(null), (order.seconds + PATIENCE) * 1000)
      number++
      child.send({ ...order, order: number })
      const outcome = await answer
      clearTimeout(timer)
      if (!isOutcome(outcome)) throw new Error('the load generator did not finish')
      return outcome
    },
    end: () => endOf(child),
  }
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250))

/** A request before the load: what fails here would fail twenty thousand times. */
const tryOut = async (candidate: Candidate, running: Running): Promise<void> => {
  const { url, headers, model } = running.address
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Say hello.' }] }),
  })
  const text = await answer.text()
  if (answer.status !== 200)
    throw new Error(`${candidate.name} answers ${answer.status}: ${text.slice(0, 300)}`)
  const label = answer.headers.get('x-causeway-label')
  if (candidate.labels && label !== 'public')
    throw new Error(`${candidate.name} labels nothing (${label}), so the figures would not be its own`)
}

/** All that is measured of one candidate in one round. */
class Turn {
  readonly cpu: Record<string, number> = {}
  readonly counted: Record<string, number> = {}
  readonly failures: string[] = []
  readonly #plan: Plan
  readonly #running: Running
  readonly #generator: Generator
  readonly #upstream: string

  constructor(plan: Plan, running: Running, generator: Generator, upstream: string) {
    this.#plan = plan
    this.#running = running
    this.#generator = generator
    this.#upstream = upstream
  }

  async #order(
    type: Order['type'],
    scenario: Scenario,
    count: number,
    concurrency: number,
  ): Promise<Outcome> {
    const outcome = await this.#generator.carryOut({
      type,
      to: this.#running.address,
      direct: `${this.#upstream}/v1/chat/completions`,
      body: scenario.body,
      count,
      concurrency,
      seconds: this.#plan.secondsEach,
    })
    if (outcome.failed > 0 && type !== 'leave')
      this.failures.push(
        `${scenario.name}, ${type}: ${outcome.failed} failed, the first with ${outcome.firstFailure}`,
      )
    return outcome
  }

  /** The pauses let what a candidate does behind its answers, such as writing records, count as well. */
  async load(scenario: Scenario): Promise<void> {
    const { concurrency } = this.#plan
    await this.#order('load', scenario, scenario.warm, concurrency)
    await quiet()
    const before = cpuSeconds(this.#running.program.id)
    const { done } = await this.#order('load', scenario, scenario.count, concurrency)
    await quiet()
    this.cpu[scenario.name] = ((cpuSeconds(this.#running.program.id) - before) / done) * 1e6
    this.counted[scenario.name] = done
  }

  async latency(scenario: Scenario): Promise<{ readonly added: number; readonly direct: number }> {
    const { times, direct } = await this.#order('latency', scenario, this.#plan.latencies, 1)
    return { added: median(times) - median(direct), direct: median(direct) }
  }

  async leaving(scenario: Scenario): Promise<readonly number[] | null> {
    const { times, failed } = await this.#order('leave', scenario, this.#plan.leavings, 1)
    return failed > 0 ? null : times
  }
}

/** Starts the candidate, measures all of the plan, ends it. */
export const measure = async (
  candidate: Candidate,
  round: number,
  plan: Plan,
  generator: Generator,
  upstream: string,
): Promise<Reading> => {
  const began = performance.now()
  const running = await candidate.start(upstream)
  try {
    const startSeconds = (performance.now() - began) / 1000
    await quiet()
    const residentIdle = residentMegabytes(running.program.id)
    await tryOut(candidate, running)
    const turn = new Turn(plan, running, generator, upstream)
    const scenarios = plan.scenarios.filter(({ brief }) => brief || !candidate.brief)
    for (const scenario of scenarios) await turn.load(shareOf(scenario, candidate.share))
    const residentLoaded = residentMegabytes(running.program.id)
    const [first] = scenarios
    const stream = scenarios.find(({ body }) => body.stream)
    if (first === undefined) throw new Error('a plan without scenarios')
    return {
      candidate: candidate.name,
      round,
      startSeconds,
      residentIdle,
      residentLoaded,
      cpu: turn.cpu,
      counted: turn.counted,
      ...(await turn.latency(first)),
      leaving: stream === undefined ? [] : await turn.leaving(stream),
      failures: turn.failures,
    }
  } finally {
    await running.program.end()
  }
}
