/** A postcode in a text: where it ends, whose it is, and how much it says: 2 where its form is hardly anything else. */
export interface Postcode {
  readonly end: number
  readonly country?: string
  readonly weight: number
}

/*
 * Printed forms. Source: Universal Postal Union, addressing systems by country. Forms that several countries
 * share name none of them.
 */
const FORMS: readonly (readonly [RegExp, string | undefined, number])[] = [
  [/(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![\p{L}\d])/iuy, 'GB', 3],
  [/[ABCEGHJ-NPR-TVXY]\d[A-Z] ?-?\d[A-Z]\d(?![\p{L}\d])/iuy, 'CA', 3],
  [/(?:[AC-FHKNPRTV-Y]\d{2}|D6W) ?[0-9AC-FHKNPRTV-Y]{4}(?![\p{L}\d])/uy, 'IE', 3],
  [/[A-HJ-NP-Z]\d{4}[A-Z]{3}(?![\p{L}\d])/uy, 'AR', 3],
  [/\d{5}-\d{3}(?![\p{L}\d-])/uy, 'BR', 3],
  [/\d{5}-\d{4}(?![\p{L}\d-])/uy, 'US', 3],
  [/\d{4}-\d{3}(?![\p{L}\d-])/uy, 'PT', 3],
  [/\d{2}-\d{3}(?![\p{L}\d-])/uy, 'PL', 3],
  [/\d{4} ?[A-Z]{2}(?![\p{L}\d])/uy, 'NL', 3],
  [/LV-\d{4}(?!\d)/uy, 'LV', 3],
  [
    /(?:D|DE|A|AT|CH|F|FR|B|BE|L|LU|I|IT|E|ES|S|SE|N|NO|DK|FI|FIN|SI|HR|RO|MD|UA|RU|GR|LT|EE|CZ|SK|HU|TR|MC|SM|VA)-\d{3,6}(?: \d{2})?(?!\d)/uy,
    undefined,
    3,
  ],
  [/\d{3} \d{2}(?![\p{L}\d.,]|[- ]\d)/uy, undefined, 2],
  [/\d{3}-\d{3,4}(?![\p{L}\d-]| \d)/uy, undefined, 1],
  [/\d{3} \d{3}(?![\p{L}\d]|[- ]\d)/uy, 'IN', 2],
  [/\d{5,6}(?![\p{L}\d]|[-/]\d|[.,]\d)/uy, undefined, 2],
  [/\d{4}(?![\p{L}\d]|[-/]\d|[.,]\d)/uy, undefined, 1],
]

const DIGITS_FIRST = FORMS.filter(([form]) => form.source.startsWith('\\d'))
const LETTERS_FIRST = FORMS.filter(([form]) => !form.source.startsWith('\\d'))

/** The postcode that begins at `start`, or null. */
export const postcodeAt = (text: string, start: number): Postcode | null => {
  const unit = text.charCodeAt(start)
  for (const [form, country, weight] of unit >= 0x30 && unit <= 0x39 ? DIGITS_FIRST : LETTERS_FIRST) {
    form.lastIndex = start
    const found = form.exec(text)
    if (found === null) continue
    const end = start + found[0].length
    return country === undefined ? { end, weight } : { end, country, weight }
  }
  return null
}
