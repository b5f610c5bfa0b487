/*
 * Stands for the token classifier's library in tests: its interface, and a model that knows a few names. Like the
 * real one it says a token's text and not where it stands, and cuts off what is longer than the model reads.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const env: Record<string, unknown> = { allowRemoteModels: true }

const LONGEST = 32
const LABELS: Readonly<Record<string, string>> = {
  mirela: 'B-PER',
  '##kovic': 'I-PER',
  petro: 'B-PER',
  vic: 'I-PER',
  jelena: 'B-PER',
  oslo: 'B-LOC',
  '77-x': 'B-CASENO',
}

/** Lower case, without accents, long words in two halves: like the tokenizer of an uncased model. */
const tokensOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/(\s+|[.,:;!?])/)
    .filter((word) => word.trim() !== '')
    .flatMap((word) => {
      if (word === 'petrovic') return ['petro', 'vic']
      return word.endsWith('kovic') ? [word.slice(0, -5), '##kovic'] : [word]
    })

const labelsIn = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))

export const pipeline = async (task: string, model: string, options: Record<string, unknown>) => {
  const remote = env['allowRemoteModels'] !== false || options['local_files_only'] !== true
  if (task !== 'token-classification' || remote) throw new Error('something would have been downloaded')
  const config = labelsIn(`${env['localModelPath']}${model}`)
  const classify = async (text: string) => {
    if (text.includes('HANG')) for (;;);
    if (text.includes('DIE')) process.exit(3)
    if (text.includes('THROW')) throw new Error(`cannot read ${text}`)
    if (text.includes('RUBBISH')) return [{ entity: 1 }]
    return tokensOf(text)
      .slice(0, LONGEST)
      .map((word, index) => ({
        entity: LABELS[word] ?? 'O',
        score: 0.9,
        index,
        word: word === 'oslo' ? '\ufffd' : word,
      }))
  }
  return Object.assign(classify, {
    tokenizer: { encode: (text: string) => tokensOf(text), model_max_length: LONGEST },
    model: { config },
  })
}
