import type { FirstTarget } from './first-start.ts'

/** The text of a first causeway.yaml. */
export const firstText = (parts: {
  readonly targets: readonly FirstTarget[]
  readonly auto: readonly string[]
  readonly data: string
  readonly keyFile: string
}): string =>
  [
    HEAD,
    `data: ${scalar(parts.data)}   # ledger, audit log and the keys of this installation; never commit it\n`,
    'targets:',
    ...parts.targets.map(targetText),
    ROUTES,
    `  - name: auto\n    targets: [${parts.auto.map(scalar).join(', ')}]\n    objective: ordered\n`,
    USES,
    `  - { name: dev, secret: ${scalar(`file:${parts.keyFile}`)}, uses: [general] }`,
    '',
  ].join('\n')

const targetText = (target: FirstTarget): string =>
  [
    ...(target.note === null ? [] : [`  # ${target.note}`]),
    `  - name: ${scalar(target.name)}`,
    `    provider: ${scalar(target.provider)}`,
    ...(target.url === null ? [] : [`    url: ${scalar(target.url)}`]),
    `    model: ${scalar(target.model)}`,
    `    side: ${target.side}`,
    ...(target.credential === null
      ? []
      : [`    credential: ${scalar(target.credential)}   # never the secret itself`]),
    ...(target.embeds ? ['    operations: [embed]'] : []),
    ...(target.context === null ? [] : [`    context: ${target.context}`]),
    ...(target.side === 'own' && !target.embeds ? OWN_CHAT : []),
    '',
  ].join('\n')

const OWN_CHAT = [
  '    fit: oldest-turns   # a longer conversation loses its oldest turns here, and the answer says so',
  '    timeouts: { firstByte: 5m }',
]

/** Plain where YAML reads it as that very text, else in quotes as in JSON, which YAML understands. */
const scalar = (text: string): string =>
  /^[A-Za-z./][A-Za-z0-9._/@-]*(?::[A-Za-z0-9._/@-]+)*$/.test(text) && !WORDS.has(text.toLowerCase())
    ? text
    : JSON.stringify(text)

const WORDS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  '.',
  '.nan',
  '.inf',
])

const HEAD = `# The configuration of Causeway, written at first start from what was found on this machine.
# It is yours now: change it as you like, then run \`causeway check\`. docs/configuration.md explains every key.

listen:
  gateway: 127.0.0.1:4141   # applications call this: http://127.0.0.1:4141/v1
  control: 127.0.0.1:4142   # the console
`

const ROUTES = `# What a client may ask for as "model", besides the names of the targets themselves. Targets are tried in this
# order, and only those where the request may go: what must not leave goes straight to the first own one.
routes:`

const USES = `# The built-in floors. balanced keeps secrets, personal data, health, money, contracts, source code and internal
# matters on sides own and attested; strict keeps unread media there too; relaxed opens some of them.
profile: balanced

# Floors on top of the profile, for kinds of content that matter more to you:
# floors:
#   source_code: { sides: [own] }

# What a key is for. A use that declares what it carries needs no detector to stay home:
# uses:
#   - { name: discharge-notes, owner: ward-3, carries: [health, identity], tier: high }

# The keys that clients call with, as \`Authorization: Bearer KEY\`.
keys:`
