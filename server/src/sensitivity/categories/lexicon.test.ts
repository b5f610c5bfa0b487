import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildLexicon, findPhrases } from './lexicon.ts'
import { LEXICON, listIndex, weightedLists } from './lists.ts'

const LEXICON_OF_TWO = buildLexicon(
  [
    ['deal', 'term sheet|umow* najm*|合同|zażółć|letter of intent|letter'],
    ['drug', 'metformin*|hydrochlorothiazid*'],
  ],
  ['tis'],
)

const seen = (text: string): readonly string[] =>
  findPhrases(LEXICON_OF_TWO, text)
    .phrases.flat()
    .flatMap((phrase) => (phrase === undefined ? [] : [text.slice(phrase.start, phrase.end)]))

test('phrases are found word by word, whatever stands between the words', () => {
  assert.deepEqual(seen('The Term-Sheet, please'), ['Term-Sheet'])
  assert.deepEqual(seen('a term\nsheet'), ['term\nsheet'])
  assert.deepEqual(seen('terms sheet, midterm sheet'), [])
})

test('a star stands for any ending and for none', () => {
  assert.deepEqual(seen('Umowa najmu i umowy najm'), ['Umowa najmu', 'umowy najm'])
  assert.deepEqual(seen('metformin metformina metform'), ['metformin', 'metformina'])
  assert.deepEqual(seen('Hydrochlorothiazide'), ['Hydrochlorothiazide'])
})

test('scripts without blanks, accents and case', () => {
  assert.deepEqual(seen('请看合同第一条'), ['合同'])
  assert.deepEqual(seen('ZAZOLC'), ['ZAZOLC'])
})

test('a phrase and one that begins like it are both found', () => {
  assert.deepEqual(seen('letter of intent').toSorted(), ['letter', 'letter of intent'])
  assert.deepEqual(seen('letter of complaint'), ['letter'])
})

test('words that end as asked are reported, short ones are not', () => {
  const text = 'tonsillitis and otis'
  assert.deepEqual(findPhrases(LEXICON_OF_TWO, text).tails, [0, 11])
})

test('texts longer than the first buffers are read to the end', () => {
  const text = `${'word '.repeat(20_000)}term sheet`
  assert.deepEqual(seen(text), ['term sheet'])
  assert.deepEqual(seen('term sheet'), ['term sheet'])
})

test('medicines are known as the languages spell them', () => {
  const drugs = (text: string): number => findPhrases(LEXICON, text).phrases[listIndex('drug')]?.length ?? 0
  for (const name of [
    'amitriptyline',
    'amitriptilina',
    'amitryptylina',
    'karbamazepin',
    'Metformina',
    'klozapina',
  ]) {
    assert.ok(drugs(name) > 0, name)
  }
  assert.equal(drugs('aspiration'), 0)
})

test('weighted lists come heaviest first, unknown lists are refused', () => {
  assert.deepEqual(
    weightedLists('contract').map(([, weight]) => weight),
    [4, 3, 2, 1],
  )
  assert.throws(() => listIndex('nothing'), RangeError)
})
