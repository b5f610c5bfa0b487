import { parentPort } from 'node:worker_threads'
import { done, type ToReader } from './outcome.ts'

/*
 * A reader that does what the file says: `hang`, `exit`, `throw`, `heap`, `buffers`, `noise`; anything else is its text.
 */
const hoard = (make: (i: number) => unknown): void => {
  const kept: unknown[] = []
  for (let i = 0; ; i += 1) kept.push(make(i))
}

parentPort?.on('message', ({ bytes }: ToReader) => {
  const text = new TextDecoder().decode(bytes)
  switch (text.split(' ')[0]) {
    case 'hang':
      for (;;);
    case 'exit':
      process.exit(3)
      break
    case 'throw':
      throw new Error(text)
    case 'heap':
      return hoard((i) => ({ i, text: String(i) }))
    case 'buffers': {
      const pace = new Int32Array(new SharedArrayBuffer(4))
      return hoard(() => {
        Atomics.wait(pace, 0, 0, 5)
        return new Uint8Array(4_000_000).fill(1)
      })
    }
    case 'noise':
      console.log(text)
      console.error(text)
  }
  parentPort?.postMessage(done([text]))
})
