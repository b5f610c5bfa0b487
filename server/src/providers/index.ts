/**
 * Who serves a model. A provider translates between our calls and one upstream's ways, and does nothing else:
 * no socket, clock, retry or state is in here.
 *
 * Promises: a request holds no secret before `sign`; `fault` is total and its message is short and masked;
 * options are strict; a provider's name occurs in the one file that defines it and in this list only, so shared code asks every
 * provider the same questions (which sides, which quirks, how recognised) instead of asking who it is. A closed
 * preset cannot be put on the own side. What leaves the machine is never called own: a local server that
 * forwards to a cloud says so in its discovery.
 *
 * Imports domain, lib and wire. The gateway asks for requests, signatures and faults, config for facts; the pure
 * rooms must not import it.
 *
 * Adding an upstream: a row in the table of its shore under presets/, or, where it has ways of its own, one file
 * and one line in the list below; the conformance suite in server/test/conformance runs over it by itself, and
 * docs/providers.md must name it.
 */
import { CausewayError } from '../domain/index.ts'
import { anthropic } from './anthropic.ts'
import { azure } from './azure.ts'
import { bedrock } from './bedrock.ts'
import { engine } from './engine.ts'
import { gemini } from './gemini.ts'
import { llamacpp } from './llamacpp.ts'
import { lmstudio } from './lmstudio.ts'
import { ollama } from './ollama.ts'
import { openaiCompatible } from './openai-compatible.ts'
import { CLOSED } from './presets/closed.ts'
import { OWN } from './presets/own.ts'
import { RENTED } from './presets/rented.ts'
import type { Preset } from './provider.ts'
import { sglang } from './sglang.ts'
import { vertex } from './vertex.ts'
import { vllm } from './vllm.ts'

export { saysTooLong } from './fault.ts'
export { maskSecrets } from './mask.ts'
export type { Capabilities, Located, Preset, Stated } from './provider.ts'
export { rateHeaders } from './rate.ts'

const LIST: readonly Preset[] = [
  anthropic,
  ...CLOSED,
  gemini,
  azure,
  vertex,
  bedrock,
  ...RENTED,
  ollama,
  lmstudio,
  vllm,
  sglang,
  llamacpp,
  ...OWN,
  engine,
  openaiCompatible,
]

/** Every provider by name; closed ones first, in the order in which first start offers them. */
export const PROVIDERS: ReadonlyMap<string, Preset> = new Map(
  LIST.map((provider) => [provider.name, provider]),
)

/** The provider of the server that we bring along. */
export const builtIn: Preset = engine

/** The provider of that name; throws `config_invalid` naming those there are. */
export const providerOf = (name: string): Preset => {
  const provider = PROVIDERS.get(name)
  if (provider !== undefined) return provider
  throw new CausewayError(
    'config_invalid',
    `There is no provider of that name; there are ${[...PROVIDERS.keys()].join(', ')}.`,
  )
}
