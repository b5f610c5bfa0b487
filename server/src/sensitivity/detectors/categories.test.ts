import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Kind } from '../../domain/index.ts'
import type { Detector, Hit } from '../detector.ts'
import { read } from '../reading.ts'
import { contract } from './contract.ts'
import { financial } from './financial.ts'
import { marker } from './marker.ts'
import { medical } from './medical.ts'
import { sourceCode } from './source-code.ts'

const ALL: readonly Detector[] = [contract, financial, medical, sourceCode, marker]

const hitsIn = (text: string): readonly Hit[] => {
  const reading = read(text)
  return ALL.flatMap((detector) => detector.detect(reading))
}

const kindsIn = (text: string): ReadonlySet<Kind | null> => new Set(hitsIn(text).map(({ kind }) => kind))

const is = (kind: Kind, ...texts: string[]): void => {
  for (const text of texts) {
    test(`${kind}: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () =>
      assert.ok(kindsIn(text).has(kind), JSON.stringify([...kindsIn(text)])))
  }
}

const silent = (...texts: string[]): void => {
  for (const text of texts) {
    test(`nothing in: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => assert.deepEqual(hitsIn(text), []))
  }
}

describe('contracts and legal papers', () => {
  is(
    'contract',
    'The Tenant shall keep the premises in good repair and shall not assign this Lease without the prior written consent of the Landlord.',
    'Der Auftragnehmer verpflichtet sich zur Verschwiegenheit. Gerichtsstand ist Bremen. Für jeden Verstoß wird eine Vertragsstrafe fällig.',
    'Le bailleur et le preneur conviennent que le loyer est payable le 1er ; la clause résolutoire joue après mise en demeure.',
    'El arrendatario se obliga a pagar la renta y la fianza; serán competentes los juzgados y tribunales de Cádiz.',
    'Il conduttore si obbliga a versare il deposito cauzionale; foro competente è Bari.',
    'De huurder betaalt een waarborgsom; op deze overeenkomst is Nederlands recht van toepassing.',
    'O locatário compromete-se a pagar a caução; fica eleito o foro da comarca de Recife.',
    'Najemca zobowiązuje się do zapłaty kaucji; sądem właściwym jest sąd w Łodzi, okres wypowiedzenia wynosi miesiąc.',
    'Hyresgästen förbinder sig att betala hyra; uppsägningstiden är tre månader och tvist avgörs av allmän domstol.',
    'Kiracı depozitoyu ödemeyi kabul ve taahhüt eder; yetkili mahkeme İzmir mahkemeleridir.',
    '甲方将房屋出租给乙方，乙方逾期付款应支付违约金，争议由人民法院管辖。',
  )
  silent(
    'What is a lease, and which law governs it?',
    'Translate: the tenant shall.',
    'Our agreement to meet at noon still holds, see you there.',
    'word '.repeat(900),
    'data '.repeat(40),
  )
})

describe('figures that are not public', () => {
  is(
    'financial',
    'Draft for the board: EBITDA of 3.1m, covenant breach likely in May, not yet announced.',
    'Payslip for Ines Fahl: gross pay 3,210.00 EUR, net pay 2,188.40 EUR.',
    'Gehaltsliste: Uhl 52.000 EUR, Becker 49.500 EUR, Bonus 4.000 EUR.',
    'Bulletin de paie de Mme Aubry : salaire brut 2 600 €, net à payer 2 020 €.',
  )
  silent(
    'Shares fell 3 % after the company reported revenue of 2 billion dollars, analysts expected more.',
    'A jacket costs 80 euros with 20 % off. What was the price before?',
    'The iban GB82 WEST 1234 5698 7654 32 is in the docs.',
  )
})

describe('health of a person', () => {
  const spans = (text: string): readonly string[] =>
    hitsIn(text)
      .filter(({ type }) => type === 'MEDICAL')
      .map(({ start, end }) => text.slice(start, end))
  const finds = (text: string, ...expected: string[]): void => {
    test(text.slice(0, 70), () => {
      for (const one of expected) assert.ok(spans(text).includes(one), JSON.stringify(spans(text)))
    })
  }
  finds('My aunt has epilepsy and takes lamotrigine.', 'epilepsy', 'lamotrigine')
  finds('Patient presents with cholangitis and was started on ceftazidime.', 'cholangitis', 'ceftazidime')
  finds('Meine Tante leidet an Zöliakie und nimmt Pantoprazol.', 'Zöliakie', 'Pantoprazol')
  finds('Ma tante souffre de polyarthrite et prend du méthotrexate.', 'polyarthrite', 'méthotrexate')
  finds('Mi tía padece hipotiroidismo y toma levotiroxina.', 'hipotiroidismo', 'levotiroxina')
  finds('Ciocia choruje na padaczkę i bierze lamotryginę.', 'padaczkę', 'lamotryginę')
  finds('Teyzem astım hastası ve budesonid kullanıyor.', 'astım', 'budesonid')
  finds('病人患有哮喘，正在服用泼尼松。', '哮喘')
  is('health', 'Session note: client is tearful, sleeps badly, my patient denies suicidal thoughts.')
  silent(
    'How does insulin work in the body?',
    'People with asthma should avoid smoke, says the leaflet.',
    'Be patient, the reader is slow.',
    'The diplomat had a sarcastic aroma of diploma and hypnosis.',
    'Wer hat die Diagnose im Code geschrieben?',
  )
})

describe('code that is somebody’s own', () => {
  is(
    'source_code',
    '// Property of Tarn Bridge Ltd, may not be reproduced.\nint f(int x) {\n  return x + 1;\n}',
    '# Nur intern, Weitergabe an Dritte verboten\ndef f(x):\n    return x + 1\n',
    'curl http://build.tarn.corp/api then:\nfunc main() {\n  x := fetch()\n  return x\n}',
  )
  silent(
    "if (license === 'proprietary') {\n  return null;\n}",
    '// internal helper\nfunction f(x) {\n  return x + 1;\n}',
    'internal class Foo {\n  internal int Bar() { return 1; }\n}',
    '// Copyright 2021 A. All rights reserved. Apache License 2.0\nfunc f() {\n  return 1\n}',
    'http://svc.cluster.local and host.docker.internal:\nconst x = () => {\n  return 1;\n}',
  )
})

describe('handling marks', () => {
  is(
    'internal',
    'STRICTLY CONFIDENTIAL. Menu for the board dinner.',
    'TLP:RED - the list of guests',
    'Attorney-client privileged: my thoughts on the seating plan.',
    'Nur für den Dienstgebrauch: Parkplätze ab Montag.',
    '[CONFIDENTIEL] plan des tables',
    'Riservato e confidenziale, elenco degli invitati',
    '内部资料，请勿外传：座位表',
  )
  silent(
    'What does "strictly confidential" mean on a letter?',
    'The phrase strictly confidential is overused.',
    'Keep it confidential, will you?',
    'A confidential tone of voice helps in therapy.',
  )
})

test('a reason names words of the lists, never those of the text', () => {
  for (const { reason } of hitsIn('Payslip for Ines Fahl: gross pay 3,210.00 EUR, net pay 2,188.40 EUR.')) {
    assert.ok(!/Fahl|3,210|2,188/.test(reason), reason)
  }
})

test('one passage of a long text is enough, and words strewn over it are not', () => {
  const filler = 'The river was calm and the boats lay still in the evening light. '.repeat(120)
  const lease =
    'The Landlord shall indemnify the Tenant; governed by the laws of Kent. Prior written consent is needed.'
  assert.ok(kindsIn(filler + lease + filler).has('contract'))
  const words = ['clause', 'section', 'article', 'agreement', 'liability', 'penalty', 'damages', 'renewal']
  assert.ok(!kindsIn(words.map((word) => `${filler} a ${word} `).join('')).has('contract'))
})

test('an account beside words for payments is a text about money, and of no kind by itself', () => {
  const found = hitsIn('Please wire 900 to GB82 WEST 1234 5698 7654 32, beneficiary Ann Lee.')
  assert.deepEqual(
    found.filter(({ type }) => type === 'FINANCIAL').map(({ kind }) => kind),
    [null],
  )
})
