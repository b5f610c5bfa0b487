/**
 * The data plane: one request through eight steps.
 *
 * 1 accept (server.ts, body.ts, form.ts) → 2 identify (admit.ts, identify.ts) → 3 read (incoming.ts, wire) →
 * 4 label (content.ts, sensitivity) → 5 permit (permit.ts, crossing.ts, policy) → 6 rank (rank.ts, routing) →
 * 7 send (send.ts, egress.ts, transport.ts) → 8 settle (settle.ts, record.ts). pipeline.ts is that list as code.
 *
 * What comes back in step 7 is heard by answer.ts, one for each attempt: relayed.ts where client and target speak one
 * dialect, translated.ts where not (both are a Through), delivery.ts for a stream's way to the client, refused.ts for
 * a refusal, attempt.ts for what the trace keeps of it.
 *
 * Promises: a request uses one snapshot from beginning to end; nothing leaves but through egress, and egress
 * wants a permit for the very call; whatever happens, the request is settled once, and its record is durable
 * before the client has the last byte.
 *
 * What requests leave behind for later ones: kept-response.ts (answers that are referred to by id) and brought.ts
 * (state that goes home to its issuer only).
 *
 * This room owns sockets, time and order; every other room takes values and returns values. Only main and cli
 * may import it.
 */
export { addressAllowed } from './connector.ts'
export { createEgress, dialectFor, type Egress } from './egress.ts'
export type { Keyring } from './identify.ts'
export { type JudgeParts, judgeOf } from './judge.ts'
export { type Gateway, type GatewayOptions, startGateway } from './server.ts'
