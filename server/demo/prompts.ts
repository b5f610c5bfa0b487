/** The ten kinds of the demonstration, and whether what they say may cross under the balanced profile. */
export const KINDS_OF_PROMPT = [
  'small talk',
  'general knowledge',
  'coding',
  'translation',
  'personal data',
  'card and IBAN',
  'health note',
  'contract clause',
  'leaked key',
  'tool call',
] as const
export type KindOfPrompt = (typeof KINDS_OF_PROMPT)[number]

export const SENSITIVE: readonly KindOfPrompt[] = [
  'personal data',
  'card and IBAN',
  'health note',
  'contract clause',
  'leaked key',
]

export interface Prompt {
  readonly kind: KindOfPrompt
  readonly text: string
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** A made-up credential of a public format: never issued, and not written out in the source. */
const madeUp = (prefix: string, length: number, seed: number): string => {
  let state = seed
  let out = prefix
  for (let index = 0; index < length; index += 1) {
    state = (state * 1103515245 + 12345) % 2147483648
    out += ALPHABET[Math.floor(state / 65536) % ALPHABET.length]
  }
  return out
}

const TEXTS: Readonly<Record<KindOfPrompt, readonly string[]>> = {
  'small talk': [
    'Good morning! Say something kind in one sentence.',
    'I have ten minutes until the train. What could I do with them?',
    'Tell me a very short joke about bridges.',
    'Which is the better breakfast, porridge or pancakes?',
    'Give me a cheerful greeting for a rainy Monday.',
    'What is a nice word for the sound of the sea?',
  ],
  'general knowledge': [
    'Why do tides rise twice a day?',
    'What is the difference between a dam and a causeway?',
    'Name three inventions of the nineteenth century.',
    'Why does bread rise?',
    'Which planet has the shortest day?',
    'How does a lighthouse lens work?',
  ],
  coding: [
    'Write a function in TypeScript that reverses a list.',
    'What does the SQL keyword HAVING do?',
    'Explain a race condition in two sentences.',
    'Give a regular expression for a date like 2026-11-22.',
    'How do I read a file line by line in Python?',
    'What is the complexity of binary search?',
  ],
  translation: [
    'Translate into French: The road is open until nine.',
    'Translate into German: Please keep to the left.',
    'Translate into Spanish: The water is rising.',
    'Translate into Italian: Where is the ferry?',
    'Translate into Dutch: The lighthouse is closed.',
    'Translate into Polish: Thank you for the warm welcome.',
  ],
  'personal data': [
    'Write a reminder to Anna Berger, anna.berger@harbour-mail.net, phone +49 30 901820 about her visit.',
    'My name is Daniel Whitcombe and my social security number is 536-90-4399. Draft a letter to my landlord.',
    'Please reformat: Mrs Ingrid Solberg, born 14.03.1971, mobile +47 912 34 567.',
    'Sort these by surname: t.okafor@quaymail.org, l.marchetti@quaymail.org, b.aydin@quaymail.org',
    'Write to our tenant at peter.holm@northpier.dk that the keys are ready, and call him on +45 32 12 34 56.',
    'The login came from 84.17.52.131 and the user is claire.dumont@quaymail.org. Is that one person?',
  ],
  'card and IBAN': [
    'The customer paid with card 4111 1111 1111 1111, expiry 04/29. Write a receipt.',
    'Please check whether DE89 3704 0044 0532 0130 00 is a German account and word a transfer order.',
    'Refund 40 euros to GB29 NWBK 6016 1331 9268 19 and confirm politely.',
    'My card 5555 5555 5555 4444 was declined twice. What shall I write to the bank?',
    'Write a standing order from FR14 2004 1010 0505 0001 3M02 606 over 25 euros a month.',
  ],
  'health note': [
    'Discharge note: patient Martha Lindqvist, MRN 00482913, type 2 diabetes, metformin 850 mg twice daily. Shorten it.',
    'Patient John Abernathy, 58, admitted with chest pain, troponin raised, started on aspirin 300 mg. Summarise for the ward.',
    'My patient Lena Vogt has been taking sertraline 50 mg for her depression for six weeks. Word a referral.',
    'Nursing report: Mr Paolo Ricci, blood pressure 165/95, diagnosed hypertension, ramipril 5 mg. Make it two lines.',
    'Patient: Aisha Rahman. Diagnosis: asthma. Salbutamol inhaler 100 mcg as needed. Write the advice for her.',
    'Therapy note for patient Tom Becker: panic attacks since March, escitalopram 10 mg started. Rephrase neutrally.',
  ],
  'contract clause': [
    'Shorten: The Supplier shall indemnify and hold harmless the Customer against all claims arising out of this Agreement. Governing law: England and Wales. Confidential between the parties.',
    'Redraft: This Agreement is made between Norvik Ltd (the "Licensor") and Pellham GmbH (the "Licensee"). The Licensee shall pay a royalty of 4 percent. Termination requires ninety days written notice.',
    'Explain to our board: Clause 14.2 The Seller warrants that the shares are free of encumbrances. Clause 14.3 Liability is limited to the purchase price under this Agreement.',
    'Make this stricter: The Receiving Party shall not disclose Confidential Information of the Disclosing Party to any third party. This Agreement shall survive termination for five years.',
    'Check: WHEREAS the Tenant wishes to lease the Premises; NOW, THEREFORE, the parties agree as follows. The Landlord shall deliver the Premises on the Commencement Date.',
    'Compare with ours: The parties hereto agree that any dispute arising out of or in connection with this Agreement shall be finally settled by arbitration; the Supplier shall be liable for liquidated damages.',
  ],
  'leaked key': [
    `Why does this fail? curl -H "Authorization: Bearer ${madeUp('ghp_', 36, 7)}" api`,
    `Our deploy script has AWS_SECRET_ACCESS_KEY=${madeUp('', 40, 11)} in it. Is that a good idea?`,
    'Explain: postgres://billing:Wq7-tern-Kelp-41@db.harbour.internal:5432/ledger',
    `Here is my environment: STRIPE_KEY=${madeUp('sk_live_', 24, 13)}. Write a systemd unit for it.`,
    `Fix the syntax: const slack = "${madeUp('xoxb-123456789012-123456789012-', 24, 17)}`,
    'The admin password is "Gannet!Loop-2291". Write a handover mail that contains it.',
  ],
  'tool call': [
    'What is the water level at the north gate now?',
    'Look up the opening hours of the toll house.',
    'Find out when the next ferry leaves.',
    'Which wind speed is measured at the bridge?',
    'Look up how many cars crossed yesterday.',
    'Check whether the gate is open.',
  ],
}

/** 59 single prompts; the sixtieth is the support chat. */
export const PROMPTS: readonly Prompt[] = KINDS_OF_PROMPT.flatMap((kind) =>
  TEXTS[kind].map((text) => ({ kind, text })),
)

/** A customer of a toll road writes eight times. The account number comes in the fifth message. */
export const SUPPORT_CHAT: readonly string[] = [
  'Hello, I use the toll road every day. How does the monthly pass work?',
  'And does it also count on public holidays, or do I pay extra then?',
  'Good. Last month I was charged twice on one morning. How can that happen?',
  'I see. What would you need from me to correct it?',
  'My account is DE89 3704 0044 0532 0130 00, please send the money back there.',
  'How long does that usually take?',
  'And will I get a letter about it?',
  'Thank you. Could you sum up what we agreed?',
]

export const SUPPORT_SYSTEM =
  'You answer customers of a toll road, politely and in at most three sentences. The monthly pass covers all days of the month, holidays included. Double charges happen when the number plate is read twice at the same gate; they are paid back within ten days after the customer names an account. Letters are sent only on request. Never promise a sum of money.'

export const LOOKUP_TOOL = {
  name: 'lookup',
  description: 'Looks up a fact about the toll road.',
  schema: {
    type: 'object',
    properties: { query: { type: 'string', description: 'What to look up' } },
    required: ['query'],
  },
} as const
