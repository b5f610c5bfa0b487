import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelLine } from '../../server/src/cli/label.ts'
import type { Case, Prediction } from './score.ts'
import { type Half, halfOf, type LabelledText, splitByTemplate } from './split.ts'

/** The folder of labelled texts that `CAUSEWAY_DATA` names, or null where there is none. */
export const corpusFolder = (environment: Readonly<Record<string, string | undefined>>): string | null => {
  const root = environment['CAUSEWAY_DATA'] ?? ''
  const folder = join(root, 'sensitivity')
  return root === '' || !existsSync(folder) ? null : folder
}

const linesOf = (path: string): readonly LabelledText[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): LabelledText => JSON.parse(line))

const annotatedIn = (folder: string): Readonly<Record<string, readonly string[] | 'all' | 'none'>> => {
  const path = join(folder, 'annotated.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}

const predict = (gold: LabelledText): Prediction => {
  const text = gold.marker === undefined ? gold.text : gold.text.replaceAll(gold.marker, '')
  return JSON.parse(labelLine(JSON.stringify({ id: gold.id, text }), 1))
}

/** Every text of a corpus with what is found in it, by the half it is in. */
export const readCorpus = (folder: string): Readonly<Record<Half, readonly Case[]>> => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  const files = Object.fromEntries(names.map((name) => [name, linesOf(join(folder, name))]))
  const halves = splitByTemplate(files)
  const annotated = annotatedIn(folder)
  const cases: Record<Half, Case[]> = { train: [], test: [] }
  for (const [file, texts] of Object.entries(files)) {
    const types = annotated[file] ?? 'all'
    for (const gold of texts) {
      cases[halfOf(gold, halves)].push({
        file,
        gold,
        found: predict(gold),
        annotated: types === 'all' ? 'all' : new Set(types === 'none' ? [] : types),
      })
    }
  }
  return cases
}
