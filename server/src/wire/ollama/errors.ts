import type { Fault, JsonObject } from '../../domain/index.ts'
import { sentence } from '../body/sentence.ts'

/** `{error: "…"}`, which is all that the dialect has. */
export const errorBody = (fault: Fault): JsonObject => ({ error: sentence(fault) })

/** The same as the stream's last line. No line before it is ever sent in half, and clients choke on an empty one. */
export const errorEvent = (fault: Fault): string => `${JSON.stringify(errorBody(fault))}\n`
