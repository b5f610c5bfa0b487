import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fidelityOf } from '../fidelity.ts'
import { FORWARD, readReply, terminals } from '../testing.ts'
import { at } from './bodies.fixture.ts'
import { fidelity } from './fidelity.ts'
import { ollama } from './index.ts'

describe('the fidelity table of Ollama', () => {
  it('gives every field a reason', () => {
    for (const rows of [fidelity.request, fidelity.reply])
      for (const [field, row] of Object.entries(rows)) assert.ok(row.otherwise.why.length > 3, field)
  })
})

const folder = process.env['CAUSEWAY_DATA']
const skip = folder === undefined ? 'CAUSEWAY_DATA is not set' : false

describe('the documented examples of Ollama', { skip }, () => {
  const root = join(folder ?? '', 'wire', 'ollama', 'ollama-docs')
  const examples = () =>
    readdirSync(root)
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ name, json: JSON.parse(readFileSync(join(root, name), 'utf8')) }))

  it('are read, find their path and are forwarded as they came', () => {
    let seen = 0
    for (const { name, json } of examples()) {
      const action = /\/api\/(chat|generate|embed|embeddings)$/.exec(json.url ?? '')?.[1]
      if (action === undefined || json.body === null) continue
      seen += 1
      const call = at(action, json.body, action.startsWith('embed') ? 'embed' : 'chat')
      assert.equal(ollama.path(call, 'x'), `/api/${action}`, name)
      assert.deepEqual(
        JSON.parse(ollama.forward(call, FORWARD).body),
        { ...json.body, model: FORWARD.model },
        name,
      )
    }
    assert.ok(seen > 20, `${seen} requests`)
  })

  it('replies are read to one end, and every field of them is in the table', () => {
    let seen = 0
    for (const { name, json } of examples()) {
      if (typeof json.model !== 'string' || !name.includes('.response.')) continue
      seen += 1
      const events = readReply('ollama', [JSON.stringify(json)], false)
      assert.equal(terminals(events).length, 1, name)
      const complete = json.done === true || json.embeddings !== undefined
      assert.equal(terminals(events)[0]?.type, complete ? 'end' : 'error', name)
      for (const event of events)
        if (event.type === 'unmapped')
          assert.ok(fidelityOf('ollama', event.field, 'gemini', 'reply') !== null, event.field)
    }
    assert.ok(seen > 20, `${seen} replies`)
  })
})
