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

/*
 * For each letter from a to z the letters that usually follow it inside words and names. Counted over words of
 * source code and documentation and surnames and towns of ten languages: 254 of the 676 pairs make up 93 % of
 * what is written there, and 38 % of what is drawn at random.
 */
const FOLLOWERS =
  'abcdegiklmnprstuvwyz aeiloru acehiklortuz aeiorstu abcdefgiklmnoprstuvwxyz aeior aeinoru aeiotu acdefgjklmnoprstvz aeo aeiosu abcdeilmostuvy abeiopsu acdefghiknoprstu bcdgiklmnoprstuvw aeilortu u abcdefgiklmnoprstuvyz acehikopstu acehimoprstuy abcdegilmnprst aei aeios t anp aeio'

const USUAL = new Uint8Array(26 * 26)
FOLLOWERS.split(' ').forEach((followers, first) => {
  for (const letter of followers) USUAL[first * 26 + letter.charCodeAt(0) - 97] = 1
})

/** Per ASCII unit: 0 to 25 a letter whatever its case, 26 a digit, 27 anything else. */
const LETTER = Uint8Array.from({ length: 128 }, (_, unit) => {
  const low = unit | 0x20
  if (low >= 0x61 && low <= 0x7a && unit >= 0x41) return low - 0x61
  return unit >= 0x30 && unit <= 0x39 ? 26 : 27
})

/**
 * How little a text is made of words: the share of neighbours that words and names rarely have side by side, a
 * digit beside a letter among them. 0 to 1; names lie below 0.25, what is drawn from letters and digits near 0.65.
 */
export const strangenessOf = (text: string): number => {
  const length = Math.min(text.length, LOOK)
  let pairs = 0
  let strange = 0
  let before = 27
  for (let i = 0; i < length; i += 1) {
    const unit = text.charCodeAt(i)
    const letter = unit < 128 ? (LETTER[unit] ?? 27) : 27
    if (letter < 27 && before < 27) {
      pairs += 1
      if (letter === 26 ? before !== 26 : before === 26 || USUAL[before * 26 + letter] === 0) strange += 1
    }
    before = letter
  }
  return pairs === 0 ? 0 : strange / pairs
}

/** Words people write in a secret's place, standing for themselves: nothing of a longer word. */
const PLACEHOLDER =
  /(?:^|[^A-Za-z]|[a-z](?=[A-Z]))(?:[Yy]our|YOUR|[Mm]y(?=[-_ ])|MY(?=[-_ ])|<?[Ii]nsert|INSERT|[Ee]nter|ENTER|[Ee]xample|EXAMPLE|[Pp]laceholder|PLACEHOLDER|[Rr]eplace|REPLACE|[Rr]edacted|REDACTED|[Dd]ummy|DUMMY|[Ss]ample|SAMPLE|TODO|[Tt]odo|FIXME|[Ff]ake|FAKE|here|HERE|[Ff]oobar)(?![a-z])|EXAMPLE|REDACTED|PLACEHOLDER|change[-_ ]?(?:me|this|it)|xxxx|XXXX|goes[-_]?here|not[-_]a[-_]|secret[-_]?(?:name|ref)\b/

/** What a language or a template puts in a value's place. */
const REFERENCE =
  /^(?:\$|%[^0-9]|<|\{\{|\[|@\{|\(|!|(?:null|none|nil|undefined|true|false|env|n\/a)$|process\.|os\.|env\.|secrets?\.|vault:|file:|ref:|arn:|op:\/\/|ssm:|data\.|var\.|local\.|module\.)|\*{3}|•{3}|…|\.{3}|_{4}|<[^>]*>|\$[({]|\{\{|%\([a-z]|#\{/i

/** A count or the alphabet at the beginning, as people type it where anything would do. */
const COUNTING = /^(?:0123456789|1234567890|abcdef|12345678)[0-9]*/i

/** Whether a value only stands for a secret: a variable, a template, an example, a row of the same character. */
export const isStandIn = (value: string): boolean => {
  const look = value.length > LOOK ? value.slice(0, LOOK) : value
  if (REFERENCE.test(look) || PLACEHOLDER.test(look)) return true
  if (/^(.{1,4})\1*$/.test(value) || /^abc123$/i.test(value)) return true
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

/**
 * Whether a value was most likely drawn and not thought of: strange neighbours and many different characters.
 * Asks for less where the value is longer, since chance evens out. Letters of one case alone may pass.
 */
export const isDrawn = (value: string): boolean => {
  const strange = value.length >= 32 ? 0.36 : value.length >= 20 ? 0.4 : 0.46
  if (strangenessOf(value) < strange) return false
  const floor = /^[0-9a-fA-F]+$/.test(value) ? 2.8 : value.length < 20 ? 3 : 3.4
  return entropyOf(value) >= floor
}
