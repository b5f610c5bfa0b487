import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NO_SETTINGS, type ReasoningWish } from '../../domain/index.ts'
import { claudeBudget, claudeEffort, claudeThinking } from './claude.ts'

const wish = (effort: ReasoningWish['effort'], budget: number | null = null): ReasoningWish => ({
  effort,
  budget,
  show: null,
})

describe('how a Claude model is asked to think', () => {
  it('is told by its version, wherever the name stands', () => {
    for (const model of [
      'claude-3-7-sonnet-20250219',
      'claude-sonnet-4-20250514',
      'claude-opus-4-5',
      'claude-haiku-4-5-20251001',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'qwen3',
    ])
      assert.equal(claudeThinking(model), 'budget', model)
    for (const model of ['claude-opus-4-6', 'us.anthropic.claude-sonnet-4-6', 'anthropic/claude-opus-4.6'])
      assert.equal(claudeThinking(model), 'either', model)
    for (const model of [
      'claude-opus-4-7',
      'claude-opus-4-10',
      'eu.anthropic.claude-sonnet-5',
      'claude-fable-5-1',
      'claude-mythos-preview',
    ])
      assert.equal(claudeThinking(model), 'adaptive', model)
  })

  it('is an effort where the model takes one, the nearest where it has not the very one', () => {
    assert.equal(claudeEffort('claude-opus-4-5', wish('high')), null)
    assert.deepEqual(claudeEffort('claude-opus-4-6', wish('high')), { effort: 'high', exact: true })
    assert.deepEqual(claudeEffort('claude-opus-4-6', wish('max')), { effort: 'high', exact: false })
    assert.deepEqual(claudeEffort('claude-opus-4-7', wish('minimal')), { effort: 'low', exact: false })
    assert.equal(claudeEffort('claude-opus-4-7', wish('none')), null)
    assert.equal(claudeEffort('claude-opus-4-6', wish(null, 4096)), null)
    assert.deepEqual(claudeEffort('claude-opus-4-7', wish(null, 4096)), { effort: 'medium', exact: false })
  })

  it('is a budget within half of the answer’s limit, or none', () => {
    const budget = (more: Partial<typeof NO_SETTINGS>) => claudeBudget({ ...NO_SETTINGS, ...more })
    assert.equal(budget({ reasoning: wish('medium') }), 4096)
    assert.equal(budget({ reasoning: wish('medium'), maxTokens: 4000 }), 2000)
    assert.equal(budget({ reasoning: wish('medium'), maxTokens: 100 }), null)
    assert.equal(budget({ reasoning: wish('medium'), toolChoice: { type: 'required' } }), null)
    assert.equal(budget({ reasoning: wish('none') }), null)
  })
})
