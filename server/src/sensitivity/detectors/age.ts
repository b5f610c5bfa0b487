import { sortAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { WordHit } from '../reading.ts'

/** Words behind the number: what must stand between, and what must come before where the word alone says too little. */
const OLD =
  /^(?:years? old|years?-old|yrs? old|y\/o|yo|years of age|jahre alt|jahrige[rsn]?|jahrig|jarige|yasında|yasındaki|yasinda|yasindaki|vuotias|vuotiaan|eves|岁|歲|歳|세|살|tuoi|ετων)$/u

/** Years of something: a life only behind these. */
const LIFE =
  /(?:^|[^\p{L}])(?:âgée?s? de|agée?s? de|a|ai|as|aged|alter von|im alter von|tiene|tengo|tenía|de|con|ha|ho|di|is|ben|jestem|mam|ma|tem|tenho|com|är|jag är|er|fyllde|fylder|je|mi|je jí|olen|on|είναι|este|are|am|,|\(|ist|bin|war|wurde|wird|mit|van|v|ve)[ (]{1,2}$/iu

const hitOf = (start: number, end: number): Hit => ({
  kind: null,
  type: 'AGE',
  start,
  end,
  confidence: 0.7,
  reason: 'a number of years with words for an age',
})

/** One to three digits that end at `end`; an age of up to 125. */
const ageBefore = (text: string, end: number): number => {
  let start = end
  while (start > 0 && end - start < 4 && sortAt(text, start - 1) === 1) start -= 1
  const length = end - start
  if (length === 0 || length > 3 || Number(text.slice(start, end)) > 125) return -1
  const before = text.charAt(start - 1)
  return sortAt(text, start - 1) === 2 ||
    ('.,/-$€£'.includes(before) && before !== '' && sortAt(text, start - 2) === 1)
    ? -1
    : start
}

const before = (text: string, word: WordHit): Hit | null => {
  let end = word.start
  while (end > 0 && word.start - end < 2 && ' -\u00a0'.includes(text.charAt(end - 1))) end -= 1
  const start = ageBefore(text, end)
  if (start === -1) return null
  if (OLD.test(word.word)) return hitOf(start, end)
  // "45 ans", "30 Jahre", "5 lat": of a life only where it says so.
  const lead = LIFE.exec(text.slice(Math.max(0, start - 16), start))
  if (
    lead === null ||
    (/^(?: d['’e]| of | de | di | van | z |-)/u.test(text.slice(word.end, word.end + 4)) &&
      !/^ de edad|^ d['’]âge/u.test(text.slice(word.end, word.end + 8)))
  )
    return null
  if (!UNITS.has(word.word)) return null
  if (
    /^\P{L}?(?:de|di|van|con|mit|com|a|\(|,)/iu.test(lead[0]) &&
    !/^(?: de edad|[,.)]| d['’]âge| oud| jong)/u.test(text.slice(word.end, word.end + 8))
  )
    return null
  return hitOf(start, end)
}

/** Words for years, that an age may be counted in. */
const UNITS: ReadonlySet<string> = new Set(
  'jahre ans años anos anni jaar lat ar år vuotta let ani лет'.split(' '),
)
const LEADS: ReadonlySet<string> = new Set(
  'aged age age: turned turning turns alter age edad idade eta leeftijd wiek alder alder yas 年龄 年齢 나이 อายุ age'.split(
    ' ',
  ),
)
const AFTER =
  /^(?:\s?[:=：]|["'] ?:)?[ "']{0,3}(?:is |ist |of |von |de |: )?(\d{1,3})(?![\d\p{Ll}]|[.,:/%-]\d| ?(?:%|px|days?|hours?|weeks?|months?|minutes?|seconds?|tage|monate|jours|mois|días|meses|giorni|mesi|วัน|เดือน))/u

const after = (text: string, word: WordHit): Hit | null => {
  const lead = word.word.endsWith(':') ? word.word.slice(0, -1) : word.word
  if (!LEADS.has(lead)) return null
  const found = AFTER.exec(text.slice(word.end, word.end + 16))
  const value = found?.[1]
  if (found === null || value === undefined || Number(value) > 125) return null
  // "turned 180 degrees", "turned 5 pages": an age ends the clause or says its years.
  const end = word.end + found[0].length
  const rest = text.slice(end, end + 14)
  if (
    lead.startsWith('turn') &&
    !/^(?:$|[.,;!?\n)]| (?:years|last|this|today|in|on|yesterday|and|next)\b)/u.test(rest)
  )
    return null
  return hitOf(end - value.length, end)
}

/** A person's age: the number alone, beside words that say it counts a life. */
export const age: Detector = {
  name: 'age',
  detect: (reading) => {
    const hits: Hit[] = []
    for (const word of reading.words('ageWord')) {
      const hit = before(reading.text, word) ?? after(reading.text, word)
      if (hit !== null && (hits.at(-1)?.end ?? 0) <= hit.start) hits.push(hit)
    }
    return hits
  },
}
