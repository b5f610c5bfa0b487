/**
 * Reasoning of a model that signs nothing is shown to the client as thinking, under this mark in place of a
 * signature. The client sends it back with its history; an issuer that checks signatures would refuse it, so
 * `forward` takes it out again before it leaves.
 */
export const UNSIGNED = 'causeway-unsigned'
