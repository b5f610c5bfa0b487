import type { Detector, Hit } from '../detector.ts'
import { isDrawn, strangenessOf } from '../randomness.ts'
import type { Reading, WordHit } from '../reading.ts'
import { isOrdinary, isPasswordStandIn, isStrong } from '../spoken.ts'

const at = (start: number, value: string, confidence: number): Hit => ({
  kind: 'secret',
  type: 'PASSWORD',
  start,
  end: start + value.length,
  confidence,
  reason: 'a value given as a password',
})

const stickyAt = (pattern: RegExp, text: string, start: number): RegExpExecArray | null => {
  pattern.lastIndex = start
  return pattern.exec(text)
}

const VALUE = '(?:"([^"\\n]{3,128})"|\'([^\'\\n]{3,128})\'|([^\\s"\'`]{3,128}))'
const flag = (names: string): RegExp => new RegExp(`[^\\n]{0,120}? (?:${names})${VALUE}`, 'y')

/** By tool: where its line carries the password. */
const COMMANDS: Readonly<Record<string, RegExp>> = {
  sshpass: flag('-p ?'),
  '--password': new RegExp(`[= ]${VALUE}`, 'y'),
  '--passwd': new RegExp(`[= ]${VALUE}`, 'y'),
  '--pass': new RegExp(`[= ]${VALUE}`, 'y'),
  '--user': /[= ]["']?[\w.@+-]{1,64}:([^\s"']{4,128})/y,
  curl: /[^\n]{0,160}? (?:-u|--user|--proxy-user) ?["']?[\w.@+-]{1,64}:([^\s"']{4,128})/y,
  wget: flag('--(?:http-|ftp-|proxy-)?password[= ]'),
  mysql: flag('-p'),
  mysqldump: flag('-p'),
  mysqladmin: flag('-p'),
  mariadb: flag('-p'),
  'redis-cli': flag('-a |--pass '),
  ldapsearch: flag('-w '),
  ldapadd: flag('-w '),
  sqlcmd: flag('-P ?'),
  'docker login': flag('-p |--password[= ]'),
  'podman login': flag('-p |--password[= ]'),
  'helm registry': flag('-p |--password[= ]'),
  smbclient: /[^\n]{0,120}? (?:-U ?["']?)?[\w.\\-]{1,64}%([^\s"']{4,128})/y,
  'mount.cifs': flag('password=|[\\w=,]{1,80}password='),
  'net use': /[^\n]{0,120}? (?:\/user:[^\s]{1,64} ([^\s/]{4,128})|([^\s/\\:]{5,128}) \/user:)/iy,
  xfreerdp: flag('/p:'),
  rdesktop: flag('-p '),
  plink: flag('-pw '),
  pscp: flag('-pw '),
  htpasswd: /[^\n]{0,40}? -\w*b\w* [^\s]{1,80} [\w.@-]{1,64} ([^\s]{4,128})/y,
  ipmitool: flag('-P '),
  openssl: flag('-pass(?:in|out)? pass:|-k '),
  keytool: flag('-(?:store|key)pass '),
  'convertto-securestring': /(?: -String)? ["']([^"'\n]{4,128})["']/iy,
  'unzip -p': new RegExp(` ${VALUE}`, 'y'),
  '7z': flag('-p'),
  psexec: flag('-p '),
  'evil-winrm': flag('-p '),
  crackmapexec: flag('-p '),
  mongosh: flag('-p '),
  mongo: flag('-p '),
  kinit: flag('--password[= ]'),
  svn: flag('--password[= ]'),
  'az login': flag('-p |--password[= ]'),
  gpg: flag('--passphrase[= ]'),
  snmpwalk: flag('-A '),
  cmdkey: flag('/pass:'),
}

/** What stands behind a flag when the password is left out: the next flag, a host, a name of a database. */
const isGiven = (value: string, glued: boolean): boolean => {
  if (value.length < 4 || isPasswordStandIn(value, true) || isOrdinary(value)) return false
  if (/^[-$<{[]|^\d{1,3}(?:\.\d{1,3}){3}|^\/|^\w+:\/\//.test(value)) return false
  // `mysql -p shop`: asks for the password; what follows is something else. Ports and lists follow other tools' -p.
  return glued || /[0-9!@#$%^&*]/.test(value) || value.length >= 8
}

const commandAt = ({ text }: Reading, word: WordHit): Hit | null => {
  const form = COMMANDS[word.word]
  const found = form === undefined ? null : stickyAt(form, text, word.end)
  const value = found?.slice(1).find((group) => group !== undefined)
  if (found === null || value === undefined) return null
  const quote = /["']$/.test(found[0]) ? 1 : 0
  const start = word.end + found[0].lastIndexOf(value, found[0].length - quote - value.length)
  const sql = /^(?:mysql|mysqldump|mysqladmin|mariadb|7z|mongo)$/.test(word.word)
  const spaced = /\s/.test(text.charAt(start - 1))
  if (sql && word.word !== 'mongo' && spaced) return null
  if (/^\d{2,5}(?::\d+)?$/.test(value) || !isGiven(value, !spaced)) return null
  return at(start, value, 0.85)
}

/** `bob / Summer2024!`, `bob:hunter2`, `bob | x`, `bob and x`: within reach of a word for a login. */
const PAIR =
  /[^\n]{0,40}?(?:^|[\s:("'`=>])["'`]?([A-Za-z][\w.+-]{1,40}(?:@[\w.-]{3,80})?)["'`]?(?: ?\/ ?| ?\| ?|:| : | — | – | - | and | und | y | et | e | with | mit | con | avec |, )(?:pass(?:word)? |pw |passwort )?["'`]?([^\s"'`,;]{5,64})/y

const trim = (value: string): string => value.replace(/[.,;:?)\]}*]+$/, '')

/** Between the two as words of a sentence: then only a value with a sign in it is one. */
const LOOSE = /^(?:,| and| und| y| et| e| with| mit| con| avec| -)/

const isPair = (user: string, joint: string, value: string, quote: string): boolean => {
  if (!isStrong(value) || isPasswordStandIn(value, true) || /@[\w.-]+\.\w+$/.test(value)) return false
  if (/^(?:https?|version|v|port|node|python|sha\d*|md5)$/i.test(user)) return false
  if (isDrawn(user) || (user.length >= 8 && strangenessOf(user) >= 0.5) || value.length > 48) return false
  if (joint === '/' && value.length > 24) return false
  if (value.includes('=') || /^\d[\d.,:x-]*\w{0,3}$/.test(value)) return false
  // Types of a language, one beside the other.
  if (/["'`].*\|.*["'`]/.test(joint + quote)) return false
  return !LOOSE.test(joint) || /[!@#$%^&*?]/.test(value.slice(1))
}

/** How far behind the word the pair may begin. */
const REACH = 44

const pairAt = ({ text }: Reading, word: WordHit): Hit | null => {
  for (let from = word.end; from - word.end < REACH; ) {
    const found = stickyAt(PAIR, text, from)
    const [all = '', user = '', raw = ''] = found ?? []
    if (found === null) return null
    const value = trim(raw)
    const place = all.lastIndexOf(user, all.length - raw.length)
    const joint = all.slice(place + user.length, all.length - raw.length)
    const start = from + all.length - raw.length
    if (isPair(user, joint, value, text.charAt(start - 1))) return at(start, value, 0.7)
    from += place + user.length
  }
  return null
}

const LISTED =
  /s?["'`*]{0,3} ?[:=-] {0,2}["'`]?[A-Za-z][\w.@+-]{1,60} {1,3}["'`]?([^\s"'`,;]{5,64})["'`]?(?=\s|$|[.,;])/y

/** "credentials: bob Summer2024!", one behind the other, behind a word for both. */
const listedAt = ({ text }: Reading, word: WordHit): Hit | null => {
  if (!/^(?:cred|zugang|anmelde|logind|ident|inlog|giri|dane|учет|учёт)/.test(word.word)) return null
  const found = stickyAt(LISTED, text, word.end)
  const value = trim(found?.[1] ?? '')
  if (found === null || !isStrong(value) || isPasswordStandIn(value, true)) return null
  return at(word.end + found[0].lastIndexOf(value), value, 0.7)
}

const NOT_USERS: ReadonlySet<string> = new Set(
  'mailto sha1 sha256 md5 email e-mail mail to from cc bcc contact sip sips xmpp acct npm tel skype kontakt correo courriel owner author by reply-to image git ssh'.split(
    ' ',
  ),
)
const BEFORE_AT = /(?:^|[\s"'`=(<>])([a-z_][\w.-]{0,40}):([^\s:@/"'`<>]{4,64})$/
const HOST =
  /@(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6})(?![\w@])/iy

/** 1 for signs that no password in front of a host has. */
const BESIDE = new Uint8Array(0x80)
for (const sign of ' \t\n\v\f\r:@/"\'`<>') BESIDE[sign.charCodeAt(0)] = 1

/** Whether a colon stands where BEFORE_AT would have it: most addresses have none. */
const hasColon = (text: string, place: number): boolean => {
  let i = place - 1
  while (i >= 0 && place - i <= 64 && BESIDE[text.charCodeAt(i)] !== 1) i -= 1
  return place - i > 4 && text.charCodeAt(i) === 0x3a
}

/** `bob:hunter2@10.0.0.1`, without a scheme in front. */
const hostLogins = ({ text, ats }: Reading): Hit[] => {
  const hits: Hit[] = []
  for (const place of ats) {
    if (!hasColon(text, place)) continue
    const found = BEFORE_AT.exec(text.slice(Math.max(0, place - 108), place))
    const [, user = '', value = ''] = found ?? []
    if (found === null || NOT_USERS.has(user.toLowerCase()) || isPasswordStandIn(value, true)) continue
    if (stickyAt(HOST, text, place) === null || !isHostPassword(value, text, place)) continue
    hits.push(at(place - value.length, value, 0.75))
  }
  return hits
}

/** In front of a mail host a plain name with digits is the name of a box. */
const isHostPassword = (value: string, text: string, place: number): boolean => {
  const numeric = /\d/.test(text.charAt(place + 1))
  if (/[!#$%^&*?]/.test(value)) return true
  return /[0-9]/.test(value) && /[a-z]/i.test(value) && (numeric || /[A-Z]/.test(value.slice(1)))
}

const LOOKS = [
  ['commandWord', commandAt],
  ['loginWord', (read: Reading, word: WordHit): Hit | null => pairAt(read, word) ?? listedAt(read, word)],
] as const

/** Passwords beside a user's name, on a command line, or in front of a host. */
export const login: Detector = {
  name: 'login',
  detect: (reading) => {
    const hits: Hit[] = []
    for (const [group, look] of LOOKS) {
      let behind = 0
      for (const word of reading.words(group)) {
        if (word.start < behind) continue
        const hit = look(reading, word)
        if (hit === null) continue
        hits.push(hit)
        behind = hit.end
      }
    }
    return reading.ats.length === 0 ? hits : [...hits, ...hostLogins(reading)]
  },
}
