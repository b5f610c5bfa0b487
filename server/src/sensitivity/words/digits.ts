/*
 * Number words by what they stand for, as people read out digits and pairs of digits: the digits, ten to
 * nineteen, and the tens, which a digit may follow. Words that mean something else as well do no harm: only
 * rows of them are read. Separated by blanks; `_` stands for a blank inside a word.
 */
const DIGITS: readonly string[] = [
  'zero oh one two three four five six seven eight nine',
  'null eins zwei drei vier fünf sechs sieben acht neun',
  'zéro un deux trois quatre cinq six sept huit neuf',
  'cero uno dos tres cuatro cinco seis siete ocho nueve',
  'zero uno due tre quattro cinque sei sette otto nove',
  'nul een twee drie vier vijf zes zeven acht negen',
  'zero um dois três quatro cinco seis sete oito nove',
  'zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć',
  'noll ett två tre fyra fem sex sju åtta nio',
  'sıfır bir iki üç dört beş altı yedi sekiz dokuz',
  'nul en to tre fire fem seks syv otte ni',
  'nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän',
  'nula jedna dva tři čtyři pět šest sedm osm devět',
  'nulla egy kettő három négy öt hat hét nyolc kilenc',
  'zero unu doi trei patru cinci șase șapte opt nouă',
  'μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα',
  'ноль один два три четыре пять шесть семь восемь девять',
  'нуль один два три чотири п’ять шість сім вісім дев’ять',
  'ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า',
  '零 一 二 三 四 五 六 七 八 九',
  '〇 壹 贰 叁 肆 伍 陆 柒 捌 玖',
  '공 일 이 삼 사 오 육 칠 팔 구',
]

/** Other words for a digit. */
const VARIANTS: Readonly<Record<string, number>> = {
  nought: 0,
  naught: 0,
  eine: 1,
  zwo: 2,
  een: 1,
  één: 1,
  uma: 1,
  duas: 2,
  meia: 6,
  en: 1,
  sju: 7,
  幺: 1,
  两: 2,
  영: 0,
  jedna: 1,
  kaks: 2,
  åtte: 8,
  niner: 9,
}

const TEENS: readonly string[] = [
  'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  'dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
  'diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve',
  'dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  'tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien',
  'dez onze doze treze catorze quinze dezasseis dezassete dezoito dezanove',
  'dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście',
  'tio elva tolv tretton fjorton femton sexton sjutton arton nitton',
  '_ on_bir on_iki on_üç on_dört on_beş on_altı on_yedi on_sekiz on_dokuz',
]

/** Twenty to ninety. */
const TENS: readonly string[] = [
  'twenty thirty forty fifty sixty seventy eighty ninety',
  'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
  'vingt trente quarante cinquante soixante septante quatre-vingt nonante',
  'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
  'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
  'twintig dertig veertig vijftig zestig zeventig tachtig negentig',
  'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
  'dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt',
  'tjugo trettio fyrtio femtio sextio sjuttio åttio nittio',
  'yirmi otuz kırk elli altmış yetmiş seksen doksan',
]

const spaced = (list: string): string[] => list.split(' ').map((word) => word.replaceAll('_', ' '))

/** What is written in one word: units before tens in German and Dutch, tens before units in Italian and Swedish. */
const compounds = (): [string, number][] => {
  const units = {
    de: spaced('ein zwei drei vier fünf sechs sieben acht neun'),
    nl: spaced('een twee drie vier vijf zes zeven acht negen'),
    it: spaced('uno due tre quattro cinque sei sette otto nove'),
    sv: spaced('ett två tre fyra fem sex sju åtta nio'),
  }
  const found: [string, number][] = []
  for (let ten = 2; ten <= 9; ten += 1) {
    const [de, nl, it, sv] = [1, 5, 4, 8].map((row) => spaced(TENS[row] ?? '')[ten - 2] ?? '')
    for (let unit = 1; unit <= 9; unit += 1) {
      const value = ten * 10 + unit
      const behind = units.it[unit - 1] ?? ''
      found.push([`${units.de[unit - 1]}und${de}`, value])
      found.push([`${units.nl[unit - 1]}${/e$/.test(units.nl[unit - 1] ?? '') ? 'ën' : 'en'}${nl}`, value])
      found.push([
        `${/^[uo]/.test(behind) ? it?.slice(0, -1) : it}${behind === 'tre' ? 'tré' : behind}`,
        value,
      ])
      found.push([`${sv}${units.sv[unit - 1]}`, value])
    }
  }
  return found
}

const listed = (lists: readonly string[], from: number, by: number): [string, number][] =>
  lists.flatMap((list) =>
    spaced(list)
      .map((word, index): [string, number] => [word, from + index * by])
      .filter(([word]) => word !== ' '),
  )

const SKIPPED = new Set(['to', 'ni'])

/** Digits have one word more in English, for the zero. */
const digits = (): [string, number][] =>
  DIGITS.flatMap((list) => {
    const words = spaced(list)
    return words.map((word, index): [string, number] => [
      word,
      words.length > 10 ? Math.max(0, index - 1) : index,
    ])
  }).filter(([word]) => !SKIPPED.has(word))

/** Each number word with its value, 0 to 99. Lower case, accents as in print. */
export const NUMBER_WORDS: readonly (readonly [string, number])[] = [
  ...digits(),
  ...Object.entries(VARIANTS),
  ...listed(TEENS, 10, 1),
  ...listed(TENS, 20, 10),
  ['quatre-vingts', 80],
  ...compounds(),
]

/** Words that repeat the digit behind them, and how often it is said. */
export const REPEATS: readonly (readonly [string, number])[] = [
  ['double', 2],
  ['triple', 3],
  ['doppel', 2],
  ['doble', 2],
  ['doppio', 2],
  ['dubbel', 2],
  ['duplo', 2],
  ['podwójne', 2],
  ['podwójna', 2],
  ['dubbla', 2],
  ['çift', 2],
  ['dreifach', 3],
  ['quadruple', 4],
]
