import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { pseudonymChapter, speedChapter } from './chapters.ts'
import { corpusFolder, readCorpus } from './corpus.ts'
import { SALTS } from './pseudonyms.ts'
import { reportOf } from './report.ts'

/*
 * `npm run bench:labels`: how good detection is, on the labelled texts that CAUSEWAY_DATA names.
 */

const USAGE = `npm run bench:labels -- [flags]
  --write    write the report to docs/detection.md
  --salt s   what the pseudonyms' conversations follow from, one or more; else a fixed list of them
  --quick    the labelled texts alone, without speed, other libraries and pseudonyms
  --help     this text
CAUSEWAY_DATA names the folder whose sensitivity/ holds labelled texts.`

const REPORT = fileURLToPath(new URL('../../docs/detection.md', import.meta.url))

const main = (): number => {
  const { values } = parseArgs({
    options: {
      write: { type: 'boolean', default: false },
      salt: { type: 'string', multiple: true, default: [...SALTS] },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  const folder = corpusFolder(process.env)
  if (folder === null) {
    process.stderr.write('CAUSEWAY_DATA names no folder with labelled texts (sensitivity/*.jsonl).\n')
    return 2
  }
  const more = values.quick ? [] : [speedChapter(true), pseudonymChapter(500, values.salt)]
  const report = reportOf(readCorpus(folder), more)
  if (values.write) writeFileSync(REPORT, report)
  process.stdout.write(report)
  return 0
}

process.exitCode = main()
