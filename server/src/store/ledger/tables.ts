/** Columns as the drivers give and take them. `row` counts up from 1 in the order of the log. */
export interface RequestsTable {
  row: number
  id: string
  time: string
  outcome: string
  status: number
  key: string | null
  team: string | null
  use: string | null
  session: string | null
  model: string | null
  target: string | null
  side: string | null
  level: string | null
  /** Kinds and conditions between commas, `,payment,contact,unread,`, so that one can be looked for. */
  kinds: string
  input: number | null
  output: number | null
  nanos: number | null
  estimated: number
  /** Position of the outcome leaf in the audit log, from 0. */
  leaf: number
  salt: Uint8Array
  /** The record's JSON, byte for byte what the leaf commits to. */
  record: string
}

/** What a conversation carried, in a file of its own. Times are milliseconds since 1970. */
export interface KeptTable {
  /** Digest of the principal and the session, or of the history. */
  key: string
  principal: string
  session: string | null
  level: string
  /** Between commas. */
  kinds: string
  sealed: Uint8Array | null
  seen: number
  until: number
}

export interface Tables {
  requests: RequestsTable
  kept: KeptTable
}
