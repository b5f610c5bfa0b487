/*
 * Runs the tests: the server's under node:test, then the console's under vitest, and ends with one line that
 * counts both. `npm test -- policy wire/sse` runs the files whose path contains one of the words, `--name=…`
 * the tests whose name matches the pattern. Fails when a test fails, and when none ran.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { ending, environment, fail, root, underRightNode } from './checkout.mjs'
import { installClients } from './clients.mjs'
import { reportServerTests } from './test-report.mjs'

await underRightNode(import.meta.url)

const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const namePattern = process.argv.find((argument) => argument.startsWith('--name='))?.slice('--name='.length)
const strange = process.argv
  .slice(2)
  .find((argument) => argument.startsWith('-') && !argument.startsWith('--name='))
if (strange !== undefined) fail(`${strange} is not understood. Use words of file paths, or --name=pattern.`)

const testFiles = (folder, pattern) => {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !['node_modules', 'dist'].includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return testFiles(path, pattern)
      return pattern.test(entry.name) ? [path] : []
    })
    .sort()
}
const slashes = (path) => path.split(sep).join('/')
const chosen = (file) => words.length === 0 || words.some((word) => slashes(file).includes(word))

const serverFiles = ['server', 'scripts', 'bench']
  .flatMap((folder) => testFiles(folder, /\.test\.(ts|mjs)$/))
  .filter(chosen)
const consoleFiles = testFiles('console', /\.test\.tsx?$/).filter(chosen)

const total = { passed: 0, failed: 0, skipped: [] }

if (serverFiles.some((file) => slashes(file).startsWith('server/test/clients/'))) {
  const missing = await installClients()
  if (missing !== null) process.env.CAUSEWAY_CLIENTS_MISSING = missing
}
if (serverFiles.length > 0) {
  const result = await reportServerTests({ files: serverFiles, namePattern, root })
  total.passed += result.passed
  total.failed += result.failed
  total.skipped.push(...result.skipped)
}
if (consoleFiles.length > 0) await runConsoleTests()

async function runConsoleTests() {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-vitest-'))
  const outputFile = join(folder, 'result.json')
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${outputFile}`,
      ...(namePattern === undefined ? [] : ['-t', namePattern]),
      ...consoleFiles.map((file) => relative('console', file)),
    ],
    { cwd: join(root, 'console'), stdio: 'inherit', env: environment(process.execPath) },
  )
  const code = await ending(child)
  const before = total.failed
  if (existsSync(outputFile)) {
    for (const file of JSON.parse(readFileSync(outputFile, 'utf8')).testResults) {
      if (file.assertionResults.length === 0 && file.status === 'failed') total.failed += 1
      for (const test of file.assertionResults) {
        if (test.status === 'passed') total.passed += 1
        else if (test.status === 'failed') total.failed += 1
        else
          total.skipped.push({
            file: slashes(relative(root, file.name)),
            name: test.fullName,
            reason: test.status,
          })
      }
    }
  }
  if (code !== 0 && total.failed === before) total.failed += 1
  rmSync(folder, { recursive: true, force: true })
}

if (total.skipped.length > 0) {
  console.log('\nSkipped:')
  for (const { file, name, reason } of total.skipped) console.log(`  ${file}: ${name} (${reason})`)
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`)
if (total.passed + total.failed === 0) {
  console.error(
    words.length === 0 ? 'No test ran.' : `No test ran: no test file's path contains ${words.join(' or ')}.`,
  )
}
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
