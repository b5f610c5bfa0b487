/** Randomness shows in this many characters; longer values are judged by their beginning. */
const LOOK = 160

const COUNTS = new Uint16Array(128)

/** Shannon entropy of the first 160 characters of a text, in bits per character. 0 for the empty text. */
export const entropyOf = (text: string): number => {
  const length = Math.min(text.length, LOOK)
  COUNTS.fill(0)
  for (let i = 0; i < length; i += 1) {
    const slot = text.charCodeAt(i) & 127
    COUNTS[slot] = (COUNTS[slot] ?? 0) + 1
  }
  let bits = 0
  for (const count of COUNTS) {
    if (count > 0) bits -= (count / length) * Math.log2(count / length)
  }
  return bits
}

/** Stand-ins people write where a secret would be. */
const STAND_IN =
  /^(?:\$|%|<|\{\{|\[|@|\*{3}|\.{3}|x{4}|X{4}|_{3}|\(|null|none|undefined|true|false|env\b|process\.|os\.|secrets?\.|vault:|file:|ref:|!)|your|my[-_]|example|placeholder|change[-_ ]?me|replace|redacted|insert|dummy|sample|todo|fixme|xxxx|\*\*\*|•••|<[^>]*>|\$\{|\{\{|\.\.\.|here$|goes[-_]here|not[-_]a[-_]|fake|secret[-_]?(?:key|name|ref)|foobar/i

/** A count or the alphabet at the beginning, as people type it where anything would do. */
const COUNTING = /^(?:0123456789|1234567890|abcdef|12345678)[0-9]*/i

/** Whether a value only stands for a secret: a variable, a template, an example, a row of the same character. */
export const isStandIn = (value: string): boolean => {
  if (STAND_IN.test(value) || /^(.)\1*$/.test(value) || /^abc123$/i.test(value)) return true
  const counted = COUNTING.exec(value)
  if (counted === null) return false
  // Numbers of accounts stand before the random part of some tokens, and may count up by chance or in a test account.
  const rest = value.slice(counted[0].length)
  return rest.length < 12 || !isRandom(rest)
}

/** How often capitals and small letters take turns: names do so at the start of words, random text all over. */
const turns = (value: string): number => value.match(/[a-z][A-Z]/g)?.length ?? 0

/** Whether a value looks drawn at random: many different characters, of more than one sort. */
export const isRandom = (value: string): boolean => {
  const look = value.slice(0, LOOK)
  const sorts =
    Number(/[a-z]/.test(look)) +
    Number(/[A-Z]/.test(look)) +
    Number(/[0-9]/.test(look)) +
    Number(/[+/=_~.!-]/.test(look))
  const floor = /^[0-9a-fA-F]+$/.test(look) ? 2.8 : 3.2
  return sorts >= 2 && (/[0-9]/.test(look) || turns(look) >= 2) && entropyOf(look) >= floor
}
