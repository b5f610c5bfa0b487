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

export interface Tables {
  requests: RequestsTable
}
