import { randomBytes } from 'node:crypto'
import type { Pseudonyms } from './contract.ts'
import { coverCall } from './cover.ts'
import { isStandIn } from './is-stand-in.ts'
import { GuessingStream, JsonStream } from './json-stream.ts'
import { dataOf, type Mapping } from './mapping.ts'
import { Matcher } from './matcher.ts'
import { reviserOf, TextStream } from './reviser.ts'
import { open, seal } from './seal.ts'

interface PseudonymsOptions {
  /** Any length; 32 random bytes are meant. */
  readonly secret: Uint8Array
  /**
   * What tells a new conversation's stand-ins from all others', in hex and not empty; 16 random bytes unless told.
   * To tell it is for measurements that must come out the same twice.
   */
  readonly newSalt?: () => string
}

const randomSalt = (): string => randomBytes(16).toString('hex')

/** Makes stand-ins that depend on the secret and on the conversation. */
export const createPseudonyms = (options: PseudonymsOptions): Pseudonyms => {
  const { newSalt = randomSalt } = options
  const secret = Uint8Array.from(options.secret)
  // A mapping never changes, so what was built to look for its stand-ins serves as long as it lives.
  const matchers = new WeakMap<Mapping, Matcher>()
  const matcherOf = (mapping: Mapping): Matcher => {
    const known = matchers.get(mapping)
    if (known !== undefined) return known
    const matcher = new Matcher(dataOf(mapping), 'restore')
    matchers.set(mapping, matcher)
    return matcher
  }
  return {
    cover: (call, sites, ways, mapping) => coverCall(call, sites, ways, mapping, { secret, newSalt }),
    isStandIn: (mapping, value, type) => isStandIn(matcherOf(mapping), value, type),
    reviser(mapping, report) {
      const matcher = matcherOf(mapping)
      const text = () => new TextStream(matcher, report)
      const json = () => new JsonStream(matcher, report)
      return reviserOf(({ form }) =>
        form === 'json' ? json() : new GuessingStream((isJson) => (isJson ? json() : text())),
      )
    },
    seal,
    open,
  }
}
