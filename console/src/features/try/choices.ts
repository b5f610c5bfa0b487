import type { Level } from '../../contract.ts'

/** Levels that a client may raise a request to. */
export const RAISED = ['confidential', 'restricted'] as const satisfies readonly Level[]

const NAMES = ['model', 'use', 'level'] as const

/** What a text is tried for; the empty string leaves it to the configuration. */
export type Choices = Readonly<Record<(typeof NAMES)[number], string>>

export const choicesFrom = (parameters: URLSearchParams): Choices => {
  const named = (name: string): string => parameters.get(name)?.slice(0, 200) ?? ''
  return {
    model: named('model'),
    use: named('use'),
    level: RAISED.find((level) => level === named('level')) ?? '',
  }
}

export const choicesQuery = (choices: Choices): string => {
  const parameters = new URLSearchParams()
  for (const name of NAMES) if (choices[name] !== '') parameters.set(name, choices[name])
  return parameters.toString()
}
