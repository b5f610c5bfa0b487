import type { Draw } from '../draw.ts'

const WORDS: Readonly<Record<string, string>> = {
  en: 'condition',
  de: 'Befund',
  fr: 'affection',
  es: 'afección',
  it: 'affezione',
  pt: 'afecção',
  nl: 'aandoening',
  sv: 'åkomma',
  pl: 'schorzenie',
  tr: 'rahatsızlık',
  ru: 'состояние',
  zh: '病症',
  ja: '症状',
  ko: '증상',
  th: 'ภาวะ',
}
/** Letters that begin few abbreviations. */
const LETTERS = 'JKQVWXYZ'

/** A neutral word for an illness or a medicine with a code by which it is known again: `condition QX4`. */
export const termLike = (language: string, draw: Draw): string => {
  const letter = (): string => LETTERS.charAt(draw.number(LETTERS.length))
  return `${WORDS[language] ?? 'condition'} ${letter()}${letter()}${2 + draw.number(97)}`
}
