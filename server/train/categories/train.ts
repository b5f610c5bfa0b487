/**
 * Trains the classifier for whole texts (contract, financial, health) and writes its weights.
 *
 *   node server/train/categories/train.ts            writes server/src/sensitivity/categories/weights.ts
 *   node server/train/categories/train.ts --measure  prints recall and false alarms on held-out.txt, writes nothing
 *
 * Seeded: the same sentences give the same weights. Texts are composed of the sentences in this folder, which
 * were written for it; held-out.txt is never composed from.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import {
  BUCKETS,
  bucketsOf,
  CLASS_COUNT,
  CLASSES,
  DENSE_COUNT,
  denseOf,
} from '../../src/sensitivity/categories/features.ts'
import { findPhrases } from '../../src/sensitivity/categories/lexicon.ts'
import { LEXICON } from '../../src/sensitivity/categories/lists.ts'
import { countAmounts, numbersIn } from '../../src/sensitivity/categories/numbers.ts'
import { isGeneral } from '../../src/sensitivity/categories/questions.ts'

const HERE = new URL('.', import.meta.url)
const TEXTS = 30_000
const ROUNDS = 12
const SEED = 20_261_122

interface Sample {
  readonly language: string
  readonly category: string
  readonly text: string
}

interface Features {
  readonly buckets: readonly number[]
  readonly dense: Float64Array
  readonly category: string
}

const load = (name: string): readonly Sample[] =>
  readFileSync(new URL(name, HERE), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [language = '', category = '', ...rest] = line.split('|')
      return { language, category, text: rest.join('|').replaceAll('\\n', '\n').replaceAll('\\t', '\t') }
    })

/** A small generator of random numbers (mulberry32), so that a run can be repeated. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const ASKED: Readonly<Record<string, string>> = {
  en: 'Summarise this:|Please check:|Translate into German:|What do you think?|Rewrite in plain words.|Turn this into a short email.|Is this correct?|Can you improve this text?|Make bullet points.|Explain this to me.|Find mistakes.|Draft a reply.',
  de: 'Fasse zusammen:|Bitte prüfe:|Übersetze ins Englische:|Was meinst du?|Formuliere einfacher.|Mach daraus eine E-Mail.|Stimmt das?|Entwirf eine Antwort.',
  fr: 'Résume :|Vérifie :|Traduis en anglais :|Reformule.|Est-ce correct ?|Rédige une réponse.',
  es: 'Resume:|Revisa:|Traduce al inglés:|Reformula.|¿Es correcto?|Redacta una respuesta.',
  it: 'Riassumi:|Controlla:|Traduci in inglese:|Riformula.|È corretto?|Scrivi una risposta.',
  nl: 'Vat samen:|Controleer:|Vertaal naar Engels:|Herschrijf.|Klopt dit?|Schrijf een antwoord.',
  pt: 'Resuma:|Verifique:|Traduza para inglês:|Reescreva.|Está correto?|Escreva uma resposta.',
  pl: 'Streść:|Sprawdź:|Przetłumacz na angielski:|Przeredaguj.|Czy to poprawne?|Napisz odpowiedź.',
  sv: 'Sammanfatta:|Granska:|Översätt till engelska:|Skriv om.|Stämmer det?|Skriv ett svar.',
  tr: 'Özetle:|Kontrol et:|İngilizceye çevir:|Yeniden yaz.|Doğru mu?|Cevap yaz.',
  zh: '总结：|请检查：|翻译成英文：|改写。|对吗？',
  th: 'สรุป:|ช่วยตรวจ:|แปลเป็นอังกฤษ:|เขียนใหม่|ถูกต้องไหม',
}

/** Some of the words of a long run of them, in their order or not. */
const piecesOf = (run: string, random: () => number): string => {
  const pieces = run.split(/[,，]/).flatMap((piece) => (/[฀-๿]/.test(piece) ? piece.split(' ') : [piece]))
  const first = Math.floor(random() * pieces.length)
  const length = 3 + Math.floor(random() * 7)
  const ordered = Array.from({ length }, (_, i) => pieces[(first + i * 3) % pieces.length]?.trim() ?? '')
  return ordered.join(random() < 0.5 ? ', ' : random() < 0.5 ? '; ' : '. ')
}

/** Shares of texts of many sentences, and of texts that go on about something else. */
const LONG = 0.12
const DILUTED = 0.3

const composer = (sentences: readonly Sample[], runs: readonly Sample[], random: () => number) => {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const groups = Map.groupBy(sentences, ({ language, category }) => `${language} ${category}`)
  const languages = [...new Set(sentences.map(({ language }) => language))]
  // Words are left out and figures changed, so that no single one is leaned on.
  const worn = (text: string): string =>
    text
      .split(' ')
      .filter(() => random() > 0.12)
      .join(' ')
      .replaceAll(/\d/g, () => String(Math.floor(random() * 10)))
  return (): Sample => {
    const language = random() < 0.4 ? 'en' : (pick(languages) ?? 'en')
    const category = random() < 0.5 ? 'none' : (pick(CLASSES) ?? 'none')
    const pool = groups.get(`${language} ${category}`) ?? []
    const length = random() < LONG ? 8 + Math.floor(random() * 16) : 1 + Math.floor(random() * random() * 6)
    const foreign = random() < DILUTED ? (groups.get(`${language} none`) ?? []) : pool
    const run = runs.find((one) => one.language === language && one.category === category)?.text
    const parts = Array.from({ length }, (_, i) =>
      i > 1 && i > length / 3
        ? worn(pick(foreign)?.text ?? '')
        : run !== undefined && random() < 0.4
          ? worn(piecesOf(run, random))
          : worn(pick(pool)?.text ?? ''),
    )
    const asked = pick((ASKED[language] ?? '').split('|')) ?? ''
    const chance = random()
    if (chance < 0.3) parts.unshift(asked)
    else if (chance < 0.6) parts.push(asked)
    return { language, category, text: parts.join(random() < 0.2 ? '\n' : ' ') }
  }
}

const featuresOf = ({ text, category }: Sample): Features => {
  let buckets: readonly number[] = []
  let said = { amounts: 0, general: isGeneral(text), words: 0 }
  const { phrases } = findPhrases(LEXICON, text, (words) => {
    const { list, count } = bucketsOf(text, words, 0, words.count)
    buckets = [...list.subarray(0, count)]
    said = { ...said, amounts: countAmounts(text, numbersIn(text, words)), words: words.count }
  })
  return { buckets, dense: denseOf(phrases, 0, text.length + 1, said), category }
}

interface Weights {
  readonly buckets: Float64Array
  readonly dense: Float64Array
}

const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score))

const scoreOf = (weights: Weights, { buckets, dense }: Features, k: number): number => {
  const factor = buckets.length === 0 ? 0 : 1 / Math.sqrt(buckets.length)
  let score = 0
  for (const bucket of buckets) score += (weights.buckets[bucket * CLASS_COUNT + k] ?? 0) * factor
  for (let i = 0; i < DENSE_COUNT; i += 1)
    score += (weights.dense[i * CLASS_COUNT + k] ?? 0) * (dense[i] ?? 0)
  return score
}

/** Decay per step: words seldom seen stay small, what the lists say counts. */
const DECAY = 2e-4

const learn = (weights: Weights, sample: Features, rate: number): void => {
  const factor = sample.buckets.length === 0 ? 0 : 1 / Math.sqrt(sample.buckets.length)
  for (let k = 0; k < CLASS_COUNT; k += 1) {
    const error = (sample.category === CLASSES[k] ? 1 : 0) - sigmoid(scoreOf(weights, sample, k))
    for (const bucket of sample.buckets) {
      const at = bucket * CLASS_COUNT + k
      weights.buckets[at] = (weights.buckets[at] ?? 0) * (1 - DECAY) + rate * 4 * error * factor
    }
    for (let i = 0; i < DENSE_COUNT; i += 1) {
      const at = i * CLASS_COUNT + k
      weights.dense[at] = (weights.dense[at] ?? 0) + rate * 0.3 * error * (sample.dense[i] ?? 0)
    }
  }
}

const train = (samples: readonly Features[]): Weights => {
  const weights = {
    buckets: new Float64Array(BUCKETS * CLASS_COUNT),
    dense: new Float64Array(DENSE_COUNT * CLASS_COUNT),
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const rate = 0.3 / (1 + round)
    for (const sample of samples) learn(weights, sample, rate)
  }
  return weights
}

const measure = (weights: Weights, name: string): void => {
  const samples = load(name)
  for (const bar of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) {
    const parts = CLASSES.map((category, k) => {
      const said = samples.map((sample) => sigmoid(scoreOf(weights, featuresOf(sample), k)) >= bar)
      const mine = samples.map((sample) => sample.category === category)
      const found = said.filter((yes, i) => yes && mine[i]).length
      const wrong = said.filter((yes, i) => yes && samples[i]?.category === 'none').length
      return `${category} ${found}/${mine.filter(Boolean).length} false ${wrong}`
    })
    console.log(bar, parts.join('   '))
  }
  if (process.argv.includes('--wrong')) for (const sample of samples) tellWrong(weights, sample)
}

const tellWrong = (weights: Weights, sample: Sample): void => {
  CLASSES.forEach((category, k) => {
    const probability = sigmoid(scoreOf(weights, featuresOf(sample), k))
    if (probability >= 0.5 === (sample.category === category)) return
    console.log(category, sample.language, sample.category, probability.toFixed(2), sample.text.slice(0, 90))
  })
}

const write = ({ buckets, dense }: Weights): void => {
  const most = buckets.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0)
  const scale = most / 127
  const bytes = Int8Array.from(buckets, (weight) => Math.round(weight / scale))
  const lines = [
    '/** Written by server/train/categories/train.ts; not edited by hand. */',
    'export const WEIGHTS = {',
    `  scale: ${scale.toPrecision(6)},`,
    `  dense: [${[...dense].map((weight) => Number(weight.toFixed(4))).join(', ')}],`,
    `  buckets:\n    '${Buffer.from(bytes.buffer).toString('base64')}',`,
    '}',
    '',
  ]
  writeFileSync(new URL('../../src/sensitivity/categories/weights.ts', HERE), lines.join('\n'))
}

const random = randomFrom(SEED)
const sentences = [
  'sentences-en.txt',
  'sentences-world.txt',
  'sentences-more.txt',
  'development.txt',
].flatMap(load)
const compose = composer(sentences, load('vocabulary.txt'), random)
const weights = train(Array.from({ length: TEXTS }, () => featuresOf(compose())))
measure(weights, 'held-out.txt')

if (!process.argv.includes('--measure')) write(weights)
