/**
 * Who serves a model. A provider translates between our calls and one upstream's ways, and does nothing else:
 * no socket, clock, retry or state is in here.
 *
 * Promises: a request holds no secret before `sign`; `fault` is total and its message is short and masked;
 * options are strict; a provider's name occurs in its own file and in this list only, so shared code asks every
 * provider the same questions (which sides, which quirks, how recognised) instead of asking who it is. A closed
 * preset cannot be put on the own side. What leaves the machine is never called own: a local server that
 * forwards to a cloud says so in its discovery.
 *
 * Imports domain, lib and wire. The gateway asks for requests, signatures and faults, config for facts; the pure
 * rooms must not import it.
 *
 * Adding an upstream: one file (see any preset) and one line in the list below; the conformance suite in
 * server/test/conformance runs over it by itself.
 */
import { CausewayError } from '../domain/index.ts'
import { anthropic } from './anthropic.ts'
import { engine } from './engine.ts'
import { fireworks } from './fireworks.ts'
import { groq } from './groq.ts'
import { llamacpp } from './llamacpp.ts'
import { lmstudio } from './lmstudio.ts'
import { mistral } from './mistral.ts'
import { ollama } from './ollama.ts'
import { openai } from './openai.ts'
import { openaiCompatible } from './openai-compatible.ts'
import type { Preset } from './provider.ts'
import { together } from './together.ts'
import { vllm } from './vllm.ts'

export { maskSecrets } from './mask.ts'
export type { Capabilities, Preset } from './provider.ts'

const LIST: readonly Preset[] = [
  anthropic,
  openai,
  mistral,
  groq,
  together,
  fireworks,
  ollama,
  lmstudio,
  vllm,
  llamacpp,
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
