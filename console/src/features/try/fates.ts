import type { CandidateView, ExplainView } from '../../contract.ts'

/** What one target may do with the text. */
export interface Fate {
  readonly candidate: CandidateView
  readonly may: 'yes' | 'across' | 'no'
  /** The rule that let it through or kept it. */
  readonly rule: string
  /** Why it would not be asked although it may, or null. */
  readonly lack: string | null
}

const RANKS: Readonly<Record<Fate['may'], number>> = { yes: 0, across: 1, no: 2 }

/** Every target: first those that may, in the order in which they would be asked, last those that may not. */
export const fatesOf = ({ candidates, across, ranking }: ExplainView): readonly Fate[] => {
  const over = new Map(across?.permitted.map(({ target, rule }) => [target, rule]))
  const order = ranking?.order ?? []
  const place = ({ candidate }: Fate): number => {
    const at = order.indexOf(candidate.target)
    return at < 0 ? order.length : at
  }
  return candidates
    .map((candidate): Fate => {
      const crossing = over.get(candidate.target)
      const lack = lackOf(ranking, candidate.target)
      if (crossing !== undefined) return { candidate, may: 'across', rule: crossing, lack }
      return candidate.refusal === null
        ? { candidate, may: 'yes', rule: candidate.rule ?? '', lack }
        : { candidate, may: 'no', rule: candidate.refusal.rule, lack: null }
    })
    .sort((a, b) => {
      const barred = Number(a.may === 'no') - Number(b.may === 'no')
      return barred || place(a) - place(b) || RANKS[a.may] - RANKS[b.may]
    })
}

const lackOf = (ranking: ExplainView['ranking'], target: string): string | null => {
  const unable = ranking?.unable.find((one) => one.target === target)
  if (unable !== undefined) return `Not able: ${unable.lacks}`
  const down = ranking?.down.find((one) => one.target === target)
  return down === undefined ? null : `Not healthy: ${down.why}`
}
