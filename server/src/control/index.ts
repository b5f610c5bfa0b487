/**
 * The control plane: what people look at and administer with, over one port of its own.
 *
 * Promises: nothing is answered before the request's Host and Origin were found to be ours and its token or
 * session was found good, but for the plain page that says where the token is. The API reads what it is
 * handed (`Ledger`, `Live`, `Snapshot`) and changes one thing only: what was kept of a conversation can be
 * forgotten, which is on the record before it is done. What records hold is told as data, never as
 * markup, and every answer forbids scripts, styles and connections from elsewhere. A watcher that reads too
 * slowly is cut off and catches up later; it never makes the process grow.
 *
 * Imports domain, lib, config and the pure rooms; never the gateway, the store or the recorder: they come as
 * ports. Only main.ts and cli/ import this room; the console imports the types in contract.ts.
 */

export type {
  AcrossView,
  ConversationsPage,
  EngineView,
  ErrorView,
  ExplainedFinding,
  ExplainInput,
  ExplainView,
  ForgottenView,
  OverviewView,
  RequestSummary,
  RequestsPage,
  RequestView,
  RuntimeView,
  StatusView,
  TargetView,
} from './contract.ts'
export { type ForgottenBy, forgetConversation } from './conversations/forget.ts'
export type { ConversationParts } from './conversations/parts.ts'
export { type ControlOptions, type ControlServer, type Live, startControl } from './http.ts'
export { whyOf } from './requests/summary.ts'
