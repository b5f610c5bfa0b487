import { relative, sep } from 'node:path'
import { run } from 'node:test'
import { inspect } from 'node:util'

/** Milliseconds after which a test file counts as hung. */
const FILE_LIMIT = 300_000
const OUTPUT_LINES = 40

/**
 * Runs test files two at a time, each in a process of its own. One line per file; of a failed test its name,
 * place and error, and what its file printed. Answers counts of tests (suites are not counted).
 */
export const reportServerTests = async ({ files, namePattern, root }) => {
  const result = { passed: 0, failed: 0, skipped: [] }
  const seen = new Map()
  const short = (path) =>
    relative(root, path ?? '')
      .split(sep)
      .join('/')
  const of = (path) => {
    const key = short(path)
    if (!seen.has(key)) seen.set(key, { passed: 0, failed: 0, skipped: 0, output: [], failures: [] })
    return seen.get(key)
  }
  const events = run({
    files: files.map((file) => `${root}${sep}${file}`),
    cwd: root,
    concurrency: 2,
    timeout: FILE_LIMIT,
    ...(namePattern === undefined ? {} : { testNamePatterns: [new RegExp(namePattern)] }),
  })
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') of(data.file).output.push(data.message)
    if (type === 'test:pass' || type === 'test:fail') count(type, data, of(data.file), result, short)
    if (type === 'test:summary' && data.file !== undefined) printFile(short(data.file), of(data.file), data)
  }
  for (const [file, state] of seen) if (!state.printed) printFile(file, state, { duration_ms: null })
  return result
}

const count = (type, data, state, result, short) => {
  if (data.details?.type === 'suite') {
    if (type === 'test:fail' && !isOnlyAboutChildren(data)) fails(data, state, result)
    return
  }
  const isWholeFile = data.nesting === 0 && short(data.name) === short(data.file)
  if (data.skip !== undefined || data.todo !== undefined) {
    state.skipped += 1
    const reason = [data.skip, data.todo].find((text) => typeof text === 'string' && text !== '')
    result.skipped.push({ file: short(data.file), name: data.name, reason: reason ?? 'no reason given' })
  } else if (type === 'test:fail') {
    if (!isOnlyAboutChildren(data)) fails(data, state, result)
  } else if (isWholeFile) {
    data.details = { error: new Error('this file has no test in it') }
    fails(data, state, result)
  } else {
    state.passed += 1
    result.passed += 1
  }
}

const fails = (data, state, result) => {
  state.failed += 1
  result.failed += 1
  state.failures.push(data)
}

/** A parent that failed because a child did is no failure of its own. */
const isOnlyAboutChildren = (data) => data.details?.error?.failureType === 'subtestsFailed'

const printFile = (file, state, { duration_ms: duration }) => {
  state.printed = true
  const time = duration === null ? '' : `  ${Math.round(duration)} ms`
  const skipped = state.skipped === 0 ? '' : `, ${state.skipped} skipped`
  const failed = state.failed === 0 ? '' : `, ${state.failed} FAILED`
  console.log(`${state.failed > 0 ? '✗' : '✓'} ${file}  ${state.passed} passed${failed}${skipped}${time}`)
  if (state.failed === 0) return
  for (const failure of state.failures) {
    console.log(`\n  ✗ ${failure.name}  (${file}:${failure.line ?? '?'})`)
    console.log(indent(describe(failure.details?.error)))
  }
  const output = state.output.join('').trim().split('\n')
  if (output[0] !== '')
    console.log(`\n  printed by ${file}:\n${indent(output.slice(-OUTPUT_LINES).join('\n'))}\n`)
}

const describe = (error) => {
  const cause = error?.cause ?? error
  if (cause instanceof Error || typeof cause?.stack === 'string') return withoutRunnerFrames(cause)
  return typeof cause === 'string' ? cause : inspect(cause, { depth: 3 })
}

const withoutRunnerFrames = (error) =>
  String(error.stack)
    .split('\n')
    .filter((line) => !/^\s+at .*(node:internal|node:async_hooks)/.test(line))
    .slice(0, 30)
    .join('\n')

const indent = (text) =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
