import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading } from '../reading.ts'

const MONTH =
  'jan(?:uary|uar|vier|uari)?|feb(?:ruary|ruar|rero)?|f[ée]v(?:rier)?|mar(?:ch|s|zo)?|märz|mrz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|ma[iy](?:o|j)?|mei|jun(?:e|i|io)?|juin|jul(?:y|i|io)?|juil(?:let)?|aug(?:ust|ustus)?|ao[uû]t|ago(?:sto)?|sep(?:t|tember|tembre|tiembre)?|o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember|embre|iembre)?|d[ée]c(?:embre)?|gen(?:naio)?|mag(?:gio)?|giu(?:gno)?|lug(?:lio)?|set(?:tembre|embro)?|ott(?:obre)?|dic(?:embre)?|ene(?:ro)?|out(?:ubro)?|dez(?:embro)?|maj|kwi(?:etnia)?|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık'

const DATE = new RegExp(
  [
    '\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})(?!\\d)',
    '\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}(?!\\d)',
    `\\d{1,2}(?:st|nd|rd|th|\\.|er|º)?,? (?:de |of )?(?:${MONTH})\\.?,? (?:de |of )?\\d{4}`,
    `(?:${MONTH})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`,
    '\\d{1,2} (?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม) \\d{4}',
    '\\d{4}年\\d{1,2}月\\d{1,2}日',
  ].join('|'),
  'iy',
)

/** How far behind the word a date of birth may stand: "born in Leeds on the 3rd of ...". */
const REACH = 40

const dateFrom = (text: string, start: number): [number, number] | null => {
  const last = Math.min(text.length, start + REACH)
  for (let i = start; i < last; i += 1) {
    if (text.charAt(i) === '\n' && i > start + 2) return null
    if (isWordAt(text, i - 1) && text.charCodeAt(i - 1) < 0x80) continue
    DATE.lastIndex = i
    const found = DATE.exec(text)
    if (found !== null) return [i, i + found[0].length]
  }
  return null
}

const hitAfter = (reading: Reading, wordEnd: number): Hit | null => {
  const span = dateFrom(reading.text, wordEnd)
  if (span === null) return null
  return {
    kind: 'contact',
    type: 'DATE_OF_BIRTH',
    start: span[0],
    end: span[1],
    confidence: 0.85,
    reason: 'a whole date behind a word for birth',
  }
}

/** Dates of birth: a whole date shortly behind a word for birth. A birth year alone is none. */
export const birth: Detector = {
  name: 'birth',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('birth')) {
      if (word.start < behind) continue
      const hit = hitAfter(reading, word.end)
      if (hit === null) continue
      hits.push(hit)
      behind = hit.end
    }
    return hits
  },
}
