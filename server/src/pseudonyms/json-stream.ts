import type { RestoreEvent } from './contract.ts'
import type { Matcher } from './matcher.ts'
import { Run, type Stream } from './reviser.ts'

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const NUMBER = /[-+.0-9eE]/
/** JSON inside a string inside a string …: opened this many deep. */
const NESTED = 4
const LONGEST_BEGINNING = 64

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)

/** A string or a word that is open: units are gathered and decided together. */
interface Inside {
  add(unit: string, raw: string): void
  /** What is decided of all that was added. */
  flush(): string
  end(): string
}

/** Decoded for the run, given back as it was spelled. */
class StringInside implements Inside {
  readonly #run: Run
  #raw: string[] = []
  #added = ''

  constructor(run: Run) {
    this.#run = run
  }

  add(unit: string, raw: string): void {
    this.#raw.push(raw)
    this.#added += unit
  }

  flush(): string {
    return this.#decide(false)
  }

  end(): string {
    return this.#decide(true)
  }

  #decide(last: boolean): string {
    const pieces = this.#run.feed(this.#added, last)
    this.#added = ''
    let out = ''
    let at = 0
    for (const { units, put } of pieces) {
      out += put === null ? this.#raw.slice(at, at + units).join('') : escaped(put)
      at += units
    }
    this.#raw = this.#raw.slice(at)
    return out
  }
}

/** A string that holds JSON itself: what comes out of that is escaped again. */
class JsonInside implements Inside {
  readonly #inner: JsonStream
  #added = ''

  constructor(inner: JsonStream) {
    this.#inner = inner
  }

  add(unit: string): void {
    this.#added += unit
  }

  flush(): string {
    const added = this.#added
    this.#added = ''
    return escaped(this.#inner.push(added))
  }

  end(): string {
    return this.flush() + escaped(this.#inner.end())
  }
}

/**
 * The source of a JSON value in pieces of any size. Strings are decoded, revised and escaped again; what is not
 * changed keeps its spelling. A number takes digits only. Text outside strings, of what is no JSON after all, is
 * revised as it is.
 */
export class JsonStream implements Stream {
  readonly #matcher: Matcher
  readonly #report: (event: RestoreEvent) => void
  readonly #depth: number
  /** The string that is open, once its beginning told what it holds. */
  #string: Inside | null = null
  /** Whether a string is open. */
  #isOpen = false
  #begun: { readonly unit: string; readonly raw: string }[] = []
  /** A part of an escape sequence. */
  #escape = ''
  #number = ''
  #outside: Inside | null = null

  constructor(matcher: Matcher, report: (event: RestoreEvent) => void, depth = 0) {
    this.#matcher = matcher
    this.#report = report
    this.#depth = depth
  }

  push(delta: string): string {
    let out = ''
    for (let at = 0; at < delta.length; at += 1) out += this.#unit(delta.charAt(at))
    return out + (this.#string?.flush() ?? '') + (this.#outside?.flush() ?? '')
  }

  end(): string {
    const out =
      this.#endNumber() + this.#endOutside() + (this.#isOpen ? this.#endString() : '') + this.#escape
    this.#escape = ''
    return out
  }

  #unit(char: string): string {
    if (this.#isOpen) return this.#inside(char)
    if (char === '"') {
      const out = this.#endNumber() + this.#endOutside()
      this.#isOpen = true
      return `${out}"`
    }
    if (this.#outside === null && NUMBER.test(char)) {
      this.#number += char
      return ''
    }
    if (/[\s,:[\]{}]/.test(char) && !(char === ' ' && this.#outside !== null)) {
      return this.#endNumber() + this.#endOutside() + char
    }
    this.#outside ??= new StringInside(new Run(this.#matcher, this.#report))
    for (const one of this.#number + char) this.#outside.add(one, one)
    this.#number = ''
    return ''
  }

  #inside(char: string): string {
    if (this.#escape !== '') {
      this.#escape += char
      const whole = this.#escape.charAt(1) === 'u' ? 6 : 2
      if (this.#escape.length < whole) return ''
      const raw = this.#escape
      this.#escape = ''
      this.#take(whole === 6 ? unicode(raw) : (ESCAPES[char] ?? char), raw)
      return ''
    }
    if (char === '\\') {
      this.#escape = char
      return ''
    }
    if (char === '"') return `${this.#endString()}"`
    this.#take(char, char)
    return ''
  }

  /** One decoded unit of the open string. What it begins with says whether it holds JSON. */
  #take(unit: string, raw: string): void {
    if (this.#string !== null) {
      this.#string.add(unit, raw)
      return
    }
    this.#begun.push({ unit, raw })
    const begun = this.#begun.map((one) => one.unit).join('')
    const opened = this.#depth < NESTED && begun.length < LONGEST_BEGINNING
    if (opened && /^\s*(?:[{[]\s*)?$/.test(begun)) return
    this.#begin(opened && /^\s*(?:\{\s*["}]|\[\s*["{[\]])/.test(begun))
  }

  #begin(nested: boolean): Inside {
    const string = nested
      ? new JsonInside(new JsonStream(this.#matcher, this.#report, this.#depth + 1))
      : new StringInside(new Run(this.#matcher, this.#report))
    for (const { unit, raw } of this.#begun) string.add(unit, raw)
    this.#begun = []
    this.#string = string
    return string
  }

  #endString(): string {
    const out = (this.#string ?? this.#begin(false)).end()
    this.#string = null
    this.#isOpen = false
    return out
  }

  #endNumber(): string {
    const number = this.#number
    this.#number = ''
    if (!/^-?\d{5,}$/.test(number)) return number
    const [match, ...others] = this.#matcher.matches(number)
    if (match === undefined || match.text === null || others.length > 0) return number
    const said =
      number.slice(0, match.start) + match.text.replace(/[\s.\-/()]/g, '') + number.slice(match.end)
    if (!/^-?[1-9]\d*$/.test(said)) return number
    this.#report({ what: 'restored', type: match.type })
    return said
  }

  #endOutside(): string {
    const out = this.#outside?.end() ?? ''
    this.#outside = null
    return out
  }
}

const unicode = (raw: string): string => {
  const code = Number.parseInt(raw.slice(2), 16)
  return Number.isNaN(code) ? raw : String.fromCharCode(code)
}

/** Text that may be JSON: it is taken as such where it begins like an object or a list of something. */
export class GuessingStream implements Stream {
  readonly #make: (json: boolean) => Stream
  #begun = ''
  #stream: Stream | null = null

  constructor(make: (json: boolean) => Stream) {
    this.#make = make
  }

  push(delta: string): string {
    if (this.#stream !== null) return this.#stream.push(delta)
    this.#begun += delta
    if (/^\s{0,64}(?:[{[]\s{0,64})?$/.test(this.#begun)) return ''
    return this.#start()
  }

  #start(): string {
    this.#stream = this.#make(
      /^\s*(?:\{\s*"|\[\s*["{]\s*")/.test(this.#begun) || /^\s*\[\s*\{\s*$/.test(this.#begun),
    )
    return this.#stream.push(this.#begun)
  }

  end(): string {
    const out = this.#stream === null && this.#begun !== '' ? this.#start() : ''
    return out + (this.#stream?.end() ?? '')
  }
}
