/** Texts with made-up people and values, to see at once what happens. */
export const EXAMPLES: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'A customer’s mail',
    text: `Hello,

my name is Jana Okoro and I moved last week. Please send the invoice to Lindenweg 14, 50667 Köln, or to
jana.okoro@lindenpost.net. You can call me at +49 221 4711 0815.

Kind regards
Jana Okoro`,
  },
  {
    name: 'A payment and a password',
    text: `Refund order 20881 to IBAN DE89 3704 0044 0532 0130 00 and close the ticket.
The staging database is postgres://deploy:Tr4ffic-L1ght-88@db.staging.lan:5432/orders`,
  },
  {
    name: 'A discharge note',
    text: `Discharge note. Patient: Ruth Adeyemi, born 4 March 1961.
Admitted with chest pain, known type 2 diabetes. Discharged on metformin 1000 mg and ramipril 5 mg.
Please word this as a letter to her general practitioner.`,
  },
  {
    name: 'Nothing in it',
    text: 'Why is the capital of Australia not its largest city? Answer in two sentences.',
  },
]
