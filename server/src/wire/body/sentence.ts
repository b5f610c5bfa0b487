import type { Fault } from '../../domain/index.ts'

/** What is wrong and what to do next, for a dialect that has one place for both. */
export const sentence = (fault: Fault): string => {
  const message = fault.message.trim()
  if (message === '') return fault.next
  return `${/[.!?…]$/.test(message) ? message : `${message}.`} ${fault.next}`
}
