/** Any JSON value, deeply read-only: what a request carries is never changed after it was read. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}
