import type { Reading } from '../reading.ts'
import { AT_WORDS, DOT_WORDS, SIGN_WORDS } from '../words/spelled.ts'
import type { Finder, Region } from './region.ts'

/** Ends of host names that are words of no language, so that "dot" before them is a dot. */
const CLEAR = 'com|org|net|edu|gov|mil|info|biz'
/** Others in use; most are words somewhere. */
const TOPS = `${CLEAR}|io|co|uk|us|de|fr|es|it|nl|be|ch|at|pl|pt|se|no|dk|fi|ie|eu|ru|ua|cz|sk|hu|ro|bg|gr|tr|cn|jp|kr|in|th|br|mx|ar|cl|au|nz|za|ca|dev|app|me|tv|ai|tech|online|site|xyz|cloud|email|hr|si|lt|lv|ee|lu|is|li|il|ae|sg|hk|tw|vn|id|my|ph|pk|ng|ke|eg|sa|ir|kz|рф|test|example|invalid|local`

const list = (words: string): string =>
  words
    .split('|')
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')

const OPEN = '[\\[({<*_\\-"\']{0,2}'
const CLOSE = '[\\])}>*_\\-"\']{0,2}'
const word = (words: string): string => `(?:\\s*${OPEN}\\s*(?:${words})\\s*${CLOSE}\\s*)`
const AT = word(`${list(AT_WORDS)}|@|＠`)
/** A sign as it is printed: with blanks on both sides, with a line's end, or with none; behind a blank begins a sentence. */
const printed = (signs: string): string => `(?:\\s+[${signs}]\\s+|\\r?\\n?[${signs}]\\r?\\n?)`
const BRACKETED_DOT = '(?:\\s?[\\[({<]\\s?\\.\\s?[\\])}>]\\s?)'
const DOT = `(?:${word(list(DOT_WORDS))}|${BRACKETED_DOT}|${printed('.')})`
const SIGNS = new Map<string, string>(SIGN_WORDS)
const SIGN = `(?:${word(`${list(DOT_WORDS)}|${list(SIGN_WORDS.map(([said]) => said).join('|'))}`)}|${BRACKETED_DOT}|${printed('._+-')})`
const PART = '[\\p{L}\\p{N}]{1,40}(?:[._+-][\\p{L}\\p{N}]{1,40}){0,4}'
const HOST = '[\\p{L}\\p{N}]{1,40}(?:(?:-|-?\\r?\\n)[\\p{L}\\p{N}]{1,40}){0,4}'

/** A whole address, with at least one of its signs said or set apart. */
const ADDRESS = new RegExp(
  `(?<![\\p{L}\\p{N}])(?<local>${PART}(?:${SIGN}${PART}){0,3}?)${AT}(?<host>${HOST}(?:${SIGN}${HOST}){0,3}?)${DOT}(?<top>${TOPS})(?![\\p{L}\\p{N}])(?!${DOT}(?:${TOPS})(?![\\p{L}\\p{N}]))`,
  'giu',
)
const SIGN_OF = new RegExp(SIGN, 'giu')
const BEFORE = 110
const AFTER = 64
/** Places looked at in one text or piece: each costs what a few thousand characters of reading do. */
const MOST_PLACES = 2_000

/** Words that stand before "at" in speech and are nobody's name. */
const NO_NAME =
  /^(?:me|us|you|him|her|it|them|is|are|was|be|address|mail|email|e-mail|reach|contact|arrive|arrived|look|looking|work|works|working|stay|staying|available|meet|meeting|located|hosted|found|live|lives|team|account|website|site|online|more|visit|buy|shop|sale|now|here|there|and|or|that|this|a|an|the|so|very|not|up|out|down|in|on|to|of|by|for|point|sign|up|domain|server|user|host)$/i

/** Signs written out, between the parts of a name or host. */
const compact = (said: string): string =>
  said.replaceAll(SIGN_OF, (all) => {
    const bare = all.replaceAll(/[\s[\](){}<>*"']/g, '').toLowerCase()
    return SIGNS.get(bare) ?? (/^[._+-]$/.test(bare) ? bare : (SIGNS.get(all.trim().toLowerCase()) ?? '.'))
  })

const isClear = (top: string): boolean => new RegExp(`^(?:${CLEAR})$`, 'i').test(top)

/** Whether a match reads as an address and not as a sentence. */
const isMeant = (reading: Reading, all: string, local: string, top: string, start: number): boolean => {
  if (/[[({<]\s?(?:at|ät|@|arobase|arroba|dot|punkt|punto|point)/i.test(all)) return true
  const named = /^\S*[._0-9]\S*$/.test(local)
  if (NO_NAME.test(local) || /^.$/u.test(local)) return false
  if (reading.near('mailWord', start, start + all.length, 70, 30)) return true
  // Only the English word is said for other things as well.
  return named || !/\sat\s/i.test(all) || (isClear(top) && !/\.\s*\p{L}+$/u.test(all))
}

const regionIn = (reading: Reading, from: number, to: number, anchor: number): Region | null => {
  ADDRESS.lastIndex = 0
  const window = reading.text.slice(from, to)
  for (const match of window.matchAll(ADDRESS)) {
    const start = from + match.index
    const end = start + match[0].length
    if (anchor < start || anchor >= end) continue
    const { local = '', host = '', top = '' } = match.groups ?? {}
    if (!/\s|[[({<*]|[_-](?:at|dot)[_-]/i.test(match[0])) continue
    if (!isMeant(reading, match[0], local, top, start)) continue
    const address = `${compact(local)}@${compact(host.replaceAll(/\r?\n/g, ''))}.${top}`
    return { start, end, readings: [[[address, start, end]]], sort: 'even' }
  }
  return null
}

const TOP_BEHIND = new RegExp(`^\\s*${CLOSE}\\s*(?:${TOPS})(?![\\p{L}\\p{N}])`, 'iu')
const HOST_BEHIND = new RegExp(
  `^\\s*${CLOSE}\\s*${HOST}(?:\\s*\\.\\s*${HOST}){0,3}\\s*\\.\\s*(?:${TOPS})(?![\\p{L}\\p{N}])`,
  'iu',
)

/** Where an address may be said: a dot-word before the end of a host name, an at-word before a host name, an `@` set apart. */
const anchors = (reading: Reading): number[] => {
  const { text } = reading
  const found: number[] = []
  for (const { start, end } of reading.words('dotWord')) {
    if (TOP_BEHIND.test(text.slice(end, end + 24))) found.push(start)
  }
  for (const { start, end } of reading.words('atWord')) {
    if (HOST_BEHIND.test(text.slice(end, end + AFTER))) found.push(start)
  }
  for (const at of reading.ats) {
    if (isApart(text, at)) found.push(at)
  }
  return found.sort((a, b) => a - b)
}

const BLANKISH = new Uint8Array(0x100)
for (const sign of ' \t\n\r\u00a0[](){}<>') BLANKISH[sign.charCodeAt(0)] = 1

const isBlankish = (text: string, index: number): boolean => BLANKISH[text.charCodeAt(index)] === 1

/** An `@` with a blank beside it, or a host name behind it that has one before its dot or at a line's end. */
const isApart = (text: string, at: number): boolean =>
  isBlankish(text, at - 1) ||
  isBlankish(text, at + 1) ||
  (text.charCodeAt(at + 1) !== 0x40 &&
    /^[\p{L}\p{N}-]{1,40}(?:\s+\.|\s*\n\s*\.?|\.\s*\n)/u.test(text.slice(at + 1, at + 48)))

/** Whether anything that says `@` stands where the anchor's address would have it. */
const hasAt = (reading: Reading, anchor: number): boolean =>
  reading.near('atWord', anchor, anchor, BEFORE, 1) ||
  reading.text.slice(Math.max(0, anchor - BEFORE), anchor + 1).includes('@')

/**
 * E-mail addresses said in words, with bracketed signs, or set apart: "john dot doe at example dot com". Throws
 * for a text with thousands of them, which nobody writes.
 */
export const saidMail: Finder = (reading) => {
  const found: Region[] = []
  let behind = 0
  let looked = 0
  for (const anchor of anchors(reading)) {
    if (anchor < behind || !hasAt(reading, anchor)) continue
    looked += 1
    if (looked > MOST_PLACES) throw new RangeError('more addresses are said in words than can be read')
    const from = Math.max(behind, anchor - BEFORE)
    const region = regionIn(reading, from, Math.min(reading.text.length, anchor + AFTER), anchor)
    if (region === null) continue
    found.push(region)
    behind = region.end
  }
  return found
}
