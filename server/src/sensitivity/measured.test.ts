import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from './index.ts'

/*
 * How good detection is on labelled texts, where a folder of them is named. Each line of a .jsonl file there:
 * {text, spans: [{start, end, type}], categories, marker?}. The bars are below what is reached now, so that a
 * change that loses ground is noticed.
 */
const folder = process.env['CAUSEWAY_DATA'] ?? ''
const texts = join(folder, 'sensitivity')
const skip = folder === '' || !existsSync(texts) ? 'CAUSEWAY_DATA names no folder of labelled texts' : false

interface Labelled {
  readonly text: string
  readonly spans: readonly { readonly type: string }[]
  readonly categories?: readonly string[]
  readonly marker?: string
}

const HARD = new Set(
  (
    'EMAIL PHONE CREDIT_CARD IBAN BANK_ACCOUNT NATIONAL_ID TAX_ID PASSPORT DRIVER_LICENSE HEALTH_ID CRYPTO_WALLET SECRET ' +
    'PASSWORD INTERNAL_ID LICENSE_PLATE IP_ADDRESS MAC_ADDRESS'
  ).split(' '),
)

const load = (): readonly Labelled[] =>
  readdirSync(texts)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(texts, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line): Labelled => JSON.parse(line))

const isFlagged = ({ text, marker }: Labelled): boolean =>
  inspect(marker === undefined ? text : text.replaceAll(marker, '')).some(({ kind }) => kind !== null)

const share = (list: readonly Labelled[]): number => list.filter(isFlagged).length / list.length

test('texts with identifiers or secrets are noticed, texts without anything are left alone', {
  skip,
}, (t) => {
  const all = load()
  const hard = share(all.filter(({ spans }) => spans.some(({ type }) => HARD.has(type))))
  const false_ = share(
    all.filter(({ spans, categories }) => spans.length === 0 && (categories ?? []).length === 0),
  )
  t.diagnostic(
    `noticed ${(hard * 100).toFixed(1)} % of texts with identifiers, false alarms ${(false_ * 100).toFixed(1)} %`,
  )
  assert.ok(hard >= 0.93)
  assert.ok(false_ <= 0.03)
})
