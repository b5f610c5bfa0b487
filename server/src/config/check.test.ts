import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkConfig } from './check.ts'
import { parseConfig } from './parse.ts'
import { problemText } from './problem.ts'

const check = (text: string) => {
  const parsed = parseConfig(text, 'x.yaml')
  assert.deepEqual(parsed.problems.map(problemText), [], 'it parses')
  return checkConfig(parsed)
}
const problems = (text: string): string => check(text).problems.map(problemText).join('\n')
const warnings = (text: string): string => {
  assert.equal(problems(text), '')
  return check(text).warnings.map(problemText).join('\n')
}

const HOME = '{ name: home, provider: engine, model: m }'
const withTarget = (fields: string): string => `targets: [${HOME}, { name: it, ${fields} }]`
const OPEN = 'provider: openai-compatible, model: m'

describe('contradictions', () => {
  for (const [what, text, expected] of [
    [
      'two targets of a name',
      `targets: [${HOME}, ${HOME}]`,
      /^targets\[1\]\.name: there is another target of the name "home" \(line 1/,
    ],
    [
      'two routes of a name',
      `targets: [${HOME}]\nroutes: [{ name: r, targets: [home] }, { name: r, targets: [home] }]`,
      /^routes\[1\]\.name: there is another route/,
    ],
    [
      'two uses of a name',
      `targets: [${HOME}]\nuses: [{ name: u }, { name: u }]`,
      /^uses\[1\]\.name: there is another use/,
    ],
    [
      'two keys of a name',
      `targets: [${HOME}]\nkeys: [{ name: k, secret: env:A }, { name: k, secret: env:B }]`,
      /^keys\[1\]\.name: there is another key/,
    ],
    [
      'two keys of a secret',
      `targets: [${HOME}]\nkeys: [{ name: k, secret: env:A }, { name: l, secret: env:A }]`,
      /^keys\[1\]\.secret: is the secret of the key "k" too/,
    ],
    [
      'a route named like a target',
      `targets: [${HOME}]\nroutes: [{ name: home, targets: [home] }]`,
      /^routes\[0\]\.name: "home" is also the name of a target/,
    ],
    [
      'a route to nowhere',
      `targets: [${HOME}]\nroutes: [{ name: r, targets: [home, hoem] }]`,
      /^routes\[0\]\.targets\[1\]: there is no target "hoem"; did you mean "home"\?/,
    ],
    [
      'a route that repeats a target',
      `targets: [${HOME}]\nroutes: [{ name: r, targets: [home, home] }]`,
      /^routes\[0\]\.targets\[1\]: "home" is in this route already/,
    ],
    [
      'weights of another route',
      `targets: [${HOME}]\nroutes: [{ name: r, targets: [home], objective: weighted, weights: { away: 1 } }]`,
      /weights\.away: there is no target of this route "away"/,
    ],
    [
      'weights that count for nothing',
      `targets: [${HOME}]\nroutes: [{ name: r, targets: [home], weights: { home: 1 } }]`,
      /weights: counts for objective: weighted only/,
    ],
    [
      'weights of zero',
      `targets: [${HOME}]\nroutes: [{ name: r, targets: [home], objective: weighted, weights: { home: 0 } }]`,
      /none would ever be tried/,
    ],
    [
      'a key for an unknown use',
      `targets: [${HOME}]\nuses: [{ name: chat }]\nkeys: [{ name: k, secret: env:A, uses: [chta] }]`,
      /^keys\[0\]\.uses\[0\]: there is no use "chta"; did you mean "chat"\?/,
    ],
    [
      'the built-in use defined again',
      `targets: [${HOME}]\nuses: [{ name: general, carries: [health] }]`,
      /^uses\[0\]\.name: "general" is built in/,
    ],
    [
      'an unknown provider',
      withTarget('provider: olama, model: m'),
      /^targets\[1\]\.provider: .*did you mean "ollama"\?/,
    ],
    [
      'a closed vendor called own',
      withTarget('provider: openai, model: m, side: own, credential: env:X'),
      /^targets\[1\]\.side: a target of OpenAI cannot be on side own; it can be closed/,
    ],
    [
      'a rented vendor called own',
      withTarget('provider: groq, model: m, side: own, credential: env:X'),
      /cannot be on side own; it can be rented/,
    ],
    [
      'an own server called closed',
      withTarget('provider: ollama, model: m, side: closed'),
      /cannot be on side closed; it can be own or rented/,
    ],
    ['no URL where none is known', withTarget(OPEN), /^targets\[1\]\.url: is missing/],
    [
      'a cloud without a place',
      withTarget('provider: azure, model: m, credential: env:X'),
      /^targets\[1\]\.url: is missing; Azure OpenAI has no address but by options: resource/,
    ],
    [
      'an option that a cloud cannot do without',
      withTarget('provider: vertex, model: m, credential: env:X, options: { location: eu }'),
      /^targets\[1\]\.options: options\.project: /,
    ],
    [
      'an operation that this model of its provider has not',
      withTarget(
        'provider: vertex, model: a/b, credential: env:X, operations: [count], options: { project: p, location: eu }',
      ),
      /^targets\[1\]\.operations\[0\]: .* has no count; it has chat/,
    ],
    ['a URL that is none', withTarget(`${OPEN}, url: localhost:8000`), /url: must/],
    ['a URL of another kind', withTarget(`${OPEN}, url: 'file:///etc/passwd'`), /must begin with http/],
    [
      'a URL with a password',
      withTarget(`${OPEN}, url: 'https://user:hunter2-secret@x.example/v1'`),
      /^targets\[1\]\.url: must hold no user name or password/,
    ],
    [
      'a URL with a query',
      withTarget(`${OPEN}, url: 'https://x.example/v1?key=hunter2-secret'`),
      /no \? and no #/,
    ],
    [
      'an unknown option',
      withTarget('provider: openai, model: m, credential: env:X, options: { organisation: hunter2-secret }'),
      /options\.organisation: OpenAI knows no such option; it has organization, project/,
    ],
    [
      'an option that no header can carry',
      withTarget(
        'provider: openai, model: m, credential: env:X, options: { project: "hunter2-secret\\r\\nx: y" }',
      ),
      /options\.project: must be 1 to 200/,
    ],
    [
      'an address that is none',
      withTarget(`${OPEN}, url: 'http://10.0.0.1/v1', addresses: [10.0.0.0/99, here]`),
      /addresses\[0\]: must be an IP address[\s\S]*addresses\[1\]: must be/,
    ],
    [
      'an operation the provider has not',
      withTarget('provider: anthropic, model: m, credential: env:X, operations: [chat, embed]'),
      /operations\[1\]: Anthropic has no embed; it has chat, count/,
    ],
    [
      'a vendor without a credential',
      withTarget('provider: groq, model: m'),
      /credential: is missing; .* for example env:GROQ_API_KEY/,
    ],
    [
      'both planes on one port',
      `listen: { control: 127.0.0.1:4141 }\ntargets: [${HOME}]`,
      /^listen\.control: is on port 4141 like the gateway/,
    ],
    [
      'both planes on one port of two hosts',
      `listen: { gateway: '[::1]:4142' }\ntargets: [${HOME}]`,
      /^listen\.control: is on port 4142/,
    ],
    [
      'a public address',
      `listen: { gateway: '0.0.0.0:4141' }\ntargets: [${HOME}]`,
      /^listen\.gateway: 0\.0\.0\.0 can be reached from other machines/,
    ],
    [
      'a public IPv6 address',
      `listen: { control: '[::]:4142' }\ntargets: [${HOME}]`,
      /^listen\.control: :: can be reached/,
    ],
    [
      'a private address',
      `listen: { control: 10.1.2.3:4142 }\ntargets: [${HOME}]`,
      /^listen\.control: 10\.1\.2\.3 can be reached/,
    ],
    [
      'a name that may be anyone',
      `listen: { control: gateway.example:4142 }\ntargets: [${HOME}]`,
      /^listen\.control: gateway\.example can be reached/,
    ],
    [
      'a duty that is not there yet',
      `targets: [${HOME}]\nfloors: { health: { audit: all } }`,
      /^floors\.health\.audit: is not available in this version/,
    ],
    [
      'pii beside one of its kinds',
      `targets: [${HOME}]\nfloors: { pii: { sides: [own] }, contact: { sides: [own, attested] } }`,
      /^floors\.pii: stands for identity, payment, contact, and contact has a floor of its own/,
    ],
  ] as const) {
    it(what, () => {
      const told = problems(text)
      assert.match(told, expected)
      assert.ok(!told.includes('hunter2'), 'no value is repeated')
      assert.equal(check(text).config, null, 'nothing serves')
    })
  }

  it('are told all at once', () => {
    const told = check(`listen: { control: '0.0.0.0:4141' }
targets: [${HOME}, { name: it, provider: openai, model: m, side: own }]
routes: [{ name: it, targets: [nowhere] }]
`).problems
    assert.deepEqual(
      told.map((problem) => problem.path),
      [
        'listen.control',
        'listen.control',
        'targets[1].credential',
        'targets[1].side',
        'routes[0].name',
        'routes[0].targets[0]',
      ],
    )
  })
})

describe('floors that open', () => {
  for (const [what, text, expected] of [
    [
      'a kind that the profile keeps home',
      'floors: { health: { sides: [own, closed] } }',
      /^floors\.health: opens health to closed.*say loosen: true/,
    ],
    [
      'a kind under pseudonyms only',
      'floors: { contact: { sides: [own, rented] } }',
      /^floors\.contact: opens contact to rented/,
    ],
    [
      'a crossing',
      'floors: { identity: { cross: freely } }',
      /^floors\.identity: opens identity to rented, closed/,
    ],
    [
      'a level',
      'floors: { restricted: { sides: [own, attested] } }',
      /^floors\.restricted: opens restricted to attested/,
    ],
    [
      'a failed detection',
      'floors: { failed: { sides: [own, attested] } }',
      /^floors\.failed: opens failed to attested/,
    ],
    [
      'all of pii',
      'floors: { pii: { sides: [own, closed] } }',
      /opens identity to closed[\s\S]*opens payment to closed[\s\S]*opens contact to closed/,
    ],
    [
      'under strict what balanced leaves open',
      'profile: strict\nfloors: { unread: { sides: [own, closed] } }',
      /^floors\.unread: opens unread to closed/,
    ],
    [
      'for a use',
      'uses: [{ name: u, floors: { secret: { sides: [own, closed] } } }]',
      /^uses\[0\]\.floors\.secret: opens secret to closed/,
    ],
    [
      'for a use what the general floor closed',
      'profile: relaxed\nfloors: { contract: { sides: [own] } }\nuses: [{ name: u, floors: { contract: { sides: [own, rented] } } }]',
      /^uses\[0\]\.floors\.contract: opens contract to rented/,
    ],
  ] as const) {
    it(what, () => assert.match(problems(`targets: [${HOME}]\n${text}`), expected))
  }

  for (const [what, text] of [
    ['that say so', 'floors: { health: { sides: [own, closed], agreements: [baa], loosen: true } }'],
    [
      'only as far as pseudonyms already would',
      'floors: { contact: { sides: [own, attested, rented], cross: pseudonyms } }',
    ],
    [
      'nothing: they tighten',
      'floors: { contract: { sides: [own] }, source_code: { sides: [own, attested] }, secret: { sides: [] } }',
    ],
    ['nothing: they only name regions', 'floors: { unread: { regions: [eu] }, public: { regions: [eu] } }'],
    [
      'what the general floor loosened',
      'floors: { health: { sides: [own, closed], loosen: true } }\nuses: [{ name: u, floors: { health: { sides: [closed] } } }]',
    ],
    ['under relaxed what is open there', 'profile: relaxed\nfloors: { financial: { sides: [own, rented] } }'],
  ] as const) {
    it(`are right where they open ${what}`, () => assert.equal(problems(`targets: [${HOME}]\n${text}`), ''))
  }
})

describe('warnings', () => {
  const KEYS = 'keys: [{ name: k, secret: env:A }]'
  for (const [what, text, expected] of [
    [
      'nothing on the own side',
      `targets: [{ name: it, provider: groq, model: m, credential: env:X }]\n${KEYS}`,
      /^targets: none is on side own/,
    ],
    ['no keys', `targets: [${HOME}]`, /^keys: there are none/],
    [
      'plain HTTP to somewhere',
      `${withTarget(`${OPEN}, url: 'http://models.example/v1'`)}\n${KEYS}`,
      /url: sends requests over plain HTTP/,
    ],
    [
      'a public address called own',
      `${withTarget(`${OPEN}, side: own, url: 'https://8.8.8.8/v1'`)}\n${KEYS}`,
      /url: is a public address/,
    ],
    [
      'own machines at public addresses',
      `${withTarget(`${OPEN}, side: own, url: 'https://m.example/v1', addresses: [0.0.0.0/0]`)}\n${KEYS}`,
      /addresses\[0\]: lets a target on side own/,
    ],
    [
      'an enclave on our word',
      `${withTarget(`${OPEN}, side: attested, url: 'https://m.example/v1'`)}\n${KEYS}`,
      /side: attested is taken at your word/,
    ],
    [
      'a server that cuts without a word',
      `${withTarget('provider: ollama, model: m')}\n${KEYS}`,
      /cuts prompts at its context \(4096 tokens/,
    ],
    [
      'a profile that goes where its region is not',
      `targets: [${HOME}, { name: t, provider: bedrock, model: us.maker.m-v1, region: eu, credential: env:X, options: { region: us-east-1 } }]\n${KEYS}`,
      /^targets\[1\]: states region eu, but its inference profile may be served anywhere in us/,
    ],
    [
      'a router that chooses by itself',
      `targets: [${HOME}, { name: t, provider: huggingface, model: org/m, credential: env:X }]\n${KEYS}`,
      /^targets\[1\]: names no provider/,
    ],
    [
      'a record that may be lost',
      `targets: [${HOME}]\naudit: { outcome: relaxed }\n${KEYS}`,
      /^audit\.outcome: relaxed/,
    ],
    [
      'budgets',
      `targets: [${HOME}]\nkeys: [{ name: k, secret: env:A, budgets: [{ usd: 20, per: month }] }]`,
      /^keys\[0\]\.budgets: is read and kept, but not enforced/,
    ],
  ] as const) {
    it(what, () => {
      assert.match(warnings(text), expected)
    })
  }

  it('are none where there is nothing to say', () => {
    assert.equal(warnings(`targets: [${HOME}]\n${KEYS}`), '')
    assert.equal(
      warnings(`targets: [${HOME}]\nlisten: { gateway: '0.0.0.0:4141', public: true }\n${KEYS}`),
      '',
    )
  })
})
