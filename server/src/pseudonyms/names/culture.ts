import { fold } from '../fold.ts'
import type { CultureName } from './makers.ts'

/** Small words that tell a language written in Latin letters; folded, each in few of the languages. */
const MARKS: readonly (readonly [CultureName, ReadonlySet<string>])[] = (
  [
    [
      'en',
      'the and is you for with please my this that are have not what her his was will of to from by at on it has our about which we be',
    ],
    ['de', 'der die das und ist nicht mit bitte ein eine ich sie wir ihr fur auf auch wird sehr haben'],
    ['fr', 'le les et est vous pour avec dans je nous une qui sur pas cette bonjour merci ses'],
    ['es', 'el los y es usted para con por una que del mi su esta hola gracias las'],
    ['it', 'il gli e che per con una sono della non mi suo questo ciao grazie di'],
    ['pt', 'o os e que para com uma nao por seu sua esta ola obrigado mais em'],
    ['nl', 'het een en van voor met niet zijn ik je wij u deze graag dank aan bij'],
    ['sv', 'och att ar det som en for med pa inte jag vi av den har til og er ikke'],
    ['pl', 'i w na z nie jest prosze dla sie ze pan pani czy oraz przez do jego jej'],
    ['tr', 've bir bu icin ile lutfen bey hanim degil var cok olarak sayin'],
  ] as const
).map(([name, text]) => [name, new Set(text.split(' '))] as const)

/** How much of a request is looked at. */
const SAMPLE = 6_000

/** The language most of a request's small words belong to; English where none speaks. */
export const languageOf = (text: string): CultureName => {
  const sample = text.slice(0, SAMPLE)
  const script = scriptOf(sample, 12)
  if (script !== null) return script
  const words = fold(sample).match(/\p{L}+/gu) ?? []
  let best: CultureName = 'en'
  let most = 0
  for (const [name, marks] of MARKS) {
    const count = words.filter((word) => marks.has(word)).length
    if (count > most) {
      best = name
      most = count
    }
  }
  return best
}

const SCRIPTS: readonly (readonly [CultureName, RegExp])[] = [
  ['ja', /[\p{sc=Hira}\p{sc=Kana}]/gu],
  ['ko', /\p{sc=Hang}/gu],
  ['zh', /\p{sc=Han}/gu],
  ['th', /\p{sc=Thai}/gu],
  ['ru', /\p{sc=Cyrl}/gu],
  ['el', /\p{sc=Grek}/gu],
  ['ar', /\p{sc=Arab}/gu],
  ['he', /\p{sc=Hebr}/gu],
  ['hi', /\p{sc=Deva}/gu],
]

const scriptOf = (text: string, least: number): CultureName | null => {
  for (const [name, pattern] of SCRIPTS) {
    if ((text.match(pattern)?.length ?? 0) >= least) return name
  }
  return null
}

const LETTERS: readonly (readonly [CultureName, RegExp])[] = [
  ['pl', /[łąęśźżćńŁŚŹŻĆ]|(?:sk|ck)[ia]$|(?:icz|czyk)$/],
  ['tr', /[ğşıİĞŞ]|oğlu$/],
  ['de', /[äöüßÄÖÜ]|(?:mann|berg|stein|inger)$/],
  ['sv', /[åøæÅØ]|(?:sson|strom|ström|qvist)$/],
  ['pt', /[ãõ]|(?:inho|eira)$/],
  ['es', /ñ|(?:ez|uez)$/],
  ['fr', /[èêëœâç]|(?:eau|ault|aud)$/],
  ['it', /(?:elli|etti|ucci|ini)$/],
  ['nl', /(?:stra|sma|ijk|huis)$/],
]

/** The sound that a name's stand-in should have: by its script, its letters, else the request's language. */
export const cultureOf = (name: string, language: CultureName): CultureName => {
  const script = scriptOf(name, 1)
  if (script !== null) {
    if (script === 'zh' && language === 'ja') return 'ja'
    return script
  }
  const byLetters = LETTERS.find(([, pattern]) => pattern.test(name))?.[0]
  if (byLetters !== undefined) return byLetters
  return MARKS.some(([one]) => one === language) ? language : 'en'
}
