/*
 * For a process of the product under test: `node --import <this file> server/bin/causeway.mjs up`, with
 * CAUSEWAY_DOORS_FILE naming where each outgoing connection is written, one JSON object a line, as it happens.
 */
import { appendFileSync } from 'node:fs'
import { watchDoors } from './doors-watch.ts'

const file = process.env['CAUSEWAY_DOORS_FILE']
if (file === undefined) throw new Error('CAUSEWAY_DOORS_FILE says where connections are written')
appendFileSync(file, '')
watchDoors((seen) => appendFileSync(file, `${JSON.stringify(seen)}\n`))
