import { fold } from './automaton.ts'
import { isStandIn } from './randomness.ts'
import { PASSWORD_WORDS, PIN_WORDS } from './words/secrets.ts'

/** Words that stand where a password could and are none: what is said about passwords, types, and code. */
const ORDINARY: ReadonlySet<string> = new Set(
  (
    'required reset incorrect wrong invalid expired missing changed stored hashed weak strong correct empty not a an the ' +
    'too that this these those in it its used to set being been also only your my their our his her valid null none undefined true ' +
    'false string text varchar char int integer number boolean object password passwort contraseña bytes str type field input protected encrypted ' +
    'sent secure safe unknown optional different same blank must should never always very hard easy manager policy ' +
    'needed shown visible hidden fine falsch richtig abgelaufen nicht ungültig vergessen leer ein eine einer einen neu alt incorrecta ' +
    'obligatoire oublié salted generated rotated compromised no-one something anything nothing what how when where why if with without ' +
    'await return new this self function async const let var throw yield typeof get value for and or but min max length ' +
    'username login credentials user email name admin-only mandatory forgotten forgot lost gone available allowed accepted rejected ' +
    'ignored disabled enabled masked redacted confidential private public secret similar identical mismatch mismatched matches match ' +
    'abgelehnt gesperrt geändert gespeichert erforderlich notwendig sicher unsicher schwach stark gleich anders bekannt unbekannt ' +
    'correcta válida inválida segura débil fuerte olvidada caducada obligatoria requerida cambiada distinta igual ' +
    'incorrect invalide valide expiré faible requis changé identique différent perdu correct sbagliata errata scaduta corretta sicura ' +
    'debole obbligatoria dimenticata uguale diversa incorreta errada inválida fraca forte obrigatória esquecida igual expirada ' +
    'verkeerd onjuist verlopen vergeten verplicht sterk zwak gelijk nieprawidłowe niepoprawne wygasło wymagane słabe silne felaktigt ' +
    'obligatoriskt glömt yanlış hatalı gerekli zayıf güçlü неверный неправильный обязателен забыт истек слабый ' +
    'okay here below above attached following enclosed provided given unset default standard again anymore please help thanks back ' +
    'one-time two three four five six eight characters letters digits symbols words long short old new first last next update ' +
    'change create enter confirm repeat show hide save submit cancel continue learn more options settings security authentication'
  )
    .split(' ')
    .map(fold),
)

const OWN_WORDS: ReadonlySet<string> = new Set(
  [...PASSWORD_WORDS.split('|'), ...PIN_WORDS.split('|')].map(fold),
)

/** Whether a value is a word of speech, of code or of a form, among them the words for a password in any language. */
export const isOrdinary = (value: string): boolean => {
  const folded = fold(value).replace(/[.…:*!?]+$/, '')
  return (
    /^(?:big)?(?:u?int|float)\d+(?:clamped)?array$/.test(folded) ||
    ORDINARY.has(folded) ||
    OWN_WORDS.has(folded)
  )
}

/** Ends that participles and adjectives have, after "the password is". */
const SPEECH = /(?:ed|ing|able|ible|ful|less|ly|ous|ive|ent|ant|ary|ory|ical|ert|ig|lich|bar|t|en)$/i

/** Whether letters alone are more likely something said about a password than one. */
export const isWordOfSpeech = (value: string): boolean =>
  isOrdinary(value) || SPEECH.test(value) || value.length < 6

const DUMMY: ReadonlySet<string> = new Set(
  (
    'changeme change_me changeit changethis example example123 placeholder pass passwd password pwd secret s3cret test testing tester ' +
    'test123 test1234 testpass testpassword foo bar baz foobar qux dummy sample demo xxx xxxx xxxxx todo tbd redacted ' +
    'postgres root admin user username guest mypassword mypass my_password my-password mysecretpassword mysecret mypass123 ' +
    'yourpassword your_password your-password yourpass yourpassword123 password_here your_strong_password strongpassword ' +
    'securepassword newpassword oldpassword new_password old_password currentpassword somepassword thepassword userpassword dbpassword db_password ' +
    'string value none null nil undefined n/a na env secret123 password123 pass123 user123 p@ssw0rd p@ssword hunter42 ' +
    'yes no ok on off abc abc123 correct-password wrong-password wrongpass wrongpassword invalidpassword validpassword validpass'
  ).split(' '),
)

/** Values that code samples carry, yet people do have: in speech they count. */
const SAID: ReadonlySet<string> = new Set(
  'password123 pass123 secret123 test123 test1234 p@ssw0rd p@ssword abc123 s3cret mysecret'.split(' '),
)

const REFERENCE =
  /^(?:\$[A-Z_{(]|%[A-Z_]{3,}%?$|%[sdv]$|<|\{\{|\[[A-Z]|@\{|!\w+ |process\.|os\.|env\.|secrets?\.|vault:|file:|ref:|arn:|op:\/\/|var\.|local\.|config\.|settings\.|self\.|this\.|args\.|req\.|data\.)|\*{3}|•{2}|…|^\.{3}|_{4}|^<[^>]*>$|\$[({]|\{\{|%\([a-z]|#\{|xxxx/i

const TEMPLATE =
  /^(?:your|my|the|some|new|old|user|insert|enter|replace|example|sample)[-_ ].*(?:pass|pwd|secret|here|word)/i

/** Whether a value only stands for a password. `assigned`: by a sign of assignment, as code samples have it. */
export const isPasswordStandIn = (value: string, assigned: boolean): boolean => {
  const low = value.toLowerCase()
  if (DUMMY.has(low)) return assigned || !SAID.has(low)
  if (REFERENCE.test(value) || TEMPLATE.test(value) || /^(.{1,3})\1{2,}$/.test(value)) return true
  return (
    /^(?:your|my)(?:pass|pwd|secret)|(?:pass(?:word)?|pwd)[-_]?here$|^redacted|redacted$|example/i.test(
      value,
    ) ||
    (value.length < 6 && isStandIn(value))
  )
}

/** With nothing but a blank between the word and the value, the value must look like nothing else. */
export const isStrong = (value: string): boolean => {
  if (value.length < 5 || /[():/[\]{}<>]|^\d+[+%]?$|\.\w{2,4}$|^[#@$]\w+$/.test(value)) return false
  if (!/\p{L}/u.test(value) || !/[0-9!@#$%^&*?]/.test(value)) return false
  if (/[!@#$%^&*?+=]/.test(value.slice(0, -1)) && !/^[\w.-]+=[\w.-]*$/.test(value))
    return /[0-9]/.test(value) || /[A-Z]/.test(value.slice(1))
  return (
    /[0-9]/.test(value) &&
    /[a-z]/.test(value) &&
    (/[A-Z]/.test(value) || /^[a-z]{4,}\d{2,4}[!?]?$/.test(value))
  )
}

const FUNCTION_WORD =
  /\b(?:the|your|my|a|an|is|are|must|please|enter|to|and|or|with|not|for|of|in|it|you|i|we|be|has|have|was|will|do|does|don't|can|cannot|this|that|at|least|der|die|das|ein|eine|ist|und|oder|nicht|bitte|mit|el|la|los|las|es|y|no|por|con|su|le|les|est|et|pas|votre|il|che|non|tua|sua|o|e|não)\b/i

/** Words thought of as a passphrase: three to ten, plain, with none of a sentence's joints among them. */
export const isPhrase = (value: string, said: boolean): boolean => {
  const words = value.split(/[ -]/)
  if (!value.includes(' ') || words.length < (said ? 2 : 4) || words.length > 10) return false
  if (value.length < 10 || FUNCTION_WORD.test(value) || /[:=<>{}()]/.test(value)) return false
  if (words.length === 2 && !/[0-9!@#$%^&*]/.test(value)) return false
  return words.every((word) => /^[\p{L}\p{N}!@#$%^&*?'-]{2,20}$/u.test(word)) && !words.every(isOrdinary)
}
