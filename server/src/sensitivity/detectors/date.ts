import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'
import { dateAt } from './calendar.ts'

/** What makes a day of the week a date: "on Friday", "bis Montag"; not "a Sunday". */
const ONE_DAY =
  /(?:^|[\s(])(?:on|by|until|till|from|since|this|next|due|meet|am|bis|ab|seit|nächsten|kommenden|ce|depuis|dès|le|el|este|próximo|entro|questo|prossimo|op|tot|vanaf|na|em|nesta|w|do|we|på|til|senast) $/iu
const NO_DAY = /^(?: (?:and|or|to|bis|night|newspaper)\b|['’]s)/u

/** What stands right behind a log line's stamp: a level, a bracket, a program's name with its number. */
const LOGGED =
  /^[,.\d]{0,7}Z?(?:[+-]\d\d:?\d\d)?\]?[ \t|]{1,3}(?:\[|-{1,2} |<|TRACE|DEBUG|INFO|NOTICE|WARN|ERROR|FATAL|CRIT|ALERT|[\w./-]{1,40}(?:\[\d{1,7}\])?:)/

const hitOf = (start: number, end: number, confidence: number, reason: string): Hit => ({
  kind: null,
  type: 'DATE',
  start,
  end,
  confidence,
  reason,
})

const isStamp = (text: string, start: number, end: number): boolean => {
  const before = text.charCodeAt(start - 1)
  const leads = start === 0 || before === 0x0a || before === 0x5b
  return leads && LOGGED.test(text.slice(end, end + 60))
}

const weekdays = (reading: Reading): Hit[] => {
  const { text } = reading
  const hits: Hit[] = []
  for (const { start, end } of reading.words('weekday')) {
    if (!ONE_DAY.test(text.slice(Math.max(0, start - 12), start)) || NO_DAY.test(text.slice(end, end + 11)))
      continue
    hits.push(hitOf(start, end, 0.5, 'a day of the week that is meant as a date'))
  }
  return hits
}

/**
 * Dates: numbers in a calendar's order and range, and days beside a month's name, in the months' names of
 * some twenty-five languages and in Thai, Chinese, Japanese, Korean and Vietnamese writing; the Buddhist era
 * too. A stamp at the head of a log line is none, nor is a version.
 */
export const date: Detector = {
  name: 'date',
  detect: (reading: Reading) => {
    const { text, tokens } = reading
    const hits: Hit[] = []
    let behind = 0
    for (let i = 0; i < tokens.length; i += 2) {
      const start = tokens[i] ?? 0
      if (start < behind) continue
      const found = dateAt(text, start, tokens[i + 1] ?? start)
      if (found === null || found.start < behind || !isAlone(reading, found.start, found.end, found.sure))
        continue
      behind = found.end
      hits.push(hitOf(found.start, found.end, found.whole ? 0.75 : 0.6, 'a date'))
    }
    return hits.concat(weekdays(reading))
  },
}

const VERSION =
  /\b(?:v|ver|version|release|upgrade|upgraded|update|updated|downgrade|build|patch|pin|image)\b/i

const isAlone = (reading: Reading, start: number, end: number, sure: boolean): boolean => {
  const { text } = reading
  if (isWordAt(text, end) || isStamp(text, start, end)) return false
  if (sure) return true
  // "16.10.15" is a version as likely as a day: it needs both zeros and a word, and none for software.
  if (
    !/^\d\d\D/.test(text.slice(start, start + 3)) ||
    VERSION.test(text.slice(Math.max(0, start - 40), start))
  )
    return false
  return /^\d\d\D\d\d\D/.test(text.slice(start, start + 6)) && reading.near('dateWord', start, end, 12)
}
