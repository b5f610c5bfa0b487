import type { Fault } from '../../domain/index.ts'

/** What is wrong, in whose words, and what to do next, for a dialect that has one place for all of it. */
export const sentence = (fault: Fault): string => {
  const parts = [fault.message, fault.quoted === null ? '' : `It says: ${fault.quoted}`, fault.next]
  return parts.flatMap((part) => ended(part.trim())).join(' ')
}

const ended = (part: string): readonly string[] => {
  if (part === '') return []
  return [/[.!?…]$/.test(part) ? part : `${part}.`]
}
