/*
 * Addresses in scripts without capitals and, most of them, without blanks. They go from the large to the
 * small (Thai the other way round), and each part ends in, or begins with, the word for what it is.
 */
export interface EasternSpan {
  readonly start: number
  readonly end: number
  readonly country: string
  readonly confidence: number
}

const CHINESE_UNIT = '[号號院弄巷栋棟幢座楼樓层層室单單元户戶]'
const CHINESE_AFTER = new RegExp(
  `^\\d{1,5}(?:[-之]\\d{1,4})?${CHINESE_UNIT}(?:[ ,，、]?[\\p{sc=Han}A-Za-z]{0,10}[ ]?[\\dA-Z-]{1,6}(?:${CHINESE_UNIT}|單位|单元){1,2}){0,5}(?:[ ,，(（]{0,2}(?:邮编|郵編)?[:： ]{0,2}\\d{6}(?!\\d)[)）]?)?`,
  'u',
)
const CHINESE_LEAD =
  /^.*?(?:住址|地址|居住在|居住于|住在|位于|位於|寄到|寄往|送到|家住|搬到|现住|[是于於在到至为為])(?=[\p{sc=Han}]{2})/u

const JAPANESE_AFTER =
  /^\d{1,5}(?:丁目|番地?|号|[-－−ー](?=\d))(?:の?\d{1,4}(?:丁目|番地?|号|[-－−ー](?=\d))?){0,4}(?:[ 　]{1,2}[\p{sc=Han}ァ-ヶーA-Za-z・]{2,20}(?: ?\d{1,4}(?:号室|号|階|F)?)?| ?[ァ-ヶー]{2,20} ?\d{1,4}(?:号室|号|階|F)?)?/u

const KOREAN_BEFORE =
  /((?:(?:\(?\d{5}\)? )?(?:[가-힣]{1,8}(?:특별자치도|특별자치시|특별시|광역시|도|시|군|구|읍|면|동|리|가) ){0,4}[가-힣\d]{1,12}(?:로|길|동|리|가) ?))$/u
const KOREAN_AFTER =
  /^(?:\d{1,5}(?:번?길) ?)?\d{1,5}(?:-\d{1,4})?(?:번지)?(?:,? ?[가-힣A-Za-z]{0,12} ?\d{1,5}(?:동|호|층)){0,4}(?: ?\([가-힣A-Za-z0-9, ]{1,30}\))?(?:,? \d{5}(?!\d))?/u

const THAI_MARK =
  'ถนน|ถ\\.|ซอย|ซ\\.|ตรอก|หมู่ที่|หมู่|ม\\.|หมู่บ้าน|บ้าน|อาคาร|คอนโด|ชั้น|ห้อง|ตำบล|ต\\.|แขวง|อำเภอ|อ\\.|เขต|จังหวัด|จ\\.|กรุงเทพ|กทม|รหัสไปรษณีย์'
const THAI_AFTER = new RegExp(
  `^\\d{1,5}(?:/\\d{1,5}){0,2}(?:-\\d{1,5})?(?:[ \\n]{1,2}(?:(?:${THAI_MARK})[ ]?[\\u0e00-\\u0e7f.0-9/]{0,40}|\\d{1,5}(?:/\\d{1,4})?(?!\\d)|(?!โทร|เบอร์|อีเมล|ติดต่อ|ชำระ|วันที่|เลข|ทะเบียน|และ|หรือ|ให้|เมื่อ|กรุณา|บัตร|เกิด|ชื่อ|นาย|นาง|คุณ|จำนวน|ราคา|ค่ะ|ครับ|ได้|ที่|ต่อ|ก่อน|เป็น|มี|ขอ)[\\u0e00-\\u0e7f]{2,24}(?=[ \\n]{0,2}(?:$|(?:${THAI_MARK})|\\d{5}(?!\\d)|[^ \\u0e00-\\u0e7f\\d]|[\\u0e00-\\u0e7f]{2,24}(?:$|\\n)|[\\u0e00-\\u0e7f]{2,24} (?:กรุงเทพ|\\d{5}))))){1,12}`,
  'u',
)
const THAI_NEEDS = new RegExp(THAI_MARK, 'gu')

/** Farthest an address may begin before its house number. */
const BACK = 64
const FORTH = 220

const isHan = (unit: number): boolean => (unit >= 0x3400 && unit < 0xa000) || unit === 0x3005
const isKana = (unit: number): boolean => unit >= 0x3040 && unit < 0x3100
const isHangul = (unit: number): boolean => unit >= 0xac00 && unit < 0xd7b0
const isThai = (unit: number): boolean => unit >= 0xe00 && unit < 0xe80

const isWide = (unit: number): boolean =>
  isHan(unit) || isKana(unit) || (unit >= 0x30 && unit <= 0x39) || unit === 0x3012

/** Where the run of letters and digits that ends at `end` begins: over single blanks, hyphens and commas between them. */
const runStart = (text: string, end: number): number => {
  let start = end
  while (start > 0 && end - start < BACK) {
    const unit = text.charCodeAt(start - 1)
    const joins = unit === 0x20 || unit === 0x3000 || unit === 0x2d || unit === 0xff0c || unit === 0x3001
    if (isWide(unit)) start -= 1
    else if (joins && start < end && isWide(text.charCodeAt(start - 2)) && isWide(text.charCodeAt(start)))
      start -= 1
    else if (joins && start === end && isHan(text.charCodeAt(start - 2))) start -= 1
    else break
  }
  return start
}

/** What ends the part before a Chinese house number. */
const CHINESE_ROAD = '路街道巷弄同段桥门門村里区區园苑庄屯组场城镇鎮乡鄉社院号號'

const chinese = (text: string, number: number): EasternSpan | null => {
  const last = text.charAt(number - 1)
  if (!CHINESE_ROAD.includes(last === ' ' ? text.charAt(number - 2) : last)) return null
  const run = text.slice(runStart(text, number), number)
  const large = /[省市区區县縣州]/u.test(run)
  const after = CHINESE_AFTER.exec(text.slice(number, number + 120))
  if (after === null || (!large && run.length < 3)) return null
  const lead = CHINESE_LEAD.exec(run)?.[0].length ?? (run.includes('，') ? run.lastIndexOf('，') + 1 : 0)
  if (run.length - lead < 2) return null
  const start = number - run.length + lead
  return { start, end: number + after[0].length, country: 'CN', confidence: large ? 0.85 : 0.6 }
}

const japanese = (text: string, number: number): EasternSpan | null => {
  const run = text.slice(runStart(text, number), number)
  if (!/[市区郡町村]/u.test(run)) return null
  const after = JAPANESE_AFTER.exec(text.slice(number, number + 80))
  if (after === null) return null
  // Written with a road, it is Chinese.
  if (/[路街弄巷]|大道/u.test(run) && !/[ぁ-ヶ都県]|丁目|番/u.test(run + after[0])) return null
  // A particle before the prefecture or town belongs to the sentence.
  const lead = (PARTICLE_BEFORE_PREFECTURE.exec(run) ?? PARTICLE.exec(run))?.[0].length ?? 0
  const start = number - run.length + lead
  return { start, end: number + after[0].trimEnd().length, country: 'JP', confidence: 0.85 }
}

const PARTICLE_BEFORE_PREFECTURE =
  /^.*[はをがへにのでと、](?=(?:〒?\d{3}-\d{4} ?)?[\p{sc=Han}]{2,3}[都道府県])/u
const PARTICLE = /^.*[はをがへ、](?=[\p{sc=Han}]{1,4}[市区郡])/u

const korean = (text: string, number: number): EasternSpan | null => {
  const before = KOREAN_BEFORE.exec(text.slice(Math.max(0, number - BACK), number))
  const after = KOREAN_AFTER.exec(text.slice(number, number + 100))
  if (before === null || after === null) return null
  const parts = before[0].trim().split(' ').length
  if (parts < 2 && !/(?:로|길)$/u.test(before[0].trim())) return null
  const start = number - before[0].trimStart().length
  return { start, end: number + after[0].length, country: 'KR', confidence: parts < 2 ? 0.55 : 0.85 }
}

const thai = (text: string, number: number): EasternSpan | null => {
  const found = THAI_AFTER.exec(text.slice(number, number + FORTH))
  if (found === null) return null
  const marks = found[0].match(THAI_NEEDS)?.length ?? 0
  if (marks === 0) return null
  const coded = /\d{5}$/.test(found[0])
  if (marks < 2 && !coded) return null
  return {
    start: number,
    end: number + found[0].trimEnd().length,
    country: 'TH',
    confidence: coded ? 0.9 : 0.8,
  }
}

/** The address whose first or only number begins at `start` and ends at `end`, or null. Looks 220 units around. */
export const easternAt = (text: string, start: number, end: number): EasternSpan | null => {
  const next = text.charCodeAt(end)
  const before = text.charCodeAt(start - 1)
  if (isHan(next) && isHan(before)) return japanese(text, start) ?? chinese(text, start)
  if ((next === 0x2d || isHan(next)) && (isHan(before) || isKana(before))) return japanese(text, start)
  if (isHangul(before) || (before === 0x20 && isHangul(text.charCodeAt(start - 2))))
    return korean(text, start)
  if (isHan(next) && before === 0x20 && isHan(text.charCodeAt(start - 2))) return chinese(text, start)
  for (let i = end; i < end + 12; i += 1) {
    const unit = text.charCodeAt(i)
    if (isThai(unit)) return thai(text, start)
    if (unit > 0x39 || unit < 0x0a) return null
  }
  return null
}
