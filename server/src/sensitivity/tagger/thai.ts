import type { Span } from './decode.ts'
import { NAME } from './flags.ts'
import { flagsOf } from './gazetteer.ts'
import { hashOf } from './letters.ts'

/*
 * Thai is written without blanks between words, but with one between a given name and a family name, and
 * around what stands apart. A name is a piece that the lists know, or one behind a title or a word that says
 * who follows, with the next piece as its family name.
 */

const TITLES =
  'นางสาว|เด็กชาย|เด็กหญิง|นาย|นาง|คุณ|น.ส.|ด.ช.|ด.ญ.|ดร.|นพ.|พญ.|ผศ.|รศ.|ศ.|อาจารย์|หมอ|ครู|พี่|น้อง|ลุง|ป้า|พ.ต.อ.|ร.ต.'.split(
    '|',
  )
const CUES =
  'ข้าพเจ้า|ผม|ดิฉัน|ฉัน|ญาติ|บุคคลอ้างอิง|อ้างอิง|ผู้ป่วยหญิง|ผู้ป่วยชาย|รับรองว่า|ลายเซ็น|ผู้ลงนาม|ลงนาม|นามสกุลเดิม|ชื่อเดิม|คุณแม่|คุณพ่อ|อาจารย์นิเทศก์|ชื่อ|ชื่อว่า|ชื่อ-สกุล|ชื่อ-นามสกุล|นามสกุล|ผู้ป่วย|คนไข้|ลูกค้า|พนักงาน|ผู้สมัคร|ติดต่อ|ผู้จัดการ|หัวหน้า|หัวหน้าโครงการ|กรรมการ|พยาน|เจ้าของ|เจ้าของกิจการ|ผู้อำนวยการ|นักเรียน|นักศึกษา|ผู้เช่า|ผู้ให้เช่า|ผู้ขาย|ผู้ซื้อ|ผู้รับ|ผู้ส่ง|ผู้โอน|ผู้ติดต่อ|ผู้แจ้ง|ผู้ร้อง|ผู้กู้|ผู้ค้ำประกัน|ผู้รับเงิน|ผู้รับโอน|ผู้ถือบัตร|ผู้เสียหาย|ผู้ต้องหา|จำเลย|โจทก์|บัญชี|ถึง|จาก|เรียน|ลงชื่อ|โดย|และ|กับ|ให้|ของ|แก่|พบ|โทรหา|บอก|สวัสดี|แต่งตั้ง|มอบหมายให้|ได้แก่|ดร|ทนาย|สมาชิก|เพื่อน|สามี|ภรรยา|ลูกชาย|ลูกสาว|แม่|พ่อ|มารดา|บิดา|ผู้ปกครอง|คู่สมรส|ฉันคือ|ผมคือ|ฉันชื่อ|ผมชื่อ|ดิฉันชื่อ|ประธาน|เลขานุการ|วิทยากร|ผู้บรรยาย|ผู้เขียน|ผู้รับมอบอำนาจ|คนขับ|แพทย์|พยาบาล'.split(
    '|',
  )
/** What a piece that is no name begins with. */
const OTHERS =
  'ฝ่าย|แผนก|เป็น|ที่|เพื่อ|ให้|รายงาน|จด|ตำแหน่ง|และ|กับ|ได้|ไม่|มี|จะ|ว่า|ซึ่ง|โดย|จาก|ถึง|ของ|ใน|บน|อยู่|บ้าน|ถนน|ซอย|ตำบล|อำเภอ|จังหวัด|แขวง|เขต|หมู่|เลข|โทร|เบอร์|อีเมล|บริษัท|ห้าง|ร้าน|วัน|เดือน|ปี|เวลา|จำนวน|บาท|กรุงเทพ|ประเทศ|โรงเรียน|โรงพยาบาล|มหาวิทยาลัย|ธนาคาร|การ|ความ|ต้อง|สามารถ|กรุณา|ขอ|ครับ|ค่ะ|นะ|แล้ว|เมื่อ|หรือ|แต่|เพราะ|ถ้า|ทำ|ไป|มา|ลา|ส่ง|รับ|โอน|ชำระ|อายุ|เกิด|สัญชาติ|ศาสนา|ทะเบียน|หมายเลข|บัตร|บัญชี|พาสปอร์ต|หนังสือ|เอกสาร|สัญญา|ขาด|เข้า|ออก|ยื่น|แจ้ง|รักษา|ประจำ|ดำเนิน|ชั้น|ห้อง|คณะ|สาขา|เรียน|สอบ|ผ่าน|ตาม|จึง|นี้|นั้น|คือ|ดัง|ทั้ง|ทุก|หลาย|บาง|อื่น|ด้วย|ก่อน|หลัง|ระหว่าง|สำหรับ|เกี่ยว|วิธี|สรุป|ช่วย|เขียน|อธิบาย|แปล'.split(
    '|',
  )

/** Lists of words by their first or last unit, so that most places need one look. */
const byUnit = (
  words: readonly string[],
  unitOf: (word: string) => number,
): ReadonlyMap<number, readonly string[]> => {
  const lists = new Map<number, string[]>()
  for (const word of words) {
    const list = lists.get(unitOf(word))
    if (list === undefined) lists.set(unitOf(word), [word])
    else list.push(word)
  }
  return lists
}

const ANNOUNCING = byUnit([...CUES, ...TITLES], (word) => word.charCodeAt(word.length - 1))
const OTHERS_BY_FIRST = byUnit(OTHERS, (word) => word.charCodeAt(0))
const TITLES_BY_FIRST = byUnit(TITLES, (word) => word.charCodeAt(0))
const WHOLE: ReadonlySet<string> = new Set([...CUES, ...TITLES])

/** Whether a title or a word that says who follows ends a stretch. */
const announces = (lead: string): boolean =>
  ANNOUNCING.get(lead.charCodeAt(lead.length - 1))?.some((word) => lead.endsWith(word)) === true

const isThai = (unit: number): boolean => unit >= 0x0e01 && unit <= 0x0e4e
const LONGEST = 40

const pieceEnd = (text: string, start: number): number => {
  let i = start
  while (i < text.length && isThai(text.charCodeAt(i))) i += 1
  return i
}

const isOther = (piece: string): boolean =>
  OTHERS_BY_FIRST.get(piece.charCodeAt(0))?.some((word) => piece.startsWith(word)) === true ||
  WHOLE.has(piece) ||
  /^(?:ผู้|นัก|ชื่อ|ญาติ)/u.test(piece)
const isGiven = (piece: string): boolean => (flagsOf(hashOf(piece)) & NAME) !== 0

/** Where behind a title or cue, inside a piece, a name begins; the piece's start where neither is. */
const afterTitle = (piece: string): number => {
  for (const title of TITLES_BY_FIRST.get(piece.charCodeAt(0)) ?? [])
    if (piece.startsWith(title) && piece.length >= title.length + 2) return title.length
  for (let cut = piece.length - 2; cut >= 2; cut -= 1) {
    const title = TITLES.find((word) => piece.endsWith(word, cut))
    // "ติดต่อคุณ…": a cue and a title say enough, whether a list knows the name or not.
    if (title !== undefined && CUES.includes(piece.slice(0, cut - title.length))) return cut
    if (!isGiven(piece.slice(cut))) continue
    if (announces(piece.slice(0, cut))) return cut
  }
  return 0
}

/** Whether what stands just ahead says that somebody is named next. */
const isAnnounced = (text: string, start: number): boolean => {
  const ahead = text.slice(Math.max(0, start - 40), start)
  const lead = ahead.replace(/[\s:："'(]+$/u, '')
  const piece = lead.slice(lead.search(/[ก-๎]*$/u))
  return (
    /^(?:ผู้|ชื่อ|ญาติ)/u.test(piece) || announces(lead) || /\d[.)]$|^\($/u.test(lead) || /\(\s*$/u.test(ahead)
  )
}

/** A line that has two pieces and then no Thai: a row of a list. */
const isRow = (text: string, start: number, end: number): boolean =>
  (start === 0 || text.charCodeAt(start - 1) === 0x0a) &&
  /^\s*(?:[\dA-Za-z(,|]|\n|$)/u.test(text.slice(end, end + 3))

const nameAt = (text: string, start: number, end: number): Span | null => {
  const piece = text.slice(start, end)
  const from = afterTitle(piece)
  const given = piece.slice(from)
  const known = isGiven(given)
  const announced = from > 0 || isAnnounced(text, start)
  if (given.length > 14 || given.length < 2 || isOther(given)) return null
  const isBlank = text.charCodeAt(end) === 0x20
  // "ณ อยุธยา": a family name of two pieces.
  const noble = text.startsWith(' ณ ', end) ? 2 : 0
  const familyEnd = isBlank ? pieceEnd(text, end + 1 + noble) : end
  const family = text.slice(end + 1 + noble, familyEnd)
  const hasFamily = family.length >= 3 && family.length <= 18 && !isOther(family)
  const listed = hasFamily && isRow(text, start, familyEnd) && given.length <= 12
  if (!(known && (hasFamily || announced)) && !((announced || listed) && hasFamily)) return null
  const margin = (known ? 3 : 0) + (announced ? 2.5 : 0) + (hasFamily ? 1.5 : 0)
  const to = hasFamily ? familyEnd : end
  return { type: 'PERSON', start: start + from, end: to, first: -1, last: -1, known, margin }
}

/** Persons written in Thai, in order. */
export const thaiNames = (text: string): readonly Span[] => {
  const out: Span[] = []
  for (let i = 0; i < text.length; i += 1) {
    if (!isThai(text.charCodeAt(i))) continue
    const end = pieceEnd(text, i)
    const span = end - i > LONGEST ? null : nameAt(text, i, end)
    if (span !== null) out.push(span)
    i = span === null ? end : span.end
  }
  return out
}
