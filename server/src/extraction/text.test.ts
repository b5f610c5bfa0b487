import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joined, readHere } from './reading.fixture.ts'

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

test('plain text is read as it is, in every encoding that can be told', async () => {
  const text = 'Zoë Müller, Straße 5, tel. 030 1234567'
  const forms: [string, Uint8Array][] = [
    ['utf-8', Buffer.from(text)],
    ['utf-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['utf-16le with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be with a mark', utf16be(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', utf16be(text)],
    ['latin-1', Buffer.from(text, 'latin1')],
  ]
  for (const [name, bytes] of forms) {
    assert.deepEqual(await readHere(bytes), { state: 'read', texts: [text], partial: false }, name)
  }
})

test('an old encoding that cannot be told is read in each that it may be', async () => {
  const cyrillic = Buffer.from([0xc8, 0xe2, 0xe0, 0xed, 0x20, 0xcf, 0xe5, 0xf2, 0xf0, 0xee, 0xe2])
  const outcome = await readHere(cyrillic, 'text/plain')
  assert.ok(outcome.texts.includes('Иван Петров'))
})

test('bytes that are no text are unread, and the letters in them told', async () => {
  const noise = Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 89 + 7) & 0x1f))
  const outcome = await readHere(Buffer.concat([noise, Buffer.from('contact jane.roe@example.org'), noise]))
  assert.equal(outcome.state, 'unread')
  assert.match(joined(outcome), /contact jane\.roe@example\.org/)
})

test('an empty file and one of blanks are read and hold nothing', async () => {
  for (const bytes of ['', '  \n']) {
    assert.deepEqual(await readHere(bytes), { state: 'read', texts: [], partial: false })
  }
})

test('delimited rows are read with the names of their columns', async () => {
  const comma = await readHere('Name,IBAN,Note\n"Roe, Jane",DE00,"said ""yes"""\nMax,,ok\n', 'text/csv')
  assert.match(joined(comma), /^Name: Roe, Jane; IBAN: DE00; Note: said "yes"$/m)
  assert.match(joined(comma), /^Name: Max; Note: ok$/m)
  const semicolon = await readHere('Kunde;Konto\nMax;123456789\n')
  assert.match(joined(semicolon), /^Kunde: Max; Konto: 123456789$/m)
  const prose = await readHere('Dear Jane, how are you?\nWe, all of us, are well, thanks.\n')
  assert.equal(prose.texts.length, 1)
})

test('HTML is read without its tags, with what stands in attributes, comments and scripts', async () => {
  const page = `<!doctype html><html><head><title>Jane&#39;s page</title><meta name="author" content="J. Roe">
    <style>.x{color:red}</style></head><body><p>Patient J<b>an</b>e R<i>o</i>e</p><table><tr><td>IBAN</td><td>DE&nbsp;12</td></tr></table>
    <img alt="signature of Max" src="cid:1"><input name="ssn" value="123-45-6789"><!-- call 555-0100 -->
    <script>const key = "s3cr3t"</script><div hidden>not shown</div></body></html>`
  const text = joined(await readHere(page))
  for (const wanted of [
    "Jane's page",
    'author: J. Roe',
    'Patient Jane Roe',
    'IBAN\tDE 12',
    'signature of Max',
    'ssn: 123-45-6789',
    'call 555-0100',
    'const key = "s3cr3t"',
    'not shown',
  ])
    assert.ok(text.includes(wanted), `${wanted}\n${text}`)
  assert.doesNotMatch(text, /<b>|&nbsp;/)
})

test('a file inside a page is read, a picture inside makes it partial', async () => {
  const inner = Buffer.from('inner secret text').toString('base64')
  const page = (url: string): string => `<html><body><a href="${url}">file</a></body></html>`
  const text = await readHere(page(`data:text/plain;base64,${inner}`))
  assert.match(joined(text), /inner secret text/)
  const picture = await readHere(page('data:image/gif;base64,R0lGODlhAQABAAAAADs='))
  assert.deepEqual([picture.state, picture.state === 'read' && picture.partial], ['read', true])
})

test('XML is read with the names of its elements and attributes, and declares nothing', async () => {
  const text = joined(
    await readHere(
      '<?xml version="1.0"?><list><person id="77"><ssn>078-05-1120</ssn><note>for <i>Max</i> only</note></person><!-- old: Eva --><![CDATA[raw <x>]]></list>',
    ),
  )
  for (const wanted of ['id: 77', 'ssn: 078-05-1120', 'Max', 'old: Eva', 'raw <x>'])
    assert.ok(text.includes(wanted), `${wanted}\n${text}`)
})

test('entities that a document declares are not expanded', async () => {
  const declared = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
    '',
  )
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${declared}<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&l12;&f; name: Ada</x>`
  const outcome = await readHere(bomb)
  assert.equal(outcome.state, 'read')
  assert.ok(joined(outcome).length < 4 * bomb.length)
  assert.match(joined(outcome), /name: Ada/)
  assert.doesNotMatch(joined(outcome), /root:/)
})

test('a page that nests without end has failed, one that breaks off in a tag loses nothing', async () => {
  assert.equal((await readHere(`<html>${'<div>'.repeat(100_000)}deep text`)).state, 'failed')
  assert.match(joined(await readHere('<html><p>words</p><a title="Jane Roe')), /Jane Roe/)
})

test('RTF is read without its controls: other scripts, hidden text, notes, properties, links', async () => {
  const source = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}}{\colortbl;\red0;}{\info{\author Olive Writer}{\title Report}}
\pard Patient {\b J}ane R\'f6e\par IBAN:\tab DE12\par \u1048?\u1074?\u1072?\u1085? {\v hidden words}{\header page head}
{\field{\*\fldinst HYPERLINK "mailto:jane@example.org"}{\fldrslt mail}}{\pict\pngblip 89504e470d0a1a0a}\{x\}}`
  const outcome = await readHere(source)
  const text = joined(outcome)
  for (const wanted of [
    'Patient Jane Röe\nIBAN:\tDE12',
    'Иван',
    'hidden words',
    'page head',
    'Olive Writer',
    'jane@example.org',
    '{x}',
  ])
    assert.ok(text.includes(wanted), `${wanted}\n${text}`)
  assert.doesNotMatch(text, /Times|89504e|\\par/)
  assert.equal(outcome.state === 'read' && outcome.partial, true)
})

test('RTF that nests without end has failed', async () => {
  const outcome = await readHere(`{\\rtf1 before ${'{'.repeat(100_000)}`)
  assert.equal(outcome.state, 'failed')
})

const MESSAGE = [
  'From: =?utf-8?Q?J=C3=B6rg_Maier?= <joerg@example.org>',
  'To: eva@example.org',
  'Subject: =?UTF-8?B?UmVjaG51bmc=?=',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=FC=DFe aus der Stra=',
  '=DFe',
  '--b1',
  'Content-Type: text/html',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<html><p>Tel. <b>030</b> 1234</p></html>').toString('base64'),
  '--b1',
  'Content-Type: application/octet-stream; name="list.csv"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('Name,Konto\nMax,998877\n').toString('base64'),
  '--b1',
  'Content-Type: message/rfc822',
  '',
  'From: max@example.org\nTo: you@example.org\nSubject: inner\n\nforwarded words',
  '--b1--',
].join('\r\n')

test('a message is read with its headers, all parts, attachments and messages in it', async () => {
  const outcome = await readHere(MESSAGE)
  const text = joined(outcome)
  for (const wanted of [
    'From: Jörg Maier <joerg@example.org>',
    'Subject: Rechnung',
    'Grüße aus der Straße',
    'Tel. 030 1234',
    'Name: Max; Konto: 998877',
    'name="list.csv"',
    'Subject: inner',
    'forwarded words',
  ])
    assert.ok(text.includes(wanted), `${wanted}\n${text}`)
  assert.equal(outcome.state, 'read')
})

test('a message of more parts than members are allowed has failed', async () => {
  const head = 'From: a@b.example\nTo: b@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n'
  assert.equal((await readHere(`${head}${'--q\n\nwords\n'.repeat(600)}`)).state, 'failed')
})

test('messages in messages without end have failed', async () => {
  let message = 'words'
  for (let i = 0; i < 40; i += 1)
    message = `From: a@b.example\nTo: b@b.example\nSubject: ${i}\nContent-Type: message/rfc822\n\n${message}`
  assert.equal((await readHere(message)).state, 'failed')
})

test('more text than is allowed has failed, with what was read until then', async () => {
  const outcome = await readHere('word '.repeat(100), '', { maxText: 50 })
  assert.equal(outcome.state, 'failed')
  assert.equal(joined(outcome).length, 50)
})

test('an old binary document is unread, its runs of letters told; a locked one is unread', async () => {
  const ole = Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'.padEnd(512, '\0'), 'latin1')
  const text = await readHere(
    Buffer.concat([ole, Buffer.from('Patient Иван Петров', 'utf16le'), Buffer.from('\0\0plain words\0\0')]),
  )
  assert.equal(text.state, 'unread')
  assert.match(joined(text), /Patient Иван Петров/)
  assert.match(joined(text), /plain words/)
  const locked = await readHere(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]))
  assert.deepEqual(locked, { state: 'unread', texts: [], why: 'it is locked with a password' })
})
