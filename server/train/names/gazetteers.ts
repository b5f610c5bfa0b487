import { FLAG } from '../../src/sensitivity/tagger/flags.ts'
import { templateWords } from './generate.ts'
import { LOCALES, linesOf, listOf, locale, THINGS } from './lists.ts'

const HEAD =
  '/* Made by server/train/names/train.ts: change the lists there, not this file. */\n// biome-ignore-all format: made by a script\n'

const literal = (text: string): string =>
  text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`

const record = (name: string, lists: ReadonlyMap<string, readonly string[]>): string => {
  const lines = [...lists].filter(([, words]) => words.length > 0)
  const body = lines.map(([key, words]) => `  ${key}: ${literal(words.join('|'))},\n`).join('')
  return `export const ${name}: Readonly<Record<string, string>> = {\n${body}}\n`
}

/** Words that are too often something else to be a name by themselves, though faker or somebody bears them. */
const NO_NAME = new Set(
  'an so my no he de la du do in on it us or as at will can may so sun am al el san the mon den der das le les'.split(
    ' ',
  ),
)

const names = (part: 'female' | 'male' | 'family'): Map<string, readonly string[]> => {
  const lists = new Map<string, readonly string[]>()
  for (const code of LOCALES) {
    const extra =
      code !== 'en'
        ? []
        : part === 'family'
          ? listOf('family-extra')
          : linesOf('given-extra')
              .filter((line) => line.startsWith(part.slice(0, 1)))
              .flatMap((line) => line.slice(2).split('|'))
    lists.set(
      code,
      [...new Set([...locale(code)[part], ...extra])].filter((word) => !NO_NAME.has(word.toLowerCase())),
    )
  }
  return lists
}

const places = (): Map<string, readonly string[]> => {
  const lists = new Map(LOCALES.map((code) => [code, locale(code).cities]))
  lists.set('own', listOf('city-extra'))
  const seen = new Set<string>()
  for (const [code, cities] of lists) {
    lists.set(
      code,
      cities.filter((city) => !seen.has(city)),
    )
    for (const city of cities) seen.add(city)
  }
  return lists
}

const words = (): Map<string, readonly string[]> => {
  const lists = new Map<string, readonly string[]>()
  for (const flag of Object.keys(FLAG)) {
    if (['female', 'male', 'family', 'place', 'pair'].includes(flag)) continue
    if (flag === 'country')
      lists.set(
        flag,
        [
          ...new Set([...LOCALES.flatMap((code) => locale(code).countries), ...listOf('country-extra')]),
        ].filter((name) => !name.includes(',') && !name.includes('(')),
      )
    else if (flag === 'famous') lists.set(flag, [...new Set([...listOf('famous'), ...THINGS.author])])
    else if (flag === 'common') lists.set(flag, common())
    else lists.set(flag, [...new Set(listOf(flag))])
  }
  return lists
}

const common = (): readonly string[] => {
  const nouns = ['de', 'fr', 'pt_BR', 'da', 'nb_NO'].flatMap((code) => locale(code).words)
  const all = [
    ...listOf('words-en'),
    ...listOf('ordinary'),
    ...listOf('human').filter((word) => !word.includes(' ')),
    ...templateWords(),
    ...nouns.filter((word) => !/[ ()/]/.test(word)),
    ...(Object.values(THINGS).length > 0 ? [...THINGS.noun, ...THINGS.verb, ...THINGS.adjective] : []),
  ]
  return [...new Set(all.map((word) => word.toLowerCase()))].sort()
}

/** The modules with the lists that the tagger reads at start, by file name. */
export const listModules = (): ReadonlyMap<string, string> =>
  new Map([
    ['given.ts', `${HEAD}${record('FEMALE', names('female'))}\n${record('MALE', names('male'))}`],
    ['family.ts', HEAD + record('FAMILY', names('family'))],
    ['places.ts', HEAD + record('PLACES', places())],
    ['words.ts', HEAD + record('WORDS', words())],
  ])
