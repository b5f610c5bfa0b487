/**
 * The vocabulary of the house. Types, the permit, the ports, the table of errors, and nothing that acts.
 *
 * Promises: every word means one thing (see GLOSSARY.md); every value that crosses a room is one of these
 * types and read-only; a permit can be made in one place only.
 *
 * Imports nothing but `lib`'s types. Everyone may import it, through this index, except that `mint` is for
 * policy/decide.ts alone and stands in permit.ts.
 */
export {
  type Call,
  COMPLETING,
  CONVERSATIONAL,
  DIALECTS,
  type Dialect,
  type Framing,
  type Media,
  type Needs,
  OPERATIONS,
  type Operation,
  type Payload,
  READABLE,
  RELAYED,
  type Verbatim,
} from './call.ts'
export {
  type Block,
  type CacheMark,
  type Conversation,
  CUSTOM_INPUT,
  EFFORTS,
  type Effort,
  type Native,
  NO_SETTINGS,
  type ReasoningWish,
  type Settings,
  type ToolChoice,
  type ToolDefinition,
  type Turn,
  type Written,
} from './conversation.ts'
export type {
  DecideInput,
  Decision,
  Health,
  Objective,
  Permitted,
  RankInput,
  Ranking,
  Refusal,
  Verdict,
} from './decision.ts'
export {
  type AnswerOptions,
  type Arrival,
  type DialectWire,
  type Forward,
  PLAIN_QUIRKS,
  type Quirks,
  type ReadLimits,
  type Relay,
  type Revision,
  type UpstreamWire,
  type WriteOptions,
} from './dialect.ts'
export { CausewayError, CODES, type Code, type Fault, faultOf, type Whose } from './errors.ts'
export type { Json, JsonObject } from './json.ts'
export type { Finding, Label } from './label.ts'
export { covers, type Permit } from './permit.ts'
export type {
  ChainLimits,
  Clock,
  ConversationKeys,
  Conversations,
  Counters,
  Issued,
  IssuedState,
  Kept,
  KeptRow,
  Ledger,
  LedgerTotal,
  NewResponse,
  PlacedText,
  ReadingStage,
  Recalled,
  Recorder,
  RequestFilter,
  RequestRow,
  Responses,
  StoredChain,
  StoredResponse,
  StoredTurn,
  WhichKept,
} from './ports.ts'
export type { Cross, FloorRule, FloorRules, Principal, Rate, Use } from './principal.ts'
export type {
  Discovery,
  PriceLookup,
  Provider,
  ReplyHead,
  Signing,
  UpstreamFault,
  UpstreamRequest,
} from './provider.ts'
export type {
  Attempt,
  Crossing,
  EventLeaf,
  Guarded,
  IntentLeaf,
  Leaf,
  Outcome,
  OutcomeLeaf,
  RequestRecord,
} from './record.ts'
export type {
  Channel,
  Citation,
  FinishReason,
  ReplyEvent,
  ReplyReader,
  ReplyWriter,
  Reviser,
  Sealed,
  TokenProbability,
} from './reply.ts'
export {
  AGREEMENTS,
  type Agreement,
  CONDITIONS,
  type Condition,
  join,
  KINDS,
  type Kind,
  LEVELS,
  type Level,
  levelOfKind,
  OPENNESS,
  type Openness,
  PROFILES,
  type Profile,
  type Replaced,
  SIDES,
  type Side,
  WAYS,
  type Way,
} from './side.ts'
export type {
  Address,
  ConversationRules,
  GuardAction,
  GuardRules,
  Limits,
  OwnExamples,
  OwnPattern,
  OwnWords,
  Route,
  RuleQuestion,
  RuleSet,
  SensitivityRules,
  Snapshot,
  StageRule,
  Thresholds,
} from './snapshot.ts'
export type { Price, Target } from './target.ts'
export { type Cost, NO_USAGE, type Usage } from './usage.ts'
