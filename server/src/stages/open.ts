import { resolve } from 'node:path'
import type { ReadingStage, StageRule } from '../domain/index.ts'
import { type Ask, type JudgeRule, judgeStage } from './judge.ts'
import { checkModelFolder, libraryFrom } from './package.ts'
import { type OpenStage, presidioStage } from './presidio.ts'
import type { Mask } from './reading.ts'
import { tokensStage } from './tokens.ts'

export interface StagesOptions {
  readonly rules: readonly StageRule[]
  /** Folder of the configuration: models are named from there, and the library is looked for from there. */
  readonly folder: string
  /** Further folders to look for the library from. */
  readonly libraryFolders: readonly string[]
  readonly mask: Mask
  /** How the target of a judge is asked. Throws CausewayError `config_invalid` where it may not be asked. */
  readonly judge: (rule: JudgeRule, field: string) => Ask
}

export interface Stages {
  /** In the order of the rules. */
  readonly stages: readonly ReadingStage[]
  close(): Promise<void>
}

const openOne = async (rule: StageRule, index: number, options: StagesOptions): Promise<OpenStage> => {
  const { folder, libraryFolders, mask, judge } = options
  const at = `sensitivity.stages[${index}]`
  switch (rule.type) {
    case 'presidio':
      return presidioStage(rule, mask)
    case 'judge':
      return { ...judgeStage(rule, judge(rule, `${at}.target`), mask), close: async () => undefined }
    case 'tokens': {
      const field = `${at}.model`
      const model = resolve(folder, rule.model)
      checkModelFolder(model, field)
      const library = libraryFrom([folder, ...libraryFolders], field)
      return tokensStage(rule, { library: library.href, folder: model }, mask, field)
    }
  }
}

/**
 * Opens the stages of a configuration, and closes what it had opened where one of them cannot be. Rejects with
 * CausewayError `config_invalid`, naming the key.
 */
export const openStages = async (options: StagesOptions): Promise<Stages> => {
  const open: OpenStage[] = []
  const close = async (): Promise<void> => {
    await Promise.all(open.map((stage) => stage.close()))
  }
  try {
    for (const [index, rule] of options.rules.entries()) open.push(await openOne(rule, index, options))
  } catch (thrown) {
    await close()
    throw thrown
  }
  return { stages: open, close }
}
