import { CausewayError } from '../domain/index.ts'

/** Where in the file, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One thing wrong with a configuration. Messages never repeat a value that may be a secret. */
export interface Problem {
  /** `targets[0].model`; empty for the file as a whole. */
  readonly path: string
  readonly message: string
  readonly place: Place | null
}

export type Path = readonly (string | number)[]

/** What one check found, before it is given a place in the file. */
export interface Found {
  readonly path: Path
  readonly message: string
}

/** `['targets', 0, 'model']` → `targets[0].model`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )

/** `targets[0].modle: unknown key; did you mean "model"? (line 7, column 5)` */
export const problemText = ({ path, message, place }: Problem): string => {
  const where = place === null ? '' : ` (line ${place.line}, column ${place.column})`
  return `${path === '' ? '' : `${path}: `}${message}${where}`
}

/** In the order of the file, those without a place first. */
export const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  [...problems].sort(
    (a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0),
  )

/** All of them as one error, `config_invalid`, a line each. */
export const configError = (name: string, problems: readonly Problem[]): CausewayError => {
  const lines = inOrder(problems).map((problem) => `  ${problemText(problem)}`)
  const count = problems.length === 1 ? 'one mistake' : `${problems.length} mistakes`
  const first = problems[0]
  return new CausewayError(
    'config_invalid',
    `${name} has ${count}:\n${lines.join('\n')}`,
    first === undefined || first.path === '' ? {} : { field: first.path },
  )
}
