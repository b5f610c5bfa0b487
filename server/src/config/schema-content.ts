import { z } from 'zod'
import { KINDS } from '../domain/index.ts'
import { duration, size } from './amounts.ts'
import { modelName, phrase, word } from './words.ts'

/*
 * The part of causeway.yaml that is about content: what counts as sensitive, what is kept of a conversation, what
 * is watched for in answers.
 */

const kind = () => z.enum(KINDS)
const type = () =>
  z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/, 'must be 2 to 40 capital letters, digits or underscores')
const share = () => z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1')
const file = () => phrase(1000)

/** From which confidence each kind counts. */
export const thresholds = z.strictObject(
  Object.fromEntries(
    KINDS.map((name) => [
      name,
      share()
        .exactOptional()
        .describe(`From which confidence ${name} counts; without it every finding does.`),
    ]),
  ),
)

const words = z.strictObject({
  name: word().describe('What findings call it.'),
  kind: kind().describe('The kind it counts as.'),
  type: type().default('INTERNAL').describe('The type that findings carry.'),
  words: z
    .array(phrase(200))
    .default([])
    .describe('Words and phrases, found as whole words, in any case unless exactCase is said.'),
  file: file().exactOptional().describe('A text file with one word or phrase a line.'),
  exactCase: z.boolean().default(false).describe('Whether capitals matter.'),
})

const pattern = z.strictObject({
  name: word().describe('What findings call it.'),
  kind: kind().describe('The kind it counts as.'),
  type: type().default('INTERNAL_ID').describe('The type that findings carry.'),
  pattern: phrase(1000).describe(
    'A regular expression in RE2 syntax, which takes time in proportion to the text, whatever the text.',
  ),
  confidence: share().default(0.9).describe('How sure a match is.'),
  ignoreCase: z.boolean().default(false).describe('Whether capitals are left out of account.'),
})

const examples = z.strictObject({
  name: word().describe('What findings call it.'),
  kind: kind().describe('The kind that texts like these count as.'),
  texts: z.array(phrase(20_000)).default([]).describe('Examples, each a text of a paragraph or more.'),
  file: file().exactOptional().describe('A text file of examples, with an empty line or --- between two.'),
  threshold: share().default(0.5).describe('How alike a text must be to be found.'),
})

const stage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('presidio').describe('Which sort of stage.'),
    name: word().describe('What findings and errors call it.'),
    url: phrase(500).describe('Base URL of an analyser that speaks the REST shape of Presidio.'),
    addresses: z
      .array(phrase(50))
      .default([])
      .describe('CIDR ranges where the connection may end beyond private and loopback ones.'),
    language: z
      .string()
      .regex(/^[a-z]{2}$/, 'must be a language code of two letters')
      .default('en')
      .describe('The language it is asked for.'),
    threshold: share().default(0.5).describe('Findings below this are left out.'),
    timeout: duration().prefault('2s').describe('For one call; beyond it the reading has failed.'),
  }),
  z.strictObject({
    type: z.literal('tokens').describe('Which sort of stage.'),
    name: word().describe('What findings and errors call it.'),
    model: phrase(1000).describe('Folder of an ONNX token classifier, as transformers.js reads it.'),
    threshold: share().default(0.5).describe('Findings below this are left out.'),
    timeout: duration().prefault('5s').describe('For one call; beyond it the reading has failed.'),
  }),
  z.strictObject({
    type: z.literal('judge').describe('Which sort of stage.'),
    name: word().describe('What findings and errors call it.'),
    target: modelName().describe('A target on side own that is asked what a text carries.'),
    timeout: duration().prefault('20s').describe('For one call; beyond it the reading has failed.'),
  }),
])

export const sensitivity = z.strictObject({
  confidence: thresholds
    .default({})
    .describe('From which confidence a kind counts, unless the use or the key says otherwise.'),
  words: z.array(words).default([]).describe("The organisation's own words: projects, customers, products."),
  patterns: z.array(pattern).default([]).describe("The organisation's own forms of numbers and names."),
  examples: z.array(examples).default([]).describe('Texts of a sort that should be recognised again.'),
  stages: z
    .array(stage)
    .default([])
    .describe('Further readers, asked after the built-in ones. They only add; one that fails restricts.'),
  attachments: z
    .strictObject({
      timeout: duration().prefault('5s').describe('For the text of all attachments of a request.'),
      text: size().prefault('16MB').describe('Most text taken out of them.'),
    })
    .prefault({})
    .describe('Bounds on reading PDF, office and other files.'),
})

export const conversations = z.strictObject({
  sticky: z
    .boolean()
    .default(true)
    .describe('Whether what a conversation once carried holds for its later calls.'),
  keep: duration()
    .prefault('720h')
    .describe('How long it is remembered: pseudonyms, stored answers and state of issuers included.'),
})

const action = () => z.enum(['mark', 'mask', 'stop'])

export const guard = z.strictObject({
  watch: z
    .enum(['labelled', 'all'])
    .default('labelled')
    .describe('Which answers are watched: those to requests in which anything was found, or all.'),
  answers: z
    .strictObject(
      Object.fromEntries(
        KINDS.map((name) => [
          name,
          action()
            .exactOptional()
            .describe(`What happens where an answer holds ${name}: mark it in the record, mask it, or stop.`),
        ]),
      ),
    )
    .default({ secret: 'mark' })
    .describe('What happens where an answer holds content of a kind.'),
  links: z
    .strictObject({
      action: action().default('mark').describe('What happens to a link or image to another host.'),
      hosts: z
        .array(phrase(253))
        .default([])
        .describe('Hosts that answers may link to, with their subdomains.'),
    })
    .exactOptional()
    .describe('Links and images in answers that could carry content out. Without it they are not looked at.'),
})
