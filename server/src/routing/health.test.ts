import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createHealth, type Failure, type HealthBook } from './index.ts'

const clockAt = (start = 1_000_000) => {
  let time = start
  return {
    now: () => time,
    ticks: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds
    },
  }
}

const upstream: Failure = { retry: true, after: null }
const refused: Failure = { retry: true, after: null, connect: true }

const attempt = (book: HealthBook, outcome: Failure | number | null): void => {
  book.begin('one')
  if (typeof outcome === 'number') book.answered('one', outcome)
  else if (outcome !== null) book.failed('one', outcome)
  book.ended('one')
}

const times = (count: number, act: () => void): void => {
  for (let done = 0; done < count; done += 1) act()
}

const stateOf = (book: HealthBook) => book.of('one').state

test('a target nobody has asked is up, and is not listed', () => {
  const book = createHealth(clockAt())
  assert.deepEqual(book.of('one'), { state: 'up', why: null, firstByte: null, inFlight: 0 })
  assert.deepEqual(book.all(), {})
})

test('five failures in a row take it out, three where no connection came about', () => {
  const book = createHealth(clockAt())
  times(4, () => attempt(book, upstream))
  assert.equal(stateOf(book), 'up')
  attempt(book, upstream)
  assert.deepEqual(book.of('one'), {
    state: 'down',
    why: '5 failures in a row, next try in 5 s',
    firstByte: null,
    inFlight: 0,
  })
  const other = createHealth(clockAt())
  times(2, () => attempt(other, refused))
  attempt(other, upstream)
  attempt(other, refused)
  assert.equal(stateOf(other), 'up', 'the row of failed connections was broken')
  const third = createHealth(clockAt())
  times(3, () => attempt(third, refused))
  assert.equal(stateOf(third), 'down')
})

test('an answer in between begins the count anew', () => {
  const book = createHealth(clockAt())
  times(10, () => {
    times(4, () => attempt(book, upstream))
    attempt(book, 10)
  })
  assert.equal(stateOf(book), 'up')
})

test('faults of the client never count, with or without a wait', () => {
  const book = createHealth(clockAt())
  times(50, () => attempt(book, { retry: false, after: null }))
  times(50, () => attempt(book, { retry: false, after: 9000, connect: true }))
  times(50, () => attempt(book, null))
  assert.equal(stateOf(book), 'up')
})

test('after its time out one request at a time may try it', () => {
  const clock = clockAt()
  const book = createHealth(clock)
  times(5, () => attempt(book, upstream))
  clock.pass(4999)
  assert.equal(stateOf(book), 'down')
  clock.pass(1)
  assert.equal(stateOf(book), 'probing')
  book.begin('one')
  assert.equal(stateOf(book), 'down')
  assert.match(book.of('one').why ?? '', /one request is trying it/)
  book.answered('one', 10)
  assert.equal(stateOf(book), 'up')
  book.ended('one')
  times(4, () => attempt(book, upstream))
  assert.equal(stateOf(book), 'up', 'the count began anew')
})

test('a trial that fails takes it out for longer, up to a limit, and good times are forgotten to its favour', () => {
  const clock = clockAt()
  const book = createHealth(clock)
  times(5, () => attempt(book, upstream))
  const spans: number[] = []
  for (let round = 0; round < 8; round += 1) {
    let waited = 0
    while (stateOf(book) === 'down') {
      clock.pass(1000)
      waited += 1000
    }
    spans.push(waited)
    attempt(book, upstream)
  }
  assert.deepEqual(spans, [5000, 10000, 15000, 20000, 25000, 30000, 30000, 30000])
  clock.pass(30_000)
  attempt(book, 10)
  clock.pass(60_000 * 20)
  times(5, () => attempt(book, upstream))
  clock.pass(5000)
  assert.equal(stateOf(book), 'probing')
})

test('a trial that ends without a word lets the next one try, at once where nothing else is under way', () => {
  const clock = clockAt()
  const book = createHealth(clock)
  book.begin('one')
  times(5, () => attempt(book, upstream))
  clock.pass(5000)
  book.begin('one')
  book.ended('one')
  assert.equal(stateOf(book), 'down', 'an older request is still under way and may be the trial')
  clock.pass(20_000)
  assert.equal(stateOf(book), 'probing')
  book.begin('one')
  book.ended('one')
  book.ended('one')
  assert.equal(stateOf(book), 'probing')
})

test('an old answer that comes in during the pause does not cut it short', () => {
  const clock = clockAt()
  const book = createHealth(clock)
  book.begin('one')
  times(5, () => attempt(book, upstream))
  book.answered('one', 10)
  assert.equal(stateOf(book), 'down')
  times(5, () => book.failed('one', upstream))
  clock.pass(5000)
  assert.equal(stateOf(book), 'probing', 'failures during the pause do not lengthen it')
})

test('a wish to be left alone is honoured, is no failure, and has a limit', () => {
  const clock = clockAt()
  const book = createHealth(clock)
  times(9, () => attempt(book, { retry: true, after: 2500 }))
  assert.match(book.of('one').why ?? '', /left alone, for another 3 s/)
  clock.pass(2499)
  assert.equal(stateOf(book), 'down')
  clock.pass(1)
  assert.equal(stateOf(book), 'up')
  attempt(book, { retry: true, after: 86_400_000 })
  clock.pass(599_999)
  assert.equal(stateOf(book), 'down')
  clock.pass(1)
  assert.equal(stateOf(book), 'up')
  attempt(book, { retry: true, after: 0 })
  assert.equal(stateOf(book), 'up')
})

test('a trial that is asked to wait waits, and is on trial after', () => {
  const clock = clockAt()
  const book = createHealth(clock)
  times(5, () => attempt(book, upstream))
  clock.pass(5000)
  attempt(book, { retry: true, after: 7000 })
  assert.equal(stateOf(book), 'down')
  clock.pass(7000)
  assert.equal(stateOf(book), 'probing')
})

test('the time to the first byte is smoothed, and rubbish is left out', () => {
  const book = createHealth(clockAt())
  attempt(book, 100)
  assert.equal(book.of('one').firstByte, 100)
  attempt(book, 200)
  assert.equal(book.of('one').firstByte, 120)
  attempt(book, Number.NaN)
  assert.equal(book.of('one').firstByte, 120)
})

test('requests under way are counted and never fall below none', () => {
  const book = createHealth(clockAt())
  book.begin('one')
  book.begin('one')
  assert.equal(book.of('one').inFlight, 2)
  times(5, () => book.ended('one'))
  book.ended('never begun')
  assert.equal(book.of('one').inFlight, 0)
  assert.deepEqual(Object.keys(book.all()), ['one'])
})

test('over any schedule of answers and failures a dead target is tried at most once in five seconds', () => {
  const step = fc.record({ pass: fc.integer({ min: 0, max: 3000 }) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 300 }), (steps) => {
      const clock = clockAt()
      const book = createHealth(clock)
      times(5, () => attempt(book, upstream))
      let last = clock.ticks()
      for (const { pass } of steps) {
        clock.pass(pass)
        if (stateOf(book) === 'down') continue
        assert.ok(clock.ticks() - last >= 5000)
        last = clock.ticks()
        attempt(book, upstream)
      }
    }),
    { numRuns: 200, seed: 1 },
  )
})
