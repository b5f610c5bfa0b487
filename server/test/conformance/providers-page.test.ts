import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Dialect, Quirks } from '../../src/domain/index.ts'
import { PROVIDERS, type Preset } from '../../src/providers/index.ts'

const page = readFileSync(new URL('../../../docs/providers.md', import.meta.url), 'utf8')
const cells = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
const table = (heading: string): readonly (readonly string[])[] => {
  const part = page.split(/^## /m).find((one) => one.startsWith(heading)) ?? ''
  return part
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map(cells)
}
const ticked = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? '')

const WORDS: Readonly<Record<string, Dialect>> = {
  chat: 'openai-chat',
  responses: 'openai-responses',
  messages: 'anthropic-messages',
  embeddings: 'openai-embeddings',
  completions: 'openai-completions',
  images: 'openai-images',
  audio: 'openai-audio',
  gemini: 'gemini',
  converse: 'bedrock-converse',
  ollama: 'ollama',
  fim: 'mistral-fim',
}

describe('docs/providers.md', () => {
  const rows = table('The list')

  it('lists every provider once, in the order of the list', () => {
    assert.deepEqual(
      rows.map(([name]) => ticked(name ?? '')[0]),
      [...PROVIDERS.keys()],
    )
  })

  for (const row of rows) {
    const [name = '', title, address, sides = '', dialects = '', key = '', options = '', law] = row
    it(`tells the truth about ${name}`, () => {
      const provider = PROVIDERS.get(ticked(name)[0] ?? '')
      assert.ok(provider !== undefined)
      assert.equal(title, provider.title)
      if (provider.url !== null) assert.equal(address, provider.url)
      else assert.match(address ?? '', /`(?:url|resource|location|region)`/)
      assert.deepEqual(sides.split(', '), provider.sides)
      assert.deepEqual(
        dialects.split(', ').map((word) => WORDS[word]),
        provider.dialects,
      )
      assert.deepEqual(ticked(key), provider.keyVariable === null ? [] : [provider.keyVariable])
      assert.deepEqual(ticked(options), provider.optionNames)
      assert.equal(law, provider.facts.jurisdiction ?? 'unknown')
    })
  }

  const differences: readonly (readonly [string, (quirks: Quirks, provider: Preset) => boolean])[] = [
    ['limit of the answer', (quirks) => quirks.maxTokensField === 'max_completion_tokens'],
    ['usage in a stream', (quirks) => !quirks.streamUsage],
    ['role `developer`', (quirks) => quirks.developerRole && quirks.customTools === true],
    ['earlier thoughts sent back as `reasoning`', (quirks) => quirks.reasoningField === 'reasoning'],
    ['earlier thoughts not sent', (quirks) => quirks.reasoningField === null],
    ['thinking switched by `enable_thinking`', (quirks) => quirks.thinkingSwitch === 'enable_thinking'],
    ['… by `thinking`', (quirks) => quirks.thinkingSwitch === 'thinking'],
    ['… by `chat_template_kwargs`', (quirks) => quirks.thinkingSwitch === 'chat_template_kwargs'],
    ['… by `reasoning`', (quirks) => quirks.thinkingSwitch === 'reasoning'],
    ['… not at all', (quirks) => quirks.thinkingSwitch === null],
    ['cache marks with', (quirks) => quirks.cacheMarks === 'ttl'],
    ['cache marks without', (quirks) => quirks.cacheMarks === 'plain'],
    ['encrypted thoughts', (quirks) => quirks.encryptedReasoning],
    ['ids of tool calls', (quirks) => quirks.toolIds !== 'any'],
  ]

  it('has a line for every difference', () => assert.equal(table('What differs').length, differences.length))
  for (const [what, holds] of differences) {
    it(`names who differs: ${what}`, () => {
      const row = table('What differs').find(([first]) => first?.startsWith(what) === true)
      const named = [...PROVIDERS.values()].filter((one) => holds(one.quirks, one)).map(({ name }) => name)
      assert.deepEqual([...ticked(row?.[1] ?? '')].sort(), named.sort())
    })
  }

  it('says what first start offers', () => {
    const line = page.split('\n').find((one) => one.startsWith('`causeway up` without')) ?? ''
    const expected = [...PROVIDERS.values()].filter(
      (one) => one.environment !== null || one.discovery !== null,
    )
    assert.deepEqual(ticked(line).slice(1).sort(), expected.map(({ name }) => name).sort())
  })
})
