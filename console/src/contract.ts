/** What the server says, as types alone: nothing of the server is in this bundle. */
export type * from '../../server/src/control/contract.ts'
