import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CausewayError, type Payload } from '../../domain/index.ts'
import { filesOnly, formFields, formState, withField } from './form.ts'

const BOUNDARY = 'b0undary'
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`

const field = (name: string, value: string): string =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string, content: string): string =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"; filename="a \\"b\\".wav"\r\ncontent-type: audio/wav\r\n\r\n${content}\r\n`
const END = `--${BOUNDARY}--\r\n`

const payload = (text: string, rest: Payload['rest'] = null): Payload => ({
  type: TYPE,
  bytes: Buffer.from(text, 'utf8'),
  rest,
})
const refused = (act: () => unknown, words: RegExp): void => {
  assert.throws(act, (thrown: unknown) => {
    assert.ok(thrown instanceof CausewayError)
    assert.equal(thrown.fault.code, 'invalid_request')
    assert.match(thrown.message, words)
    return true
  })
}

describe('forms', () => {
  test('fields, lists of one name and files are found', () => {
    const text = `${field('model', 'whisper')}${field('tag[]', 'a')}${field('tag[]', 'ü')}${file('file', 'RIFF')}${END}`
    assert.deepEqual(formFields(payload(text)), {
      fields: { model: 'whisper', 'tag[]': ['a', 'ü'] },
      files: [{ name: 'file', mime: 'audio/wav', text: 'RIFF' }],
      heads: ['a "b" .wav'],
    })
  })

  test('one field changes and nothing else does', () => {
    const text = `${file('file', 'RIFF\r\n--b0und')}${field('model', 'mine')}${field('prompt', 'ü')}${END}`
    const changed = withField(payload(text), 'model', 'a longer name')
    assert.equal(Buffer.from(changed.bytes).toString('utf8'), text.replace('mine', 'a longer name'))
    assert.deepEqual(formFields(changed).fields, { model: 'a longer name', prompt: 'ü' })
  })

  test('what is no form, or no whole one, is refused', () => {
    refused(() => formFields({ ...payload(''), type: 'application/json' }), /content-type/)
    refused(() => formFields({ ...payload(''), type: 'multipart/form-data' }), /boundary/)
    refused(() => formFields(payload(field('model', 'm'))), /end is missing/)
    refused(() => formFields(payload(`${field('model', 'a')}${field('model', 'b')}${END}`)), /came twice/)
    refused(
      () => formFields(payload(`--${BOUNDARY}\r\ncontent-type: text/plain\r\n\r\nx\r\n${END}`)),
      /no name/,
    )
    refused(() => formFields(payload(`--${BOUNDARY}\r\n${'x'.repeat(20_000)}`)), /too long/)
    refused(() => formFields(payload(`--${BOUNDARY}-evil\r\n\r\n`)), /behind a boundary/)
    refused(() => formFields(payload(`${field('prompt', 'x'.repeat(1024 * 1024 + 1))}${END}`)), /more than/)
  })

  test('a text that is encoded so that nobody could read it is refused', () => {
    const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="prompt"\r\n`
    for (const more of ['content-transfer-encoding: base64', 'content-type: text/plain; charset=utf-16'])
      refused(() => formFields(payload(`${head}${more}\r\n\r\nAAAA\r\n${END}`)), /encoded/)
    const bytes = Buffer.concat([
      Buffer.from(`${head}\r\n`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`\r\n${END}`),
    ])
    refused(() => formFields({ type: TYPE, bytes, rest: null }), /UTF-8/)
  })

  test('a form can be decided on when it is there, or in a file behind the model', () => {
    const whole = `${field('model', 'm')}${file('file', 'RIFF')}${END}`
    assert.equal(formState(TYPE, Buffer.from(whole)), 'ended')
    const states = new Set<string>()
    for (let at = 0; at < whole.length - 2; at += 1)
      states.add(formState(TYPE, Buffer.from(whole.slice(0, at))))
    assert.deepEqual([...states].sort(), ['in-file', 'reading'])
    assert.equal(
      formState(TYPE, Buffer.from(`${file('file', 'RIFF').slice(0, -2)}`)),
      'reading',
      'no model yet',
    )
  })
})

const through = async (text: string, cut: number, step: number): Promise<string> => {
  const bytes = Buffer.from(text)
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = cut; at < bytes.length; at += step) controller.enqueue(bytes.subarray(at, at + step))
      controller.close()
    },
  }).pipeThrough(filesOnly(TYPE, bytes.subarray(0, cut)))
  const out: Uint8Array[] = [bytes.subarray(0, cut)]
  for await (const chunk of stream) out.push(chunk)
  return Buffer.concat(out).toString('utf8')
}

describe('the rest of a form', () => {
  const opened = `${field('model', 'm')}${file('file', 'RIFF').slice(0, -2)}`

  test('files go through byte for byte, however they are cut', async () => {
    const text = `${opened} more\r\n--b0und\r\n${file('second', 'tone')}${END}`
    for (const step of [1, 2, 7, 1000]) assert.equal(await through(text, opened.length, step), text)
  })

  test('a field behind the file fails it at every cut', async () => {
    const text = `${opened} more\r\n${field('prompt', 'a secret')}${END}`
    for (let cut = opened.length; cut < opened.length + 12; cut += 1) {
      for (const step of [1, 3, 1000]) {
        await assert.rejects(through(text, cut, step), /send all fields before it/, `${cut} ${step}`)
      }
    }
  })
})
