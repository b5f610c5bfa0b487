import type { Finding } from '../domain/index.ts'
import { deepFreeze } from '../lib/index.ts'
import { sight } from './sight.ts'

/** What stands in one text, for people to look at; `path` is ''. Values are masked. */
export const inspect = (text: string): readonly Finding[] =>
  deepFreeze(sight(text).map((sighting) => ({ ...sighting, path: '' })))
