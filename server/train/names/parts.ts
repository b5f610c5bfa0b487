import { LOCALES, linesOf, listOf, locale, THINGS } from './lists.ts'

const of = (words: string): readonly string[] => words.split('|')
const table = (rows: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(rows).map(([key, words]) => [key, of(words)]))

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
const everyCapital = (text: string): string =>
  text.replace(/(^|[ -])(\p{Ll})/gu, (_, lead: string, letter: string) => lead + letter.toUpperCase())

/** Locales written in Cyrillic or Greek letters: names of other scripts are not mixed into theirs. */
export const OTHER_LETTERS: ReadonlySet<string> = new Set(['ru', 'uk', 'el', 'mk'])
const NO_CAPITALS = new Set('ar fa he hy ka_GE ur ja ko zh_CN zh_TW th'.split(' '))
export const LATIN = LOCALES.filter((code) => !OTHER_LETTERS.has(code) && !NO_CAPITALS.has(code))

/** The locales of faker that a language of the templates takes its names from. */
export const LOCALES_OF = table({
  de: 'de|de|de_CH',
  fr: 'fr|fr|fr_CH|fr_CA|fr_SN',
  es: 'es|es_MX',
  it: 'it',
  nl: 'nl|nl_BE',
  pt: 'pt_BR|pt_PT',
  pl: 'pl',
  sv: 'sv',
  tr: 'tr',
})
export const PARTICLES = table({
  nl: 'van|de|van der|van den|ter',
  de: 'von|von der|zu',
  fr: 'de|du|de la|le',
  it: 'di|De|della|Lo',
  pt: 'da|dos|de',
  es: 'de|de la|del',
})
export const LEGAL = table({
  de: 'GmbH|AG|KG|OHG|GmbH & Co. KG|UG|e.V.|SE',
  fr: 'SA|SARL|SAS|SCOP|EURL|SCI|SNC',
  es: 'S.A.|S.L.|SL|SA|S.L.U.',
  it: 'S.p.A.|S.r.l.|SPA|SRL|Group',
  nl: 'B.V.|BV|N.V.|NV|VOF',
  pt: 'Lda.|S.A.|Ltda|LTDA|SA',
  pl: 'Sp. z o.o.|S.A.|SA',
  sv: 'AB|HB|KB',
  tr: 'A.Ş.|Ltd. Şti.',
})
export const LEGAL_ANYWHERE = of(
  'Inc|Inc.|LLC|Ltd|Ltd.|Group|PLC|Corp.|Corporation|Incorporated|Limited|GmbH|AG|LLP|Co.|Company|and Sons|Holdings|AB|BV|SA|SAS',
)
export const HONORIFICS = table({
  de: 'Herr|Frau|Herrn|Dr.|Prof. Dr.|Herr Dr.|Frau Dr.',
  fr: 'M.|Mme|Monsieur|Madame|Dr|Mlle|Maître',
  es: 'Sr.|Sra.|Señor|Señora|D.|Dña.|Dr.|Dra.',
  it: 'Sig.|Sig.ra|Signor|Signora|Dott.|Dott.ssa|Avv.',
  nl: 'meneer|mevrouw|Dhr.|Mevr.|dr.',
  pt: 'Sr.|Sra.|Dr.|Dra.|Senhor|Senhora',
})
export const HONORIFICS_ANYWHERE = of('Mr.|Mrs.|Ms.|Dr.|Mr|Mrs|Ms|Dr|Prof.|Miss|Sir|Rev.')
const ANDS: Readonly<Record<string, string>> = {
  de: 'und',
  fr: 'et',
  es: 'y',
  it: 'e',
  nl: 'en',
  pt: 'e',
  pl: 'i',
  sv: 'och',
  tr: 've',
}
/** "and" in a language of the templates. */
export const andOf = (language: string): string => ANDS[language] ?? 'and'

export const SYLLABLES = of(
  'ka|la|mi|no|ra|ta|ve|zo|shi|den|mar|lin|ber|gol|hei|kro|nad|pel|quin|ros|sal|tor|ul|var|wen|yor|zan|bri|cha|dra|el|fin|gar|hol|in|jas|kel|lor|men|nor|ost|pra|ren|sten|tri|uv|vik|wal|xan|yel|zor|am|bel|cor|dal|es|fer|gun|har',
)
export const STREET_ENDS = of('Street|Road|Avenue|Lane|Drive|Way|Court|Close|Boulevard|St.|Rd|Ave')
export const TOWN_LEADS = of(
  'Great|New|Old|North|South|East|West|Port|Fort|Lake|Little|St.|San|Bad|Saint|Upper|Lower|Mount',
)
export const TOWN_ENDS = of(
  'ville|ton|burg|bury|ford|field|heim|hausen|dorf|stad|by|mouth|ham|wick|port|view|land|berg|borough|haven',
)
export const TOWN_NOUNS = of('Falls|City|Springs|Park|Beach|Hills|Village|Town|Bay|Creek|Heights|Island')
export const SAINTS = of('San|Santa|São|Villa|Los|La|El|Le|Castel|Monte')
export const OTHER_COUNTRIES = of(
  'US|USA|UK|England|Scotland|Russia|South Korea|Czech Republic|Netherlands|Britain|America|Holland|Taiwan',
)
export const STARTUP_ENDS = of(
  'ly|ify|io|ster|wise|soft|tech|hub|net|bank|corp|labs|point|stream|logic|ium|ero|ix|ora|data|pay|care|works|bilt|ware|cast|view|path',
)
export const INSTITUTIONS_OF = of(
  'University of|Bank of|Institute of|Museum of|City of|Port of|Friends of|Universität|Université de|Universidad de|Stadtwerke|Klinikum|Sparkasse|Hôpital de|Banco de|Comune di|Gemeente',
)
export const INSTITUTIONS = of(
  'University|General Hospital|Bank|High School|City Council|Chamber of Commerce|Airport|Medical Center|Clinic|Football Club',
)
export const GRAND = of(
  'St.|Saint|First|National|American|European|Royal|United|Global|Pacific|Atlantic|Northern|General',
)
export const JOB_LEADS = of(
  'Senior|Junior|Chief|Lead|Regional|Software|Sales|Marketing|Human resources|Civil|Electrical|Registered|Financial|Project|Product|Data|Medical|Public relations|Network and computer systems|Customer service|Staff development|Legal|Research|Quality|Account|Dental|Executive|Technical|Operations|Logistics',
)

export const FAMOUS = [...listOf('famous'), ...THINGS.author]
export const BRANDS = listOf('brand')
export const OCCUPATIONS = listOf('occupation').slice(0, 180)
export const BUSINESS = listOf('business')
export const HUMAN = listOf('human')
export const NATIONS = linesOf('nation')
  .slice(0, 3)
  .flatMap((line) => line.split('|'))
export const FOREIGN_NATIONS = (linesOf('nation')[3] ?? '').split('|')
export const EXTRA_FAMILY = listOf('family-extra')
export const EXTRA_GIVEN = linesOf('given-extra').flatMap((line) => line.slice(2).split('|'))
export const EXTRA_CITIES = listOf('city-extra').map(everyCapital)
export const GERMAN_NOUNS = locale('de').words.filter((word) => /^\p{Lu}\p{Ll}+$/u.test(word))
export const COUNTRIES = locale('en').countries.filter((name) => !name.includes(','))

const NAMES = new Set(
  [
    ...EXTRA_FAMILY,
    ...EXTRA_GIVEN,
    ...LATIN.flatMap((code) => [...locale(code).family, ...locale(code).female, ...locale(code).male]),
  ].map((name) => name.toLowerCase()),
)
/** English words that are somebody's name as well: price, rose, king. */
export const COMMON_NAMES = [
  ...THINGS.noun,
  ...THINGS.adjective,
  ...THINGS.verb,
  ...listOf('ordinary').slice(0, 700),
  ...listOf('words-en'),
].filter((word) => word.length > 2 && NAMES.has(word))
