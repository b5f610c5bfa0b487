/** Shannon entropy of the characters of a text, in bits per character. 0 for the empty text. */
export const entropyOf = (text: string): number => {
  const counts = new Map<string, number>()
  for (const symbol of text) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) {
    const share = count / text.length
    bits -= share * Math.log2(share)
  }
  return bits
}

/** Stand-ins people write where a secret would be. */
const STAND_IN =
  /^(?:\$|%|<|\{\{|\[|@|\*{3}|\.{3}|x{4}|X{4}|_{3}|\(|null|none|undefined|true|false|env\b|process\.|os\.|secrets?\.|vault:|file:|ref:|!)|your|my[-_]|example|placeholder|change[-_ ]?me|replace|redacted|insert|dummy|sample|todo|fixme|xxxx|\*\*\*|•••|<[^>]*>|\$\{|\{\{|\.\.\.|here$|goes[-_]here|not[-_]a[-_]|fake|secret[-_]?(?:key|name|ref)|foobar/i

/** Whether a value only stands for a secret: a variable, a template, an example, a row of the same character. */
export const isStandIn = (value: string): boolean =>
  STAND_IN.test(value) ||
  /^(.)\1*$/.test(value) ||
  /^(?:0123456789|1234567890|abcdef|12345678|abc123$)/i.test(value)

/** Whether a value looks drawn at random: many different characters, of more than one sort. */
export const isRandom = (value: string): boolean => {
  const sorts =
    Number(/[a-z]/.test(value)) +
    Number(/[A-Z]/.test(value)) +
    Number(/[0-9]/.test(value)) +
    Number(/[+/=_~.!-]/.test(value))
  const floor = /^[0-9a-fA-F]+$/.test(value) ? 2.8 : 3.2
  return sorts >= 2 && /[0-9]|[a-z].*[A-Z].*[a-z].*[A-Z]/.test(value) && entropyOf(value) >= floor
}
