import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { CausewayError } from '../domain/index.ts'
import { holdFile } from '../store/index.ts'
import type { DataFiles } from './layout.ts'

const holderOf = (files: DataFiles): string => {
  try {
    return ` (process ${readFileSync(files.holder, 'utf8').trim()})`
  } catch {
    return ''
  }
}

/** Takes the data folder for this process. Throws CausewayError `data_folder` where another has it or it cannot be used. */
export const takeFolder = (files: DataFiles): (() => void) => {
  try {
    mkdirSync(files.audit, { recursive: true, mode: 0o700 })
    const release = holdFile(files.lock)
    if (release !== null) {
      writeFileSync(files.holder, `${process.pid}\n`, { mode: 0o600 })
      return () => {
        rmSync(files.holder, { force: true })
        release()
      }
    }
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new CausewayError('data_folder', `The data folder cannot be used: ${reason}`, { cause: thrown })
  }
  throw new CausewayError('data_folder', `Another gateway${holderOf(files)} is using ${files.audit}.`)
}
