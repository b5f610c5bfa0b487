import type { JsonObject } from '../../domain/index.ts'
import { stringAt } from '../body/media.ts'

/** The status that the service gives each exception. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['accessdenied', 403],
  ['unrecognizedclient', 403],
  ['invalidsignature', 403],
  ['expiredtoken', 403],
  ['missingauthenticationtoken', 403],
  ['conflict', 400],
  ['internalserver', 500],
  ['internalfailure', 500],
  ['modelerror', 424],
  ['modelnotready', 429],
  ['modelstreamerror', 424],
  ['modeltimeout', 408],
  ['resourcenotfound', 404],
  ['servicequotaexceeded', 400],
  ['serviceunavailable', 503],
  ['throttling', 429],
  ['validation', 400],
])

/** `com.amazon.coral.service#ThrottlingException:http://…` is `throttling`. */
const plain = (name: string): string =>
  (name.split('#').at(-1) ?? '')
    .replace(/:.*$/s, '')
    .toLowerCase()
    .replace(/(?:exception|error)$/, '')

/** Null for an exception that nobody knows. */
export const statusOfException = (name: string): number | null => STATUSES.get(plain(name)) ?? null

/** The service writes both `message` and `Message`. */
export const messageOf = (json: JsonObject): string | null => {
  const said = stringAt(json, 'message') ?? stringAt(json, 'Message') ?? stringAt(json, 'originalMessage')
  return said === '' ? null : said
}
