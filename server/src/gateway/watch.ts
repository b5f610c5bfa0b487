import type { GuardRules, Reviser } from '../domain/index.ts'
import { createGuard } from '../guard/index.ts'
import type { Labeller } from '../sensitivity/index.ts'
import { isLabelled, type Trace } from './trace.ts'

const isWatched = ({ snapshot, label }: Trace): boolean =>
  snapshot.guard.watch === 'all' || (label !== null && isLabelled(label))

/** Whether the answer to a request may be changed by what watches it. */
export const mayMask = (trace: Trace): boolean => {
  const { answers, links } = trace.snapshot.guard
  const actions = [...Object.values(answers), ...(links === null ? [] : [links.action])]
  return isWatched(trace) && actions.some((action) => action !== 'mark')
}

/** What watches the answer to a request, with the labeller's eyes; null where the configuration asks for nothing. */
export const watchOf = (trace: Trace, labeller: Labeller): Reviser | null => {
  const rules: GuardRules = trace.snapshot.guard
  if (!isWatched(trace)) return null
  return createGuard({
    rules,
    find: (text) => labeller.find(text),
    report: (guarded) => {
      trace.guarded = guarded
    },
  })
}
