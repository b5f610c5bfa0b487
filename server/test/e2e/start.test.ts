import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { simulatedTarget } from '../open-house.ts'
import { isReadable, keyIn, type Place, runCommand, runSeveral, startUp, type Up } from '../run-command.ts'
import { type SimulatedVendor, startSimulatedVendor } from '../simulated/vendor.ts'

/* The command as a user meets it: a process of its own, an environment of its own, an empty folder. */

const onWindows = process.platform === 'win32'
const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Programs that the engine would call; here each only writes down that it was. */
const PROGRAMS = ['npm', 'pip', 'pip3', 'python', 'python3', 'node', 'uv']

const emptyPlace = (): Place => {
  const cwd = mkdtempSync(join(tmpdir(), 'causeway-start-'))
  folders.push(cwd)
  const programs = join(cwd, 'programs')
  mkdirSync(programs)
  for (const name of PROGRAMS) {
    writeFileSync(join(programs, name), `#!/bin/sh\necho ${name} "$@" >> '${join(cwd, 'called')}'\nexit 1\n`)
    chmodSync(join(programs, name), 0o755)
  }
  const environment: Record<string, string> = {
    PATH: programs,
    HOME: cwd,
    CAUSEWAY_CACHE: join(cwd, 'cache'),
    // Where the model hub would be: nobody listens there, and no test leaves this machine.
    HF_ENDPOINT: 'http://127.0.0.1:9',
  }
  if (onWindows) environment['SystemRoot'] = process.env['SystemRoot'] ?? ''
  return { cwd, environment }
}

/** The processes that this one has started and that still run; null where nobody can say. */
const childrenOf = (pid: number | undefined): readonly string[] | null => {
  try {
    const folder = `/proc/${pid}/task`
    return readdirSync(folder).flatMap((task) =>
      readFileSync(join(folder, task, 'children'), 'utf8')
        .split(' ')
        .filter(Boolean),
    )
  } catch {
    return null
  }
}

/** The arguments of a printed command line, as a shell in that folder understands them. */
const shellWords = (line: string, cwd: string): readonly string[] => {
  const shown = spawnSync('/bin/sh', ['-c', `set -- ${line}; for a; do printf '%s\\0' "$a"; done`], {
    cwd,
    encoding: 'utf8',
  })
  assert.equal(shown.stderr, '')
  return shown.stdout.split('\0').slice(0, -1)
}

/** Does what a printed curl line says. */
const likeCurl = (line: string, cwd: string): Promise<Response> => {
  const words = shellWords(line, cwd)
  assert.equal(words[0], 'curl')
  const after = (option: string): readonly string[] =>
    words.flatMap((word, index) => (word === option ? [words[index + 1] ?? ''] : []))
  const headers = after('-H').map((header): [string, string] => {
    const at = header.indexOf(':')
    return [header.slice(0, at), header.slice(at + 1).trim()]
  })
  return fetch(words[1] ?? '', { method: 'POST', headers, body: after('-d')[0] ?? '' })
}

const takePort = (port: number): Promise<{ readonly port: number; close(): void }> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    // Somebody else has it already: just as good.
    server.once('error', () => resolve({ port, close: () => undefined }))
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address()
      const taken = typeof bound === 'object' && bound !== null ? bound.port : port
      resolve({ port: taken, close: () => server.close() })
    })
  })

describe('first start, in an empty folder', () => {
  const place = emptyPlace()
  const config = join(place.cwd, 'causeway.yaml')
  const key = join(place.cwd, '.causeway', 'keys', 'dev')

  test('a port in use is named, after the configuration and the key were written', async () => {
    const taken = await takePort(4141)
    const { code, out, err } = await runCommand(['up', '--no-engine'], place)
    taken.close()
    assert.equal(code, 1, out + err)
    assert.match(out, /No causeway\.yaml yet: looking for keys/)
    assert.match(out, /Wrote causeway\.yaml/)
    assert.match(err, /Port 4141 on 127\.0\.0\.1 is in use/)
    assert.match(err, /choose another port under listen/)
    assert.ok(isReadable(out + err), err)
    assert.match(keyIn(key), /^cw-[\w-]{40,}$/)
    if (!onWindows) assert.equal(statSync(key).mode & 0o777, 0o600)
    assert.match(readFileSync(config, 'utf8'), /name: engine/)
    assert.ok(!readFileSync(config, 'utf8').includes(keyIn(key)), 'no secret in the file')
  })

  test('then it comes up, prints a request and the console, and --no-engine starts and fetches nothing', {
    skip: onWindows ? 'needs a POSIX shell' : false,
  }, async () => {
    const text = readFileSync(config, 'utf8')
    const free = text.replace('127.0.0.1:4141 ', '127.0.0.1:0 ').replace('127.0.0.1:4142 ', '127.0.0.1:0 ')
    assert.notEqual(free, text)
    writeFileSync(config, free)
    const written = keyIn(key)
    const up = await startUp(['--no-engine'], place)
    try {
      await up.sees(/declined with --no-engine/)
      assert.equal(keyIn(key), written, 'the key stays')
      const answer = await likeCurl(up.example, place.cwd)
      const status = answer.status
      const body = await answer.text()
      // Without an engine and without a server of one's own nobody can answer; it is said, and no other error.
      if (!/ {2}(closed|rented) /.test(up.out()) && /^ {2}own +engine$/m.test(up.out())) {
        assert.equal(status, 503, body)
        assert.match(body, /built-in engine.*declined/)
      } else assert.notEqual(status, 401, body)
      const entrance = await fetch(`${up.controlUrl}/?token=${up.token}`, { redirect: 'manual' })
      assert.equal(entrance.status, 303)
      assert.match(entrance.headers.get('set-cookie') ?? '', /HttpOnly/i)
      assert.equal((await up.control('/api/status')).status, 200)
      assert.deepEqual(childrenOf(up.process.pid) ?? [], [])
      assert.ok(!existsSync(join(place.cwd, 'called')), 'a program of this machine was called')
      assert.ok(!existsSync(join(place.cwd, 'cache', 'models')), 'weights were fetched')
    } finally {
      assert.equal(await up.stop(), 0, up.err())
    }
    assert.equal(up.err(), '')
  })
})

const held = (house: Up, key: string): Promise<Response> =>
  house.post('/v1/chat/completions', key, {
    model: 'vendor',
    stream: true,
    messages: [{ role: 'user', content: 'Why do tides rise?' }],
  })

describe('a running causeway and its signals', { skip: onWindows ? 'Windows has no signals' : false }, () => {
  const place = emptyPlace()
  let vendor: SimulatedVendor
  const key = `cw-${randomBytes(32).toString('base64url')}`
  const config = (url: string): string =>
    `listen: { gateway: 127.0.0.1:0, control: 127.0.0.1:0 }\ndata: ./data\ntargets:\n${simulatedTarget('vendor', url, 'closed')}keys:\n  - { name: dev, secret: "file:./key", uses: [general] }\n`
  after(() => vendor.close())

  test('the printed request works, and SIGTERM lets a stream in work finish', async () => {
    vendor = await startSimulatedVendor()
    writeFileSync(join(place.cwd, 'key'), `${key}\n`, { mode: 0o600 })
    writeFileSync(join(place.cwd, 'causeway.yaml'), config(vendor.url))
    const up = await startUp(['--no-engine'], place)
    const first = await likeCurl(up.example, place.cwd)
    assert.equal(first.status, 200)
    assert.match(await first.text(), /\[simulated vendor\]/)
    vendor.behave('held')
    const streaming = await held(up, key)
    const reader = streaming.body?.getReader()
    assert.ok(reader !== undefined)
    const begun = await reader.read()
    let text = new TextDecoder().decode(begun.value)
    up.process.kill('SIGTERM')
    await up.sees(/Stopping: letting requests in work finish/)
    const late = await held(up, key)
    assert.equal(late.status, 503)
    assert.equal(late.headers.get('x-causeway-code'), 'draining')
    await late.text()
    vendor.release()
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += new TextDecoder().decode(part.value)
    assert.ok(text.trimEnd().endsWith('data: [DONE]'), text)
    assert.equal(await up.ended, 0, up.err())
    assert.match(up.out(), /Stopped\. The record is closed and signed\./)
  })

  test('a second interrupt leaves at once', async () => {
    const up = await startUp(['--no-engine'], place)
    vendor.behave('held')
    const streaming = await held(up, key)
    assert.equal(streaming.status, 200)
    up.process.kill('SIGINT')
    await up.sees(/Interrupted: /)
    up.process.kill('SIGINT')
    assert.equal(await up.ended, 130)
    await assert.rejects(streaming.text())
    assert.ok(!up.out().includes('Stopped.'), 'nothing was waited for')
    vendor.release()
  })

  test('a damaged audit log stops the start and names what to do', async () => {
    const entries = join(place.cwd, 'data', 'audit', 'entries.jsonl')
    const bytes = readFileSync(entries)
    const at = bytes.indexOf('"outcome"')
    bytes[at + 1] = (bytes[at + 1] ?? 0) ^ 1
    writeFileSync(entries, bytes)
    const { code, out, err } = await runCommand(['up', '--no-engine'], place)
    assert.equal(code, 1, out)
    assert.match(err, /audit log/)
    assert.match(err, /causeway audit verify/)
    assert.ok(isReadable(err), err)
    assert.ok(!out.includes('Causeway is up'))
  })

  test('a typo names the nearest key, a contradiction what it points at, a data folder that is a file itself; nothing starts', async () => {
    const good = config(vendor.url)
    writeFileSync(join(place.cwd, 'typo.yaml'), good.replace('simulated: true', 'simulatd: true'))
    writeFileSync(
      join(place.cwd, 'contradiction.yaml'),
      `${good}routes:\n  - { name: auto, targets: [vendor, nobody], objective: ordered }\n`,
    )
    writeFileSync(join(place.cwd, 'file'), '')
    const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
      [['--config', 'typo.yaml'], /simulatd.*did you mean "simulated".*line 4/],
      [['--config', 'contradiction.yaml'], /routes\[0\]\.targets\[1\].*nobody/],
      [['--config', 'absent/causeway.yaml', '--data', './file'], /absent.causeway\.yaml/],
      [['--data', './file'], /data folder/],
    ]
    const ran = await runSeveral(
      mistakes.map(([given]) => ['up', '--no-engine', ...given]),
      place,
    )
    for (const [index, [given, pattern]] of mistakes.entries()) {
      const { code, out, err } = ran[index] ?? assert.fail()
      assert.equal(code, 1, given.join(' '))
      assert.match(err, /^causeway: /)
      assert.match(err, pattern)
      assert.ok(isReadable(out + err), err)
      assert.ok(!out.includes('Causeway is up'))
    }
  })
})

describe('help', () => {
  const place = emptyPlace()

  test('the command itself', async () => {
    const [help, version, command, far, option, extra] = await runSeveral(
      [['--help'], ['--version'], ['explian', 'hello'], ['zzzzzzzzzz'], ['up', '--confg', 'x'], ['up', 'x']],
      place,
    )
    assert.equal(help?.code, 0)
    for (const name of ['up', 'check', 'explain', 'requests', 'keys', 'audit', 'engine'])
      assert.match(help.out, new RegExp(`^ {2}${name}\\b`, 'm'))
    assert.equal(version?.code, 0)
    assert.match(version.out, /^\d+\.\d+\.\d+\n$/)
    assert.match(command?.err ?? '', /unknown command 'explian'.*Did you mean explain\?/)
    assert.match(far?.err ?? '', /unknown command 'zzzzzzzzzz'\.\n/)
    assert.match(option?.err ?? '', /Did you mean --config\?/)
    assert.match(extra?.err ?? '', /too many arguments/)
    for (const ran of [command, far, option, extra]) {
      assert.equal(ran?.code, 1)
      assert.ok(isReadable(ran.out + ran.err), ran.err)
      assert.match(ran.err, /causeway --help/)
    }
  })

  test('every command explains itself', async () => {
    const commands = [
      ['up'],
      ['check'],
      ['explain'],
      ['label'],
      ['requests'],
      ['keys'],
      ['audit'],
      ['audit', 'verify'],
      ['engine'],
      ['engine', 'pull'],
      ['engine', 'run'],
    ]
    const ran = await runSeveral(
      commands.map((given) => [...given, '--help']),
      place,
    )
    for (const [index, given] of commands.entries()) {
      const { code, out, err } = ran[index] ?? assert.fail()
      assert.equal(code, 0, given.join(' '))
      assert.match(out, new RegExp(`^Usage: causeway ${given.join(' ')}\\b`))
      assert.equal(err, '')
    }
  })
})
