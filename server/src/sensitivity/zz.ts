import { inspect } from './index.ts'
import { read } from './reading.ts'

const t = process.argv[2] ?? ''
const r = read(t)
for (const g of (process.argv[3] ?? '').split(',').filter(Boolean)) console.log(g, r.words(g))
for (const f of inspect(t))
  console.log(
    f.kind,
    f.type,
    f.sub,
    JSON.stringify(t.slice(f.start, f.end)),
    f.confidence,
    f.reason,
    f.masked,
  )
