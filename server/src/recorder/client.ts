import { setTimeout as sleep } from 'node:timers/promises'
import {
  CausewayError,
  type Clock,
  type EventLeaf,
  type IntentLeaf,
  type RequestRecord,
} from '../domain/index.ts'
import { EVENT, type FromRecorder, INTENT, OUTCOME, type Rejected } from './messages.ts'
import { type Fact, FactQueue, factOf, refused, unavailable } from './queue.ts'
import { startThread, type Thread } from './thread.ts'

const FIRST_RETRY = 1000
const LAST_RETRY = 10_000
const PROBLEM_LENGTH = 500

/** Since when, and why, nothing can be recorded. */
interface Outage {
  readonly since: string
  readonly problem: string
}

export interface ClientOptions {
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
  /** Milliseconds that one batch may take. */
  readonly deadline: number
}

/**
 * The recorder as the rest of the process sees it. One batch is under way at a time; what comes meanwhile is
 * the next one, so a busy gateway shares each sync among many requests and an idle one waits for nobody.
 */
export class RecorderClient {
  readonly #options: ClientOptions
  readonly #queue = new FactQueue()
  readonly #snapshots = new Map<number, Fact>()
  #nextSnapshot = 0
  #thread: Thread | null = null
  /** Facts of the batch under way; null where there is none. */
  #sent: readonly Fact[] | null = null
  /** Whether the batch under way begins with a leaf about an outage. */
  #tellsOutage = false
  #isScheduled = false
  #isClosed = false
  #isHanging = false
  #outage: Outage | null = null
  /** Damage found on a restart: no later success can mend it. */
  #isLost = false
  #deadline: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #pause = FIRST_RETRY
  /** Called when nothing is waiting or under way any more. */
  #idle: (() => void) | null = null
  #closed: (() => void) | null = null

  private constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Rejects as `startThread` does. */
  static async open(options: ClientOptions): Promise<RecorderClient> {
    const client = new RecorderClient(options)
    await client.#start()
    return client
  }

  get publicKey(): string {
    return this.#thread?.publicKey ?? ''
  }

  intent(leaf: IntentLeaf): Promise<void> {
    return this.#add(INTENT + JSON.stringify(leaf))
  }

  outcome(record: RequestRecord): Promise<void> {
    return this.#add(OUTCOME + JSON.stringify(record))
  }

  event(leaf: EventLeaf): Promise<void> {
    return this.#add(EVENT + JSON.stringify(leaf))
  }

  snapshot(hash: string, source: string): Promise<void> {
    const refusal = this.#refusal()
    if (refusal !== null || this.#thread === null) return refused(refusal ?? 'The recorder is not running.')
    const id = this.#nextSnapshot
    this.#nextSnapshot += 1
    const { fact, promise } = factOf(hash)
    this.#snapshots.set(id, fact)
    this.#thread.post({ type: 'snapshot', id, hash, source })
    const timer = setTimeout(() => this.#answerSnapshot(id, this.#slow()), this.#options.deadline)
    const stop = (): void => clearTimeout(timer)
    promise.then(stop, stop)
    return promise
  }

  trouble(): string | null {
    return this.#outage?.problem ?? null
  }

  /** Flushes and stops. False where the thread hangs in the disk and may still write. */
  async close(): Promise<boolean> {
    if (!this.#isHanging && this.#thread !== null && (this.#queue.length > 0 || this.#sent !== null)) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve
      })
    }
    this.#isClosed = true
    clearTimeout(this.#retry)
    for (const fact of this.#queue.takeAll()) fact.reject(unavailable('The recorder is closed.'))
    const thread = this.#thread
    if (thread === null) return true
    const closed = new Promise<void>((resolve) => {
      this.#closed = resolve
    })
    thread.post({ type: 'close' })
    await this.#orLate(closed)
    return await this.#orLate(thread.stop())
  }

  /** True if the promise settled within the deadline. */
  async #orLate(promise: Promise<void>): Promise<boolean> {
    const stop = new AbortController()
    const late = sleep(this.#options.deadline, false, { signal: stop.signal }).catch(() => false)
    const inTime = await Promise.race([promise.then(() => true), late])
    stop.abort()
    return inTime
  }

  #slow(): string {
    return `The data folder has not answered for ${this.#options.deadline} ms.`
  }

  /** Why a new fact cannot even be tried. */
  #refusal(): string | null {
    if (this.#isClosed) return 'The recorder is closed.'
    if (this.#thread === null || this.#isHanging) return this.trouble()
    return this.#queue.isFull ? 'More facts are waiting to be written than may wait.' : null
  }

  #add(text: string): Promise<void> {
    const refusal = this.#refusal()
    if (refusal !== null) return refused(refusal)
    const { fact, promise } = factOf(text)
    this.#queue.add(fact)
    this.#schedule()
    return promise
  }

  #schedule(): void {
    if (this.#isScheduled || this.#sent !== null) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#sent !== null || this.#thread === null || this.#isClosed) return
    if (this.#queue.length === 0 && this.#outage === null) return
    const batch = this.#queue.takeBatch()
    const texts = batch.map((fact) => fact.text)
    this.#tellsOutage = this.#outage !== null
    if (this.#outage !== null) texts.unshift(EVENT + JSON.stringify(this.#outageLeaf(this.#outage)))
    this.#sent = batch
    this.#thread.post({ type: 'batch', text: texts.join('\n') })
    this.#deadline = setTimeout(() => this.#hang(), this.#options.deadline)
  }

  #outageLeaf({ since, problem }: Outage): EventLeaf {
    const detail = { reason: 'recording was not possible', since, problem: problem.slice(0, PROBLEM_LENGTH) }
    return { v: 1, type: 'event', time: this.#time(), event: 'repaired', detail }
  }

  #time(): string {
    return new Date(this.#options.clock.now()).toISOString()
  }

  #hear(message: FromRecorder): void {
    switch (message.type) {
      case 'done':
        this.#done(message.rejected)
        break
      case 'failed':
        this.#break(`The record could not be written: ${message.message}`, this.#endBatch())
        this.#proceed()
        break
      case 'kept':
        this.#answerSnapshot(message.id, message.problem)
        break
      case 'closed':
        this.#closed?.()
        break
      case 'ready':
      case 'refused':
        break
    }
  }

  #done(rejected: readonly Rejected[]): void {
    const wasHanging = this.#isHanging
    const shift = this.#tellsOutage ? 1 : 0
    const batch = this.#endBatch()
    const reasons = new Map(rejected.map(({ position, message }) => [position - shift, message]))
    // An outage that began while this very batch hung is over, but no leaf has told of it yet: the next one does.
    if (this.#tellsOutage || !wasHanging) this.#outage = null
    this.#pause = FIRST_RETRY
    clearTimeout(this.#retry)
    for (const [position, fact] of batch.entries()) {
      const reason = reasons.get(position)
      if (reason === undefined) fact.resolve()
      else fact.reject(unavailable(reason))
    }
    this.#proceed()
  }

  /** The disk hangs. What it was given may still arrive; nobody is told that it did. */
  #hang(): void {
    const batch = this.#sent ?? []
    this.#sent = []
    this.#isHanging = true
    this.#break(this.#slow(), [...batch, ...this.#queue.takeAll()])
    this.#idle?.()
  }

  #endBatch(): readonly Fact[] {
    clearTimeout(this.#deadline)
    const batch = this.#sent ?? []
    this.#sent = null
    this.#isHanging = false
    return batch
  }

  #break(problem: string, facts: readonly Fact[]): void {
    this.#outage = { since: this.#outage?.since ?? this.#time(), problem }
    for (const fact of facts) fact.reject(unavailable(problem))
    clearTimeout(this.#retry)
    if (this.#isClosed || this.#isLost) return
    this.#retry = setTimeout(() => (this.#thread === null ? this.#restart() : this.#flush()), this.#pause)
    this.#retry.unref()
    this.#pause = Math.min(LAST_RETRY, this.#pause * 2)
  }

  #proceed(): void {
    if (this.#queue.length > 0) this.#schedule()
    else if (this.#idle !== null) this.#idle()
    else if (this.#outage !== null && this.#pause === FIRST_RETRY) this.#schedule()
  }

  #answerSnapshot(id: number, problem: string | null): void {
    const fact = this.#snapshots.get(id)
    this.#snapshots.delete(id)
    if (problem === null) fact?.resolve()
    else fact?.reject(unavailable(`The configuration could not be kept: ${problem}`))
  }

  async #start(): Promise<void> {
    this.#thread = await startThread(
      { folder: this.#options.folder, time: this.#time() },
      { message: (message) => this.#hear(message), ended: (reason) => this.#ended(reason) },
    )
  }

  #ended(reason: string): void {
    this.#thread = null
    this.#closed?.()
    if (this.#isClosed) return
    this.#break(`The recorder's thread stopped: ${reason}.`, [...this.#endBatch(), ...this.#queue.takeAll()])
    for (const id of [...this.#snapshots.keys()]) this.#answerSnapshot(id, 'the recorder stopped')
    this.#idle?.()
  }

  async #restart(): Promise<void> {
    try {
      await this.#start()
      if (this.#isClosed) await this.#thread?.stop()
      else this.#flush()
    } catch (thrown) {
      this.#isLost = thrown instanceof CausewayError && thrown.fault.code === 'record_damaged'
      this.#break(thrown instanceof Error ? thrown.message : String(thrown), [])
    }
  }
}
