import { expect, test } from 'vitest'
import { bytes, duration, money, plural, share, short, timeOfDay } from './format.ts'

test('unknown cost is never zero and estimates are marked', () => {
  expect(money(null, false)).toBe('unknown')
  expect(money(0, false)).toBe('$0')
  expect(money(1_234_567, false)).toBe('$0.0012')
  expect(money(1_234_567, true)).toBe('~$0.0012')
  expect(money(1, false)).toBe('$0.000000001')
  expect(money(4_215_000_000, true)).toBe('~$4.22')
  expect(money(1_234_567_000_000, false)).toBe('$1,234.57')
})

test('a share says 0 and 100 only where they are exact', () => {
  expect(share(0, 0)).toBe('–')
  expect(share(0, 10)).toBe('0%')
  expect(share(1, 1000)).toBe('<1%')
  expect(share(999, 1000)).toBe('>99%')
  expect(share(10, 10)).toBe('100%')
})

test('durations change their unit where the rounded number would overflow it', () => {
  expect(duration(null)).toBe('–')
  expect(duration(0)).toBe('0 ms')
  expect(duration(3.14)).toBe('3.1 ms')
  expect(duration(9.97)).toBe('10 ms')
  expect(duration(999.7)).toBe('1.00 s')
  expect(duration(9996)).toBe('10.0 s')
  expect(duration(59_990)).toBe('1 min 0 s')
  expect(duration(125_000)).toBe('2 min 5 s')
})

test('sums, bytes and words', () => {
  expect(short(9999)).toBe('9,999')
  expect(short(1_250_000)).toBe('1.3M')
  expect(plural(1, 'request')).toBe('1 request')
  expect(plural(0, 'request')).toBe('0 requests')
  expect(bytes(0)).toBe('0 B')
  expect(bytes(999_600)).toBe('1.0 MB')
  expect(bytes(1_400_000_000)).toBe('1.4 GB')
})

test('a time of another day carries its date, rubbish stays itself', () => {
  const now = new Date(2027, 0, 15, 12).getTime()
  expect(timeOfDay(new Date(2027, 0, 15, 9, 5, 7).toISOString(), now)).toBe('09:05:07')
  expect(timeOfDay(new Date(2027, 0, 14, 9, 5, 7).toISOString(), now)).toBe('14 Jan 09:05:07')
  expect(timeOfDay('soon', now)).toBe('soon')
})
