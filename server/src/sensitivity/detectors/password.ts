import { fold } from '../automaton.ts'
import { isWordAt } from '../characters.ts'
import type { Detector, Hit } from '../detector.ts'
import type { Reading, WordHit } from '../reading.ts'
import { isOrdinary, isPasswordStandIn, isPhrase, isStrong, isWordOfSpeech } from '../spoken.ts'

/** What may close the name of a field: quotes, brackets, emphasis, the end of a tag. */
const CLOSE = '(?:\\\\?["\'`\\]\\)»”*_}|]{1,3})?'
/** Signs and verbs between a password and its word, in the languages it is asked for. */
const VERBS =
  'is|was|are|is set to|was set to|set to|remains|ist|war|lautet|lautete|heißt|es|era|será|est|était|sera|è|sarà|é|foi|jest|to|brzmi|är|er|blev|on|este|je|jsou|van|şudur|şu|adalah|ialah|là|это|был|такой|είναι|هي|هو|है'
/** The same where a change is told, directly behind the word: "to", "als", "a". */
const TURNS = `${VERBS}|to be|as|into|auf|zu|a|à|en|in|na|op|till|til|als|como|comme`
const signs = (verbs: string): string =>
  `(:=|=>|={1,3}|[:=：＝]|->|→|—|–|\\||,(?= ?["'])|为|為|是|は|คือ|เป็น|은|는|이|가|(?<=[\\s"'\`”)])(?:${verbs})(?=[\\s:"'\`“„«])[ ]?:?|>)(?:\\*{2}|_{2})?`
const FILLER =
  '(?:(?:now|still|currently|just|probably|simply|the following|as follows|set to|jetzt|noch|aktuell|einfach|weiterhin|ahora|todavía|actualmente|maintenant|toujours|adesso|ora|agora|nu|teraz|şimdi|теперь|сейчас)[: ]\\s?)?'
const OPEN = '(\\\\?["\'`“”„«「『<‘*|]{0,2}\\\\?["\'`“„«「]?)'

const DIRECT = new RegExp(
  `[\\w'’]{0,16}${CLOSE}\\s{0,3}${signs(TURNS)}[ \\t]{0,3}(?:\\n[ \\t]{0,8}(?=[^\\s:=]{4,64}(?:\\n|$)))?${FILLER}${OPEN}`,
  'iy',
)

/** Whose or what for: "for the vpn", "of user x", "del wifi", with no sentence's end in it. */
const OWNERS =
  "for|of|to|on|at|in|from|with|we use|i use|you need|fürs?|für das|vom?|von|zum?|zur|im|am|beim|bei|des|der|de|del|de la|du|d[’']|pour|para|per|di|da|do|dos|das|voor|van|till|för|til|dla|do|için|для|от|к|на|ของ"
const OWNED = new RegExp(
  `[\\w'’]{0,16}${CLOSE} (?:\\(|(?:${OWNERS}) ?)(?:[^\\n:=.!?;"]|\\.(?=\\w)){1,56}?\\s{0,2}${signs(VERBS)}[ \\t]{0,3}${FILLER}${OPEN}`,
  'iy',
)
/** No sign at all: a quoted value, or one that looks like nothing else. */
const NAKED = new RegExp(`[\\w'’]{0,6}${CLOSE}[ \\n]{1,2}${OPEN}`, 'iy')
/** The same behind its owner: "пароль от вайфая …". */
const OWNED_NAKED = new RegExp(
  `[\\w'’]{0,6}${CLOSE} (?:${OWNERS})(?: ?[\\p{L}\\d-]{1,20}){1,3}?[ \\n]${OPEN}`,
  'iuy',
)
/** "my password? it's …": an answer of its own. */
const ANSWERED = new RegExp(
  `[\\w'’]{0,6}\\? {1,2}(?:it[’']?s|it is|that is|that's|es ist|es|c[’']est|è|é|to) ${OPEN}`,
  'iy',
)
const VALUE = /[^\s"'`“”„«»<>「」『』]{3,128}/y

/** Rests of names whose value is no password: `password_hash`, `passwordField`, `passwordResetUrl`. */
const OTHER_NAME =
  /^[\s_-]?(?:hash|salt|field|input|policy|policies|length|reset|hint|error|min|max|regex|pattern|strength|manager|encoder|generator|file|path|url|uri|link|expir|age|label|title|text|type|placeholder|column|prompt|rule|valid|requir|history|changed|updated|protected|less|s? (?:must|should|do not|don't|are|were))/i

const isFreeWord = (text: string, word: WordHit): boolean => {
  if (!isWordAt(text, word.start - 1) || !isWordAt(text, word.start) || /[A-Z]/.test(text.charAt(word.start)))
    return true
  return /password|passwort|kennwort|passwd|wachtwoord|losenord|passord|adgangskode|salasana|pwd$|heslo|parola$/.test(
    word.word,
  )
}

const CODE_VALUE =
  /[()[\]{}]|^[a-z_]\w*(?:\.[A-Za-z_]\w*)+$|::|^\$|^%[sdv(]|^&|^[,;|]|^-{1,2}[a-z]|\/>$|^\/[a-z]+\//i

const trim = (value: string, quoted: boolean): string =>
  quoted
    ? value.replace(/[,;\\]+$/, '')
    : value.replace(
        /(?:\\[nrt].*|;[\w ]{1,32}=.*|&(?:amp;)?[\w.-]{1,32}=.*|[.,;:?)\]}\\|*。，、；]+|(?:입니다|이에요|です|だ).*)$/,
        '',
      )

interface Given {
  readonly sign: string
  readonly quoted: boolean
  /** Whether the sign is one of assignment and none of speech. */
  readonly assigned: boolean
}

/** Whether a bare value could be a password: not a word of speech, and not letters alone unless given as a value. */
const isPlausible = (value: string, given: Given, behind: string): boolean => {
  if (value.length < 4 || isPasswordStandIn(value, given.assigned) || isOrdinary(value)) return false
  if (CODE_VALUE.test(value) && !(given.quoted && /[0-9!@#%^&*]/.test(value)) && !isStrong(value))
    return false
  if (/^[({[]/.test(value) || /\(\)|^https?:/.test(value)) return false
  if (given.sign === '|' || given.sign === ',' || (given.sign === '' && !given.quoted)) return isStrong(value)
  if (/^\d+$/.test(value)) return value.length >= 4 && value.length <= 16
  // Another variable, as code has it on the right of a sign with blanks around it.
  if (/^[A-Z]+(?:_[A-Z]+)+$/.test(value)) return false
  if (given.assigned && !given.quoted && /^_?[a-z]+(?:_[a-z]+)+$/.test(value)) return false
  // A type's name behind a colon, as declarations have it.
  if (
    given.assigned &&
    !given.quoted &&
    /^[A-Z]?[a-z]+(?:[A-Z][a-z]*)+$/.test(value) &&
    /^\s?[;,)|>=]/.test(behind)
  )
    return false
  // "on" is a verb in Finnish only; elsewhere it says where a password is for: "my password on GitHub".
  if (/^on$/i.test(given.sign) && !given.quoted && !/[0-9!@#$%^&*]/.test(value)) return false
  if (/[0-9]/.test(value) || /[a-z][A-Z]/.test(value) || /[!@#$%^&*+?_~]/.test(value.slice(1))) return true
  if (!/^[\p{L}-]{5,40}$/u.test(value) || /(?:Field|Input|Hash)$/.test(value)) return false
  if (given.quoted) return !/^[A-Z][a-z]+$/.test(value) || !given.assigned || value.length >= 9
  // Letters alone with nothing around them: only where the clause ends with them.
  const ends = /^(?:\s*$|\s*[\n,;/|)]| and | und | y | et | e | - )/.test(behind)
  if (given.assigned) return ends && !/^[A-Z][a-z]+$/.test(value)
  return ends && /^(?:is|was|lautet)\b/i.test(given.sign) && !isWordOfSpeech(value)
}

const at = (start: number, value: string, confidence: number): Hit => ({
  kind: 'secret',
  type: 'PASSWORD',
  start,
  end: start + value.length,
  confidence,
  reason: 'a value given as a password',
})

const CLOSING: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“',
  '«': '»',
  '「': '」',
  '『': '』',
  '‘': '’',
  '<': '>',
}

const stickyAt = (pattern: RegExp, text: string, start: number): RegExpExecArray | null => {
  pattern.lastIndex = start
  return pattern.exec(text)
}

/** Several words in quotes, "correct horse battery staple", or behind the word for a phrase. */
const phraseAt = (
  text: string,
  start: number,
  opener: string,
  word: WordHit,
  assigned: boolean,
): Hit | null => {
  const quote = opener.slice(-1)
  const window = text.slice(start, start + 120)
  const phrase = /phrase|zin$|phrase secrete|frase/.test(word.word)
  const close = quote === '' || quote === '*' ? -1 : window.indexOf(CLOSING[quote] ?? quote)
  const line = window.search(/[\n.;,!?]|$/)
  const value = close > 0 ? window.slice(0, close) : phrase ? window.slice(0, line).trimEnd() : ''
  return isPhrase(value, phrase || !assigned) ? at(start, value, 0.75) : null
}

const judge = (
  text: string,
  word: WordHit,
  found: RegExpExecArray,
  sign: string,
  opener: string,
): Hit | null => {
  const start = word.end + found[0].length
  const assigned = /^(?:[:=：＝]|->|→|>)/.test(sign) || sign.endsWith('=')
  const quoted = /["'`“„«「『‘]/.test(opener)
  const phrase = phraseAt(text, start, quoted ? opener : '', word, assigned)
  if (phrase !== null) return phrase
  const raw = stickyAt(VALUE, text, start)?.[0]
  if (raw === undefined) return null
  const value = trim(raw, quoted)
  const rest = text.slice(start + raw.length, start + raw.length + 8)
  // Words in quotes with a blank between them are a label or a message.
  if (quoted && /^ [^\s=:]/.test(rest) && raw === value) return null
  const behind = (raw === value ? '' : raw.slice(value.length)) + rest
  if (!isPlausible(value, { sign, quoted, assigned }, behind)) return null
  if (/^(?:clave|parola|pass|pw|to|entre|la clave)$/.test(word.word) && !/[0-9!@#$%^&*]/.test(value))
    return null
  if (word.word === 'pw' && /^\d+$/.test(value)) return null
  if (fold(value) === word.word) return null
  return at(start, value, assigned || quoted ? 0.85 : 0.75)
}

const hitAt = ({ text }: Reading, word: WordHit): Hit | null => {
  if (!isFreeWord(text, word) || OTHER_NAME.test(text.slice(word.end, word.end + 16))) return null
  for (const form of [DIRECT, OWNED, NAKED, ANSWERED, OWNED_NAKED]) {
    const found = stickyAt(form, text, word.end)
    if (found === null) continue
    const signed = form === DIRECT || form === OWNED
    const sign = signed ? (found[1] ?? '') : ''
    const hit = judge(text, word, found, sign.trim(), (signed ? found[2] : found[1]) ?? '')
    if (hit !== null) return hit
  }
  return null
}

const FROM_TO = /[^\n]{0,48}?\bfrom ["'`]?([^\s"'`]{4,64})["'`]? to ["'`]?([^\s"'`,;]{4,64})/iy

/** "changed the password from X to Y": both. */
const changed = ({ text }: Reading, word: WordHit): Hit[] => {
  const found = stickyAt(FROM_TO, text, word.end)
  const [all, old = '', next = ''] = found ?? ['']
  const value = trim(next, false)
  if (found === null || !isStrong(old) || !isStrong(value)) return []
  const first = word.end + all.lastIndexOf(old, all.length - next.length - 1)
  return [at(first, old, 0.75), at(word.end + all.lastIndexOf(next), value, 0.75)]
}

const BEFORE =
  /(?:^|[\s"'`“„(:])["'`“„(]?([^\s"'`“”„()<>]{5,64})["'`”“)]?,? (?:is|was|as|ist|war|als|lautet|es|era|como|est|comme|è|come|é|como|jest|to|jako|är|som|er|is|este|je) (?:still |now |jetzt )?(?:my|our|the|your|his|her|their|a|mein|unser|das|dein|ihr|mi|la|nuestra|mon|notre|le|mia|minha|a minha|a|nostra|mijn|ons|het|moje|mitt|mit|vårt)? ?(?:(?:old|new|current|main|wifi|wi-fi|admin|root|login|email|e-mail|master|database|db|server|neues|altes|neue|alte|nueva|nouveau|nuova|nova|nowe|nieuwe|nytt)[ -]){0,2}$/i

/** "is Summer2024! a good password?" */
const ASKED_BEFORE =
  /(?:^|[\s¿])(?:is|was|ist|es|est|è|é) ["'`“„]?([^\s"'`“”„]{5,64})["'`”“]? (?:an?|the|eine?n?|una?|une?|um|uma) (?:[\p{L}]{2,12} ){0,2}$/iu

/** "Summer2024!" refused as a password: in quotes, a few words ahead. */
const QUOTED_BEFORE =
  /["'`“„]([^\s"'`“”„]{5,64})["'`”“][^\n.;"]{0,48} (?:as|for|to|als|für|como|para|comme|pour|come|per|jako|som) (?:[\w']{1,10} ){0,3}$/i

/** "Summer2024! is the password", "als Passwort". */
const before = ({ text }: Reading, word: WordHit): Hit | null => {
  const from = Math.max(0, word.start - 120)
  const ahead = text.slice(from, word.start)
  if (!/[0-9!#$%^&*]/.test(ahead)) return null
  for (const form of [BEFORE, QUOTED_BEFORE, ASKED_BEFORE]) {
    const found = form.exec(ahead)
    const value = trim(found?.[1] ?? '', false)
    if (found === null || !isStrong(value) || isPasswordStandIn(value, false)) continue
    return at(from + found.index + found[0].indexOf(value), value, 0.75)
  }
  return null
}

/** Passwords: said ("the wifi password is ..."), assigned, quoted, changed, in the languages of words/secrets.ts. */
export const password: Detector = {
  name: 'password',
  detect: (reading) => {
    const hits: Hit[] = []
    let behind = 0
    for (const word of reading.words('passwordWord')) {
      if (word.start < behind) continue
      const said = hitAt(reading, word)
      const found = said === null ? changed(reading, word) : [said]
      const earlier = found.length === 0 ? before(reading, word) : null
      hits.push(...found)
      if (earlier !== null && earlier.start >= behind) hits.push(earlier)
      behind = found.at(-1)?.end ?? behind
    }
    return hits
  },
}
