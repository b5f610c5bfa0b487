const DOTS = '••••'

/** Types whose words say too much even in part: only their length is shown. */
const HIDDEN: ReadonlySet<string> = new Set([
  'PASSWORD',
  'MEDICAL',
  'CONTRACT',
  'FINANCIAL',
  'HEALTH',
  'SOURCE_CODE',
  'MARKER',
  'ADDRESS',
  'DATE_OF_BIRTH',
])

/** The public part of a token: what names its family and is the same in all of them. */
const familyOf = (value: string): string => {
  const family =
    /^(?:[A-Za-z0-9]{1,8}[-_.]){1,2}|^(?:AKIA|ASIA|AIza|eyJ)|^-----BEGIN|^[a-z][a-z0-9+]{1,15}:\/\//.exec(
      value,
    )?.[0] ?? ''
  return family.length * 4 <= value.length ? family : ''
}

const edges = (value: string, first: number, last: number): string => {
  // Together less than half of the value, whatever was asked for.
  const most = Math.max(0, Math.ceil(value.length / 2) - 1)
  const head = Math.min(first, Math.floor(most / 2))
  const tail = Math.min(last, most - head)
  return `${value.slice(0, head)}${head > 0 ? ' ' : ''}${DOTS}${tail > 0 ? ` ${value.slice(value.length - tail)}` : ''}`
}

/**
 * The shape of a value for people: at most its first and last few characters, always less than half of it;
 * of a secret no more than the prefix that all secrets of its family share. `DE89 •••• 3000`.
 */
export const maskOf = (value: string, type: string): string => {
  if (type === 'SECRET') return `${familyOf(value)}${DOTS}`
  if (HIDDEN.has(type)) return DOTS
  // Separators would count as shown characters without showing anything, so they don't count as hidden ones.
  const bare = value.replaceAll(/[\s.\-/()]/g, '')
  if (type === 'EMAIL') return `${bare.length > 6 ? bare.slice(0, 1) : ''}${DOTS}@${DOTS}`
  if (type === 'PERSON') return bare.length > 4 ? `${bare.slice(0, 1)}${DOTS}` : DOTS
  if (type === 'IBAN') return edges(bare, 4, 4)
  if (type === 'CREDIT_CARD') return edges(bare, 0, 4)
  return edges(bare, 1, 2)
}
