/** What was counted over all conversations. */
export interface RoundTrip {
  readonly conversations: number
  readonly requests: number
  /** Values whose original stood in what would have been sent, with an example of each kind of value. */
  readonly sent: number
  /** Stand-ins in answers, and what became of them. */
  readonly standIns: number
  readonly restored: number
  readonly unrestored: number
  readonly wrong: number
  readonly left: number
  /** Findings in covered requests that are not known for stand-ins, where the labeller looks again: such a request does not cross. */
  readonly strange: number
  /** By rewording: how many there were and how many came back. */
  readonly byRewording: Readonly<Record<string, { readonly all: number; readonly restored: number }>>
  readonly byLanguage: Readonly<Record<string, { readonly all: number; readonly restored: number }>>
  readonly examples: readonly string[]
}

/** Counts what becomes of every stand-in. */
export class Counter {
  requests = 0
  sent = 0
  standIns = 0
  restored = 0
  wrong = 0
  left = 0
  strange = 0
  readonly byRewording = new Map<string, { all: number; restored: number }>()
  readonly byLanguage = new Map<string, { all: number; restored: number }>()
  readonly examples: string[] = []

  example(text: string): void {
    if (this.examples.length < 60) this.examples.push(text)
  }

  count(language: string, rewording: string, restored: boolean): void {
    this.standIns += 1
    if (restored) this.restored += 1
    for (const [map, key] of [
      [this.byRewording, rewording],
      [this.byLanguage, language],
    ] as const) {
      const entry = map.get(key) ?? { all: 0, restored: 0 }
      entry.all += 1
      if (restored) entry.restored += 1
      map.set(key, entry)
    }
  }
}
