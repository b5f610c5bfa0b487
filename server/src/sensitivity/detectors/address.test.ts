import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../reading.ts'
import { address } from './address.ts'

const found = (text: string): string[] =>
  address.detect(read(text)).map((hit) => text.slice(hit.start, hit.end))

/** What stands between the brackets is the address; the rest is no part of it. */
const ADDRESSES = String.raw`
US: The crate left for ⟦2208 Larkspur Ln Apt 9C, Boise, ID 83702⟧ on Friday.
US: Mail it to ⟦77 N 4th Ave, Suite 310\nTucson, AZ 85701-2204⟧ please.
US: forward letters to ⟦PSC 1204, Box 771\nAPO AE 09021⟧ until May.
GB: The keys are with ⟦Flat 2, 41 Cranleigh Gardens, Luton LU3 1LS⟧ now.
GB: He rents ⟦6A Mill Lane, Great Shelford, Cambridge, CB22 5HX⟧ for the summer.
IE: Parcel for ⟦18 Pembroke Road, Ballsbridge, Dublin 4, D04 V2N1⟧ today
CA: Ship to ⟦560 Rue Sherbrooke Ouest, Montréal, QC H3A 1B9⟧ soon.
AU: Site: ⟦Unit 7/120 Boundary Rd, Bardon QLD 4065⟧ from noon
NZ: Our stall is at ⟦12 Marine Parade, Napier 4110⟧ this week.
ZA: Deliver to ⟦9 Loop Street, Gardens, Cape Town, 8001⟧ today
IN: The kit goes to ⟦14, Brigade Road, Ashok Nagar, Bengaluru 560025⟧ today
DE: Das Fahrrad steht in der ⟦Gärtnerstraße 31b, 20253 Hamburg⟧ im Hof.
DE: Die Rechnung geht an ⟦Am Sandberg 4, 99817 Eisenach⟧ bitte.
AT: Geliefert wird nach ⟦Mariahilfer Straße 88/3/12, 1070 Wien⟧ morgen.
CH: Das Büro ist an der ⟦Seefeldstrasse 60, 8008 Zürich⟧ vorne.
FR: Le piano est au ⟦17 bis, rue des Tanneurs, 37000 Tours⟧ depuis mai.
BE: La remise est ⟦Avenue Louise 204, 1050 Bruxelles⟧ au fond.
NL: De fiets staat op ⟦Keizersgracht 88 III, 1015 CT Amsterdam⟧ binnen.
ES: El taller está en ⟦C/ San Bernardo, 12, 2º izq., 28015 Madrid⟧ hoy.
MX: Entregar en ⟦Calle Durango 210, Col. Roma Norte, 06700 Ciudad de México⟧ hoy
PT: A oficina fica na ⟦Rua do Almada 55, 4050-036 Porto⟧ agora.
BR: Entregar na ⟦Av. Paulista, 900, apto 31, Bela Vista, São Paulo - SP, 01310-100⟧ hoje
IT: Il divano va in ⟦via dei Mille 5, 10123 Torino (TO)⟧ domani.
PL: Biuro jest przy ⟦ul. Piotrkowskiej 104/7, 90-004 Łódź⟧ od maja.
CZ: Sklad je na adrese ⟦Vinohradská 48, 120 00 Praha 2⟧ vzadu.
SE: Cykeln står på ⟦Sveavägen 44 B, 111 34 Stockholm⟧ nu.
NO: Båten ligger ved ⟦Bryggegata 9, 0250 Oslo⟧ i dag.
DK: Sofaen skal til ⟦Istedgade 61, 2. tv, 1650 København V⟧ i dag.
FI: Pyörä on osoitteessa ⟦Hämeentie 31 C 12, 00500 Helsinki⟧ nyt.
TR: Yeni adres: ⟦Bağdat Caddesi No: 88 D: 4, 34728 Kadıköy/İstanbul⟧ adresine
GR: Το πακέτο είναι ⟦Οδός Σταδίου 40, 105 64 Αθήνα⟧ σήμερα.
RO: Coletul e la ⟦Strada Lipscani nr. 12, bl. 3, ap. 9, 030031 București⟧ azi
HU: A szék itt van: ⟦1052 Budapest, Váci utca 19⟧ ma.
JP: 荷物は⟦東京都渋谷区神南1丁目19番11号⟧に置きました。
KR: 상자는 ⟦부산광역시 해운대구 센텀중앙로 97, 3층⟧ 에 있어요
CN: 箱子在⟦广州市天河区体育西路191号中石化大厦12楼⟧。
TH: กล่องอยู่ที่ ⟦42/8 ถนนพหลโยธิน แขวงจตุจักร เขตจตุจักร กรุงเทพมหานคร 10900⟧
VN: Hàng ở ⟦48 Đường Trần Phú, Phường 4, Quận 5, TP. Hồ Chí Minh⟧ nhé
SG: Sofa at ⟦Blk 77 Telok Blangah Drive #08-211, Singapore 100077⟧ now
HK: Boxes at ⟦Flat C, 9/F, Sunrise Court, 18 Tin Hau Road, Kowloon, Hong Kong⟧ now
AE: Courier at ⟦Villa 31, Jumeirah Beach Road, Dubai⟧ today
AR: Va a ⟦Av. Corrientes 3200, Piso 4, Dto. B, C1193AAN Buenos Aires⟧ hoy
`

const cases = ADDRESSES.trim()
  .split('\n')
  .map((line) => line.replaceAll('\\n', '\n'))

for (const line of cases) {
  test(`the whole of an address is covered, and little more: ${line.slice(0, 2)}`, () => {
    const marked = line.slice(4)
    const start = marked.indexOf('⟦')
    const end = marked.indexOf('⟧') - 1
    const text = marked.replace(/[⟦⟧]/g, '')
    const hits = address.detect(read(text))
    assert.equal(hits.length, 1, `${found(text)}`)
    const [hit] = hits
    assert.ok(hit !== undefined)
    assert.ok(hit.start <= start && hit.end >= end - 3, `${found(text)} in ${text}`)
    assert.ok(start - hit.start <= 3 && hit.end - end <= 3, `${found(text)} in ${text}`)
    assert.equal(hit.kind, 'contact')
    assert.ok(hit.confidence >= 0.5)
  })
}

test('an address needs no capitals where a number, a road and a code stand together', () => {
  assert.deepEqual(found('i moved to 31 willow lane, derby de1 2qq in june'), [
    '31 willow lane, derby de1 2qq',
  ])
})

test('values of forms, columns and JSON are found', () => {
  assert.deepEqual(found('name;street;city\nKim;4 Orchard Close;Ely'), ['4 Orchard Close;Ely'])
  assert.deepEqual(found('{"street": "19 Station Road", "city": "Leek"}'), ['19 Station Road'])
  assert.equal(found('Adresse: Rosenweg 3\nPLZ: 70173\nOrt: Stuttgart')[0], 'Rosenweg 3')
})

test('a line after the address belongs to it only if it reads like a part of one', () => {
  assert.deepEqual(found('Reply to:\n5 Cedar Avenue\nLeeds LS6 1AB\nPhone: 0113 496 0000'), [
    '5 Cedar Avenue\nLeeds LS6 1AB',
  ])
  assert.deepEqual(found('5 Cedar Avenue, Leeds.\nDear Sir, we write'), ['5 Cedar Avenue, Leeds'])
})

const NOT_ADDRESSES = [
  'In 2008, Wall Street fell and 300 Traders left.',
  'Chapter 14, Verse 3 and Psalm 22 of the book.',
  'Windows 10, Office 2019 and Python 3 are installed.',
  'Buy 2 Apple Watches and 5 Samsung Phones.',
  'The score was Ajax 3, Benfica 1 after 90 minutes.',
  'Kapitel 2, Seite 40 und Abschnitt 3 lesen.',
  'Flight BA 117, Gate 9, Seat 22C, New York.',
  'Copyright 2009 Kim Berg\n  2011 Open Harbour Software Center, Inc.',
  '© 2012-2015 Ada Lane and others',
  'see 17 U.S.C. 101, 15 CFR 730 and RFC 3394',
  'Sent on Fri, 12 Mar 2010 20:04:32',
  'World War 2, Germany and Japan.',
  'Top 10 Places in Spain, Italy and Greece',
  'Take Highway 61 to Exit 4, then turn left.',
  'Was 10 Downing Street built in 1684?',
  'Die 7 Zwerge, 3 Wünsche und 12 Monate.',
  'SELECT * FROM Streets WHERE id = 12 AND Town = 4',
  '第2章第3节 共8页',
  'มี 3 คน และ 2 ตัว ในห้อง 7',
]

for (const text of NOT_ADDRESSES) {
  test(`no address: ${text}`, () => assert.deepEqual(found(text), []))
}
