import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kind } from '../domain/index.ts'
import { createLabeller } from './label.ts'
import { callOf, saying } from './testing.ts'

const labeller = createLabeller()
const nobody = { carries: [] }
const kindsOf = (text: string): readonly Kind[] => labeller.label(saying(text), nobody, null).kinds

/* Prompts as people write them, without anything in them that is somebody's. */
const GENERAL = [
  'What is diabetes?',
  'Explain what an indemnity clause is.',
  'What is the difference between type 1 and type 2 diabetes?',
  'Explain the side effects of metformin.',
  'How does chemotherapy work?',
  'Was ist ein Mietvertrag und welche Klauseln enthält er üblicherweise?',
  'Was sind die Symptome einer Depression?',
  'Schreibe ein Gedicht über den Herbst in der Friedrichstraße.',
  'Explain limitation of liability and indemnification in commercial contracts.',
  'What does "force majeure" mean in a contract?',
  'Write a template for a non-disclosure agreement between two companies.',
  'Write a short story about a doctor named Sarah who treats a patient with asthma.',
  "What was Apple's revenue in Q3 2022, and how did gross margin develop?",
  'How do I calculate EBITDA from net income?',
  'If a company has revenue of $10 million and costs of $8 million, what is its margin?',
  'What is a good salary for a software engineer in Berlin?',
  'Python: how do I read a password from the environment with os.environ?',
  'const password = await bcrypt.hash(input.password, 10); why is it slow?',
  'How do I reset my password on GitHub?',
  'The password must contain at least 8 characters and one digit.',
  'My password is not accepted by the form, what can I do?',
  'def login(username, password): return check(username, password)',
  'Show me an nginx config that listens on 0.0.0.0:8080 and proxies to 127.0.0.1:3000.',
  'Upgrade from 1.2.3.4 to 2.0.0.1 fails with npm error code ERESOLVE.',
  'git checkout 3f786850e387550fdab836ed7e6dc881de23001b',
  'The UUID 550e8400-e29b-41d4-a716-446655440000 is duplicated.',
  'Convert 1234567890123456 to hexadecimal.',
  'List the first 20 primes and 100 digits of pi: 3.14159265358979323846264338327950288419716939937510',
  'Who was Albert Einstein and when was he born?',
  'Is 10 Downing Street open to visitors?',
  'How far is it from Alexanderplatz to Hauptbahnhof in Berlin?',
  'Summarise War and Peace in 5 sentences.',
  'Meeting at 14:30 on 2024-05-06, room 204, agenda: budget, hiring.',
  'Invoice total is 1,234.56 EUR due in 30 days; write a polite reminder text.',
  "SELECT id, name FROM users WHERE created_at > '2024-01-01' LIMIT 10;",
  'docker run -p 8080:80 -e POSTGRES_PASSWORD=example postgres:16',
  'export API_KEY=your-api-key-here',
  'token = os.getenv("GITHUB_TOKEN")',
  'curl -H "Authorization: Bearer $TOKEN" https://api.example.com/v1',
  'Contact us at support@example.com for help.',
  'Write a regex that matches e-mail addresses like user@example.com.',
  'Give me ten names for a cat.',
  'Compose an email to my boss asking for a day off.',
  'Translate "Der Auftragnehmer haftet nur bei Vorsatz" into English.',
  'What are the tax brackets in Germany for 2024?',
  'How is an IBAN structured? Explain the check digits.',
  'How does the Luhn algorithm work? Use 79927398713 as an example.',
  '// Copyright (c) 2020 The Go Authors. All rights reserved. Use of this source code is governed by a BSD-style license.',
  'function add(a, b) { return a + b } // why does this concatenate strings?',
  'Explain how HIPAA protects patient data.',
  'What is ICD-10 and how is it used by hospitals?',
  'Is ibuprofen or paracetamol better for a headache?',
  'What should I cook for dinner tonight? I have eggs, spinach and rice.',
  'Der Zug fährt um 10:15 Uhr von Gleis 7 ab.',
  'Wie hoch ist das Bruttoinlandsprodukt von Frankreich?',
  'Erkläre mir den Unterschied zwischen Kündigungsfrist und Aufhebungsvertrag.',
  'How do stock options and vesting schedules work in a startup?',
  'What is the best way to learn Rust in 3 months?',
  'Hi Claude, I am writing a novel. Can you suggest a title?',
  'I am German and I live in Munich. What museums should I see?',
  'Dear Sir or Madam, please find attached my application.',
  'The quick brown fox jumps over the lazy dog. 1234567890',
  'Solve: 12 345 678 + 87 654 321',
  'Version 10.15.7 of macOS, build 19H2.',
  'Our train leaves platform 9 3/4, says Harry Potter.',
  'Order 66 shipped 2,500 units, tracking number 1Z999AA10123456784',
  "import { token } from './token.ts'; export const secret = createSecret(process.env.KEY)",
  'Kubernetes secret: valueFrom: secretKeyRef: name: db-credentials key: password',
  'Why do I get "invalid token" from JWT.verify?',
  'The patient reader will find this book rewarding.',
  'Patient: a person receiving medical care. Give me three synonyms.',
  "What's the dose of vitamin D recommended for adults?",
  'Plan a trip to 5th Avenue and Wall Street in New York.',
  'Review: "This agreement was terrible customer service" — is the sentiment negative?',
  'My phone is broken. What should I buy for under 500 euros?',
  'Call the function with 3 arguments: call(1234567, 89)',
  'The account number field should accept 8 digits. Write HTML.',
  'Explain what a passport number looks like.',
  'What is the population of 12345 Springfield? ZIP code question.',
  'Tell me a joke about lawyers.',
]

/* Prompts with something in them, and what. */
const TELLING: readonly (readonly [Kind, string])[] = [
  ['contact', 'Please email Maria at maria.gonzalez@kitchenworks.es about the sink.'],
  ['contact', 'Ruf mich an unter 0151 23456789, danke.'],
  ['contact', 'You can reach me at (415) 555-2671 after six.'],
  ['payment', 'My card 5500 0000 0000 0004 was charged twice'],
  ['payment', 'Bitte überweise auf DE89370400440532013000'],
  ['identity', 'my ssn is 536-22-1234, is my application complete?'],
  ['identity', 'Meine Steuer-ID lautet 36574261809'],
  ['identity', 'passport number X1234567 expires next year'],
  ['health', 'Patient: Hans Müller, 67, stationär aufgenommen mit Pneumonie. Amoxicillin 500 mg 1-0-1.'],
  [
    'health',
    'Mrs. Carter, 54-year-old woman with hypertension, on lisinopril 10 mg daily, complains of dizziness. Draft the discharge summary.',
  ],
  ['health', 'I was diagnosed with bipolar disorder last year and take lithium. How do I tell my employer?'],
  ['health', 'Our employee Jane Roe is on sick leave due to depression, write a note to HR.'],
  ['health', 'Meine Tochter hat Epilepsie und nimmt Levetiracetam, darf sie schwimmen?'],
  ['health', 'SOAP note: pt is a 45 yo male, BP 150/95, HbA1c 8.2%, started on metformin 500 mg bid.'],
  [
    'contract',
    'This Agreement is made between Alpha GmbH and Beta Ltd. The Supplier shall indemnify the Customer against all claims. Governing law: England.',
  ],
  [
    'contract',
    'Review clause 7: The Contractor shall not be liable for indirect damages; aggregate liability is limited to the fees paid in the preceding 12 months.',
  ],
  [
    'contract',
    '§ 5 Haftung: Der Auftragnehmer haftet nur bei Vorsatz und grober Fahrlässigkeit. § 6 Laufzeit: Dieser Vertrag läuft 24 Monate, die Kündigungsfrist beträgt drei Monate. Bitte prüfen.',
  ],
  [
    'contract',
    'Can you check this paragraph? "Landlord hereby leases to Tenant the premises at 4 Elm Road for an annual rent of $24,000, payable monthly. Tenant shall maintain the premises in good repair."',
  ],
  [
    'financial',
    'Unreleased Q3 numbers: revenue 48.2 million EUR, EBITDA margin 12%, guidance will be cut next week. Draft talking points.',
  ],
  [
    'financial',
    'Salary list: Anna Schmidt 68,000 EUR, bonus 5,000 EUR; Paul Weber 71,500 EUR. Make a chart.',
  ],
  [
    'financial',
    'Wir übernehmen die Müller AG, Kaufpreis 120 Mio EUR, noch nicht veröffentlicht. Entwurf der Mitteilung.',
  ],
  [
    'source_code',
    '/* PROPRIETARY AND CONFIDENTIAL - Acme Corp. Do not distribute. */\nint main(void) {\n  return price(42);\n}',
  ],
  [
    'source_code',
    '# Copyright 2024 Foo Inc. All rights reserved. Internal use only.\ndef score(x):\n    return x * 2\n',
  ],
  ['secret', 'AWS_ACCESS_KEY_ID=AKIA' + 'Q3EGRSB7WJ4ZPLMN'],
  ['secret', 'here is my key sk-ant-' + 'api03-Zx8Qm2Vt7Lp4Rk9Wd3Hs6Yb1Nc5Jf0Ga8Ue2Io4'],
  ['secret', 'the database password is Tr0ub4dor&3'],
  ['secret', 'DATABASE_URL=postgres://app:s3cr3tPw@db.internal:5432/prod'],
  ['secret', 'Passwort: Sommer2024!'],
  ['secret', '{"client_secret": "f8Kd02mXq9Lw7Tz3Vb6Ry1Np"}'],
  ['contact', 'Ich wohne in der Lindenstraße 14, 10969 Berlin.'],
  ['contact', 'Ship it to 742 Evergreen Terrace, Springfield, IL 62704'],
  ['contact', 'My name is Peter Hofmann and I need a visa.'],
  ['contact', 'born 12.03.1985, please fill in the form'],
  ['contact', 'client 93.184.216.34 made 400 requests'],
  ['payment', 'send 0.1 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
]

test('general prompts carry nothing', () => {
  for (const text of GENERAL) assert.deepEqual(kindsOf(text), [], text)
})

test('telling prompts carry what they carry', () => {
  for (const [kind, text] of TELLING) assert.ok(kindsOf(text).includes(kind), `${kind}: ${text}`)
})

test('in the history, in tool calls, in tool results and in the system prompt alike', () => {
  const iban = 'DE89370400440532013000'
  const note = 'Patient: Hans Müller, stationär aufgenommen mit Pneumonie. Amoxicillin 500 mg 1-0-1.'
  const places = [
    { messages: [{ role: 'system', content: iban }] },
    { system: [{ type: 'text', text: iban }], messages: [] },
    {
      messages: [
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: iban },
        { role: 'user', content: 'ok' },
      ],
    },
    {
      messages: [
        { role: 'assistant', tool_calls: [{ function: { name: 'pay', arguments: `{"to":"${iban}"}` } }] },
      ],
    },
    { messages: [{ role: 'assistant', content: [{ type: 'tool_use', input: { to: { account: iban } } }] }] },
    { messages: [{ role: 'tool', content: JSON.stringify([{ row: JSON.stringify({ account: iban }) }]) }] },
    {
      messages: [
        { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: iban }] }] },
      ],
    },
    { tools: [{ function: { name: 'x', description: `pays to ${iban}`, parameters: {} } }], messages: [] },
    { input: [iban] },
  ]
  for (const json of places) {
    const { kinds, level } = labeller.label(callOf(json), nobody, null)
    assert.ok(kinds.includes('payment') && level === 'restricted', JSON.stringify(json))
  }
  assert.deepEqual(kindsOf(note).includes('health'), true)
  assert.ok(
    labeller
      .label(callOf({ messages: [{ role: 'tool', content: JSON.stringify({ note }) }] }), nobody, null)
      .kinds.includes('health'),
  )
})
