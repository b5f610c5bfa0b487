import { CausewayError } from '../domain/index.ts'
import { intentOf, recordOf } from './fixture.ts'
import { openRecorder } from './index.ts'

/*
 * A process that records as fast as it can until somebody ends it, and prints a line for each fact that was
 * acknowledged: `ready`, `intent ID`, `outcome ID`, `refused CODE`. Arguments: the folder, a prefix for ids,
 * and how many requests at once.
 */
const [folder = '', prefix = '', width = '1'] = process.argv.slice(2)
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

const record = async (lane: number): Promise<void> => {
  for (let count = 0; ; count += 1) {
    const id = `cw_${prefix}_${lane}_${count}`
    try {
      await opened.recorder.intent(intentOf(id))
      say(`intent ${id}`)
      await opened.recorder.outcome(recordOf(id, { level: 'restricted', kinds: ['payment'] }))
      say(`outcome ${id}`)
    } catch (thrown) {
      say(`refused ${thrown instanceof CausewayError ? thrown.fault.code : String(thrown)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

const opened = await openRecorder({ folder }).catch((thrown: unknown) => {
  say(
    `refused ${thrown instanceof CausewayError ? `${thrown.fault.code} ${thrown.message}` : String(thrown)}`,
  )
  process.exit(3)
})
say('ready')
await Promise.all(Array.from({ length: Number(width) }, (_, lane) => record(lane)))
