import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverText, restore } from '../../test/fixture/pseudonyms.ts'

type Values = readonly (readonly [string, string])[]

/** Covers a text and looks whether any of the words is left and all comes back. */
const gone = (text: string, values: Values, words: RegExp): string => {
  const covered = coverText(text, values)
  assert.deepEqual(covered.left, [])
  assert.doesNotMatch(covered.text, words)
  assert.equal(restore(covered, covered.text), text)
  return covered.text
}

test('a family name in small letters behind its particle is one, wherever it stands again', () => {
  gone(
    'Merci de joindre Jean Le gall. Ms. Le gall ; LE GALL ; Gall',
    [['Jean Le gall', 'PERSON']],
    /gall|jean/i,
  )
  gone('Joindre Alcidie Da silva. Ms. Da silva', [['Alcidie Da silva', 'PERSON']], /silva|alcidie/i)
  gone("Colleague: D'angelo Corwin. D'angelo's, Corwin", [["D'angelo Corwin", 'PERSON']], /angelo|corwin/i)
  gone('Pro Danu Nguyen vanovou. Nguyen vanovou', [['Danu Nguyen vanovou', 'PERSON']], /nguyen|vanov/i)
  const text = 'Ask Anna Berger of accounting. What of accounting?'
  const covered = coverText(text, [['Anna Berger of accounting', 'PERSON']])
  assert.match(covered.text, / of accounting\. What of accounting\?$/)
})

test('a name that is a title elsewhere is a name, and a title stays', () => {
  gone('Brief an Cara Pöche. Cara ;', [['Cara Pöche', 'PERSON']], /cara|pöche/i)
  gone('Write to Judge Rowe. Ask Judge.', [['Judge Rowe', 'PERSON']], /judge|rowe/i)
  gone('Please ask Don Miller and you.', [['Don Miller', 'PERSON']], /\bdon\b|miller/i)
  gone('Lütfen Şir Duygulu için yaz.', [['Şir Duygulu', 'PERSON']], /Şir|Duygulu/)
  const kept = (text: string, name: string, title: string): void =>
    assert.ok(coverText(text, [[name, 'PERSON']]).text.includes(title), text)
  kept('See Dr. Miller.', 'Dr. Miller', 'See Dr. ')
  kept('Hola, para la Señora Paz.', 'Señora Paz', 'la Señora ')
  kept('Ask Gen. Miller.', 'Gen. Miller', 'Ask Gen. ')
  kept('Proszę napisz list do Pan Nowacki, dla nas i przez.', 'Pan Nowacki', 'do Pan ')
  kept('Hola, escriba usted una carta para el Don José por favor.', 'Don José', 'el Don ')
})

test('a first name that is a word is covered where it stands by itself, and a word stays a word', () => {
  const text =
    "Our patient Sunny D'Amore. Noted: Sunny ;\n- Sunny\n- Sunny's\n- Sunny D'Amore, too. Sunny days are here. It is sunny."
  const covered = gone(text, [["Sunny D'Amore", 'PERSON']], /Sunny [D;]|Sunny\n|Sunny's|D'Amore/)
  assert.match(covered, /Sunny days are here\. It is sunny\.$/)
})

test('a word beside a name that was found is not part of it', () => {
  const will = coverText('Miller asks. Jarred Will-Block will answer, so Will will.', [
    ['Miller', 'PERSON'],
    ['Jarred Will-Block', 'PERSON'],
  ])
  assert.match(will.text, /-\S+ will answer, so (?!Will)\S+ will\.$/)
  const named = coverText('Record: name Cicero Okun. The other is Name Langosh.', [
    ['Cicero Okun', 'PERSON'],
    ['Name Langosh', 'PERSON'],
  ])
  assert.match(
    named.text,
    /^Record: name (?!Cicero)\S+ (?!Okun)\S+\. The other is (?!Name)\S+ (?!Lang)\S+\.$/,
  )
  const knows = coverText('An Herrn Weiß. Danke! Weiß Stefanie Tucholke Bescheid? Ja, Will Weiß.', [
    ['Weiß', 'PERSON'],
    ['Stefanie Tucholke', 'PERSON'],
  ])
  assert.match(knows.text, /Danke! Weiß (?!Stefanie)\S+ (?!Tucholke)\S+ Bescheid\? Ja, Will (?!Weiß)\S+\.$/)
  gone('mail jarred will now: jarred.will, Will, Jarred', [['jarred will', 'PERSON']], /jarred|will/i)
})

test('an ending makes another word where the language does not inflect names', () => {
  const spanish = coverText(
    'Escribe una carta para Norma Correa, con domicilio en la ciudad. Correo para los Correas.',
    [['Norma Correa', 'PERSON']],
  )
  assert.match(spanish.text, /\. Correo para los (?!Correas)\S+\.$/)
  const polish = 'Napisz list do Anna Correa. Proszę, Anno, nie dla Correi i Anny.'
  gone(polish, [['Anna Correa', 'PERSON']], /Ann|Corre/)
})

test('letters are spelled out by one language’s habit and not by another’s', () => {
  const covered = coverText(
    'Till Noa Åkerfjäll: Åkerfjaell, Aakerfjäll, Aakerfjaell, Akerfjall, Akerfjaell.',
    [['Noa Åkerfjäll', 'PERSON']],
  )
  assert.doesNotMatch(covered.text, /[ÅA]a?kerfj/i)
  assert.equal(
    restore(covered, covered.text),
    `Till Noa Åkerfjäll: ${Array(5).fill('Åkerfjäll').join(', ')}.`,
  )
})

test('a family name of one, two or three characters is known before a form of address', () => {
  const named: readonly (readonly [string, string, string])[] = [
    ['久保田花子', '久保田', 'さん'],
    ['林心美', '林', 'さん'],
    ['森田誠', '森田', 'さん'],
    ['星久美子', '星', 'さん'],
    ['佐々木健', '佐々木', '様'],
    ['田中', '田中', 'さん'],
    ['申屠建国', '申屠', '先生'],
    ['王建国', '王', '先生'],
    ['선우진', '선', ' 씨'],
    ['남궁민수', '남궁', ' 씨'],
  ]
  for (const [name, family, title] of named) {
    const japanese = title === 'さん' || title === '様'
    const text = `${japanese ? 'お客様への手紙を書いてくださいね。' : ''}${family}${title}, ${name}${title}.`
    const covered = coverText(text, [[`${name}${title}`, 'PERSON']])
    const said = covered.text.slice(text.indexOf(family), covered.text.indexOf(','))
    assert.ok(said.endsWith(title) && !said.startsWith(family), `${name}: ${covered.text}`)
    assert.equal(restore(covered, said), `${family}${title}`, name)
  }
})

test('initials come back for a family name that is another one’s second given name', () => {
  const text = 'Ida Eliasson Lindström writes to Robin Eliasson.'
  const covered = coverText(text, [
    ['Ida Eliasson Lindström', 'PERSON'],
    ['Robin Eliasson', 'PERSON'],
  ])
  const [robin = '', eliasson = ''] = /writes to (\S+) (\S+)\./.exec(covered.text)?.slice(1) ?? []
  assert.equal(restore(covered, `${robin.charAt(0)}. ${eliasson}`), 'R. Eliasson')
})

test('a redrawn given name keeps its letter, so that initials mean the same', () => {
  const first = coverText('Letter to Maria Schneider.', [['Maria Schneider', 'PERSON']])
  const [given = '', family = ''] = /to (\S+) (\S+)\./.exec(first.text)?.slice(1) ?? []
  const second = coverText(`Who is ${given}? And Maria?`, [], first.mapping, first.room)
  const [anew = ''] = /And (\S+)\?/.exec(second.text)?.slice(1) ?? []
  assert.notEqual(anew, given)
  assert.equal(restore(second, `${anew.charAt(0)}. ${family}`), 'M. Schneider')
})
