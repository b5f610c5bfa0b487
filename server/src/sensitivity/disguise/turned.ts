import { sortAt } from '../characters.ts'
import type { Reading } from '../reading.ts'
import { type Finder, isCount, type Piece, type Region } from './region.ts'

/** How far a remark such as "read it backwards" reaches. */
const REACH = 240
const FEWEST = 9
const NUMBER = /(?<![0-9A-Za-z])[0-9A-Z](?:[ ./-]?[0-9A-Z]){8,40}(?![0-9A-Za-z])/g
const MAIL = /[^\s<>()]{6,100}/g

/** Windows around the words of a group, joined where they overlap. */
const windows = (reading: Reading, group: string): [number, number][] => {
  const found: [number, number][] = []
  for (const { start, end } of reading.words(group)) {
    const from = Math.max(0, start - REACH)
    const to = Math.min(reading.text.length, end + REACH)
    const last = found.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = to
    else found.push([from, to])
  }
  return found
}

const reversed = (text: string): string => [...text].reverse().join('')

/** A stretch read from its end. Its pieces lead back to all of it. */
const turnedRegion = (text: string, start: number, end: number): Region => ({
  start,
  end,
  readings: [[[reversed(text.slice(start, end)), start, end]]],
  sort: 'even',
})

const isNumber = (written: string): boolean => {
  const digits = written.replaceAll(/[^0-9]/g, '')
  return digits.length >= FEWEST && !isCount(digits)
}

const inWindow = (text: string, from: number, to: number): Region[] => {
  const found: Region[] = []
  const window = text.slice(from, to)
  for (const match of window.matchAll(NUMBER)) {
    if (!isNumber(match[0])) continue
    found.push(turnedRegion(text, from + match.index, from + match.index + match[0].length))
  }
  for (const match of window.matchAll(MAIL)) {
    if (!match[0].includes('@')) continue
    found.push(turnedRegion(text, from + match.index, from + match.index + match[0].length))
  }
  return found
}

const OVERRIDE = '\u202e'
const BACKWARD_TOP =
  /(?<![A-Za-z0-9])(?:moc|gro|ten|ude|vog|oi|ed|rf|se|ti|ln|lp|tp|ku\.oc|ue|hc|ta|eb|es)\.[A-Za-z0-9.-]{1,60}$/i

/** Whether something stands there that either part of an address is made of. */
const isMail = (text: string, index: number): boolean =>
  sortAt(text, index) !== 0 || '.-_+'.includes(text.charAt(index))

/** Addresses with their end at the front need no remark: `moc.elpmaxe@nhoj`. */
const backwardMail = ({ text, ats }: Reading): Region[] => {
  const found: Region[] = []
  for (const at of ats) {
    if (!isMail(text, at - 1) || !isMail(text, at + 1)) continue
    const before = text.slice(Math.max(0, at - 64), at)
    const host = BACKWARD_TOP.exec(before)?.[0]
    const local = /^[A-Za-z0-9._+-]{1,64}/.exec(text.slice(at + 1, at + 66))?.[0]
    if (host === undefined || local === undefined) continue
    found.push(turnedRegion(text, at - host.length, at + 1 + local.length))
  }
  return found
}

/** Numbers and addresses written from right to left: with a remark that says so, or a sign that turns the line. */
export const backward: Finder = (reading) => {
  const { text } = reading
  const found = backwardMail(reading)
  if (reading.has('reversed'))
    for (const [from, to] of windows(reading, 'reversed')) found.push(...inWindow(text, from, to))
  if (reading.notable) {
    for (let i = text.indexOf(OVERRIDE); i >= 0; i = text.indexOf(OVERRIDE, i + REACH)) {
      found.push(...inWindow(text, i, Math.min(text.length, i + REACH)))
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

const rotated = (text: string): string =>
  text.replaceAll(/[A-Za-z]/g, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })

/** Letters shifted by thirteen, where the text says so or words stand in it as they look then. */
export const shifted: Finder = (reading) => {
  if (!reading.has('rotated')) return []
  return windows(reading, 'rotated').map(([start, end]): Region => {
    const pieces: Piece[] = []
    for (const match of reading.text.slice(start, end).matchAll(/\S+\s*/g)) {
      pieces.push([rotated(match[0]), start + match.index, start + match.index + match[0].length])
    }
    return { start, end, readings: [pieces], sort: 'odd' }
  })
}
