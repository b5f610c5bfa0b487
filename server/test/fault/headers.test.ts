import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { openHouse, simulatedTarget } from '../open-house.ts'

test('a header that an upstream sends and nobody may send on is left out, and the answer arrives', async () => {
  const body = JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'simulated' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  })
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-ratelimit-note: caf\u00e9\r\nx-request-id: r\u00e9q\r\nx-ratelimit-limit: 5\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.write(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const house = await openHouse({
    config: `targets:\n${simulatedTarget('raw', `http://127.0.0.1:${port}/v1`, 'closed')}`,
  })
  try {
    const response = await house.post('/v1/chat/completions', {
      model: 'raw',
      messages: [{ role: 'user', content: 'hello' }],
    })
    assert.equal(response.status, 200, await response.clone().text())
    assert.equal(response.headers.get('x-ratelimit-limit'), '5')
    assert.equal(response.headers.get('x-ratelimit-note'), null)
    assert.equal(response.headers.get('x-causeway-upstream-request-id'), null)
    assert.equal((await house.record(response)).outcome, 'answered')
  } finally {
    await house.close()
    server.close()
  }
})
