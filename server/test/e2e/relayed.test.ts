import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { type OpenHouse, openHouse } from '../open-house.ts'
import { chatWhole, type ScriptedModel, startScriptedModel, whole } from '../simulated/scripted.ts'

describe('filling in, pictures and sound', () => {
  let model: ScriptedModel
  let house: OpenHouse

  before(async () => {
    model = await startScriptedModel()
    const target = (name: string, provider: string, more = ''): string =>
      `  - { name: ${name}, provider: ${provider}, url: "${model.url}", model: theirs, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY${more} }\n`
    house = await openHouse({
      config: `targets:\n${target('gpt', 'openai')}${target('codestral', 'mistral')}`,
      environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
    })
  })
  after(async () => {
    await house.close()
    await model.close()
  })

  test('an editor’s completion reaches Codestral in its form, and comes back in the editor’s', async () => {
    model.says(() => chatWhole({ content: '  return a + b' }))
    const response = await house.post('/v1/completions', {
      model: 'codestral',
      prompt: 'def add(a, b):\n',
      suffix: '\n\nadd(1, 2)',
      max_tokens: 30,
      seed: 7,
    })
    assert.equal(response.status, 200, await response.clone().text())
    const body: unknown = await response.json()
    assert.match(JSON.stringify(body), /"object":"text_completion".*"text":" {2}return a \+ b"/)
    assert.equal(model.asked.at(-1)?.path, '/v1/fim/completions')
    assert.deepEqual(JSON.parse(model.seen.at(-1) ?? ''), {
      model: 'theirs',
      prompt: 'def add(a, b):\n',
      suffix: '\n\nadd(1, 2)',
      max_tokens: 30,
      random_seed: 7,
    })
  })

  test('and the other way round', async () => {
    model.says(() =>
      whole({
        id: 'x',
        choices: [{ text: 'hello', index: 0, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1, completion_tokens: 2 },
      }),
    )
    const response = await house.post('/v1/fim/completions', { model: 'gpt', prompt: 'a', suffix: 'b' })
    assert.equal(response.status, 200, await response.clone().text())
    const body: unknown = await response.json()
    assert.match(JSON.stringify(body), /"content":"hello"/)
    assert.equal(model.asked.at(-1)?.path, '/v1/completions')
  })

  test('a picture', async () => {
    model.says(() => whole({ created: 1, data: [{ b64_json: 'AAAA' }] }))
    const response = await house.post('/v1/images/generations', { model: 'gpt', prompt: 'a cat' })
    assert.deepEqual(await response.json(), { created: 1, data: [{ b64_json: 'AAAA' }] })
    assert.equal(model.seen.at(-1), '{"model":"theirs","prompt":"a cat"}')
  })

  test('speech comes as bytes, in the type that its maker says', async () => {
    model.says(() => ({ type: 'audio/mpeg', pieces: [Uint8Array.of(255, 0, 1), Uint8Array.of(2)] }))
    const response = await house.post('/v1/audio/speech', { model: 'gpt', input: 'Hello', voice: 'v' })
    assert.equal(response.headers.get('content-type'), 'audio/mpeg')
    assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [255, 0, 1, 2])
    const record = await house.record(response)
    assert.equal(record.operation, 'speech')
  })

  test('T28 half a sound does not look whole', async () => {
    model.says(() => ({ type: 'audio/mpeg', pieces: [Uint8Array.of(255, 0, 1)], cut: true }))
    const response = await house.post('/v1/audio/speech', { model: 'gpt', input: 'Hello', voice: 'v' })
    assert.equal(response.status, 200)
    await assert.rejects(response.arrayBuffer())
    const record = await house.record(response)
    assert.equal(record.outcome, 'failed')
  })

  const form = (fields: readonly (readonly [string, string | Blob])[]): FormData => {
    const data = new FormData()
    for (const [name, value] of fields) {
      if (typeof value === 'string') data.append(name, value)
      else data.append(name, value, 'a.wav')
    }
    return data
  }
  const transcribe = (body: FormData): Promise<Response> =>
    fetch(`${house.url}/v1/audio/transcriptions`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${house.key}` },
    })
  const sound = (bytes: number): Blob => new Blob([new Uint8Array(bytes).fill(7)], { type: 'audio/wav' })

  test('sound goes as it came, with the model’s name changed wherever it stands', async () => {
    model.says(() => whole({ text: 'hello' }))
    for (const fields of [
      [
        ['file', sound(2000)],
        ['model', 'gpt'],
        ['prompt', 'grün'],
      ],
      [
        ['model', 'gpt'],
        ['prompt', 'grün'],
        ['file', sound(2000)],
      ],
    ] as const) {
      const response = await transcribe(form(fields))
      assert.equal(response.status, 200, await response.clone().text())
      assert.deepEqual(await response.json(), { text: 'hello' })
      const body = model.seen.at(-1) ?? ''
      assert.match(body, /name="model"\r\n\r\ntheirs\r\n/)
      assert.match(body, /name="prompt"\r\n\r\ngrün\r\n/)
      assert.ok(body.includes('\u0007'.repeat(2000)))
      assert.match(model.asked.at(-1)?.headers['content-type'] ?? '', /multipart\/form-data; boundary=/)
    }
  })

  test('a large sound is on its way before it has all come', async () => {
    model.says(() => whole({ text: 'long' }))
    const boundary = 'b0undary'
    const part = (head: string): string => `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
    const before = model.asked.length
    const { port } = new URL(house.url)
    const answered = new Promise<string>((resolve, reject) => {
      const sent = httpRequest(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path: '/v1/audio/transcriptions',
          headers: {
            authorization: `Bearer ${house.key}`,
            'content-type': `multipart/form-data; boundary=${boundary}`,
          },
        },
        (response) => {
          response.setEncoding('utf8')
          let text = ''
          response.on('data', (piece) => {
            text += piece
          })
          response.on('end', () => resolve(text))
        },
      )
      sent.on('error', reject)
      sent.write(`${part('name="model"')}gpt\r\n${part('name="file"; filename="a.wav"')}`)
      sent.write(Buffer.alloc(3 * 1024 * 1024, 7))
      setTimeout(() => sent.end(`\r\n--${boundary}--\r\n`), 300)
    })
    assert.match(await answered, /long/)
    assert.equal(model.asked.length, before + 1)
    assert.ok((model.seen.at(-1)?.length ?? 0) > 3 * 1024 * 1024)
    assert.equal(model.asked.at(-1)?.headers['content-length'], undefined, 'it was streamed')
  })

  test('what is wrong with a form is said, and nothing leaves', async () => {
    const before = model.asked.length
    const none = await transcribe(form([['file', sound(10)]]))
    assert.equal(none.status, 400)
    assert.match(await none.text(), /model/)
    const unknown = await transcribe(
      form([
        ['file', sound(10)],
        ['model', 'nobody'],
      ]),
    )
    assert.equal(unknown.status, 404)
    const text = await fetch(`${house.url}/v1/audio/transcriptions`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${house.key}`, 'content-type': 'application/json' },
    })
    assert.equal(text.status, 400)
    const denied = await transcribe(
      form([
        ['file', sound(10)],
        ['model', 'gpt'],
        ['prompt', 'card 4111 1111 1111 1111'],
      ]),
    )
    assert.equal(denied.status, 403)
    assert.equal(model.asked.length, before)
  })

  test('a target that does not do it is named', async () => {
    const response = await house.post('/v1/images/generations', { model: 'codestral', prompt: 'a cat' })
    assert.equal(response.status, 400)
    assert.match(await response.text(), /codestral does not do image/)
  })
})
