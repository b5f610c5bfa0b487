import type { Numbering, Weight } from './numbering.ts'

/*
 * Numberings list how a number is printed by whoever gives it out. People write it with another sign between its
 * groups, without any, or set its check letter apart: where check digits speak for a number, those forms are its
 * own as well.
 */

const SIGNS = [' ', '-', '.']
const PARTED = /[ ./-]/g

const regrouped = (form: string): readonly string[] =>
  /[ ./-]/.test(form) ? SIGNS.map((sign) => form.replaceAll(PARTED, sign)) : []

/** A letter alone at either end of the digits, set apart from them or not. */
const lettered = (form: string): readonly string[] => {
  const last = /^(.*0)[ -]?(A)$/.exec(form)
  const first = /^(A)[ -]?(0.*)$/.exec(form)
  return [last, first].flatMap((found) =>
    found === null ? [] : ['', ' ', '-', '.'].map((sign) => `${found[1] ?? ''}${sign}${found[2] ?? ''}`),
  )
}

const FEWEST = 7
const size = (form: string): number => form.replaceAll(/[^0A]/g, '').length

/** All forms of a number with what each weighs: those listed, and how else they are written. */
export const printed = (numbering: Numbering, weight: Weight): readonly string[] => {
  const { forms, checked } = numbering
  const listed = forms[weight] ?? []
  const known = new Set(Object.values(forms).flat())
  if (!checked) return listed
  const others = (of: readonly string[]) =>
    of.flatMap((form) => [...regrouped(form), ...lettered(form)]).filter((form) => size(form) >= FEWEST)
  // What is unmistakable as it is printed is less so with other signs; without any it is digits like others.
  const more =
    weight === 'own'
      ? others(forms.own ?? [])
      : weight === 'any'
        ? others([...listed, ...(forms.alone ?? [])])
        : []
  const bare =
    weight === 'own'
      ? [...known].map((form) => form.replaceAll(PARTED, '')).filter((form) => size(form) >= FEWEST)
      : []
  const heavier = weight === 'own' ? new Set(printed(numbering, 'any')) : known
  return [...listed, ...new Set([...more, ...bare].filter((form) => !known.has(form) && !heavier.has(form)))]
}

/*
 * Groupings that many things have: thousands, telephone numbers, cards, days, pairs.
 */
const COMMON = [
  /^0{1,3}(?:[.]0{1,3}){3}$/,
  /^0{1,3}(?:[ .-]000)+$/,
  /^0?000[-. ]0{3,4}[-. ]0{4}$/,
  /^0000(?:[ .-]0000)+$/,
  /^0{1,2}(?:[ ./-]00)+$/,
  /^0{2,5}[ .-]0{4,8}$/,
  /^000[- .]000[- .]00[- .]00$/,
  /^0000[-. ]00[-. ]00$/,
  /^0{5,6}[-/ .]0{3,5}$/,
  /^00?[- .]00[- .]0{4}/,
]
const LEAST_TELLING = 8

/** Whether a form groups its digits, or leads or ends them with letters, as hardly anything else does. */
export const isTelling = (form: string): boolean =>
  size(form) >= LEAST_TELLING && /[ ./-]/.test(form) && !COMMON.some((common) => common.test(form))
