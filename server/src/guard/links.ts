/** An address in a text that a client may fetch or a person may follow. */
export interface Link {
  readonly start: number
  readonly end: number
  /** Lower case; null for an address that cannot be read, which no list can hold. */
  readonly host: string | null
}

/*
 * Whatever begins like an address to another host, in markdown, HTML or plain text: browsers take backslashes for
 * slashes, and an address without a scheme from the page's own.
 */
const ADDRESS =
  /(?:\b(?:https?|wss?|ftp):[/\\]{0,64}|(?<=[("'=<\s:]|^)(?:\\?[/\\]){2}(?=[\w[])|(?<=[,;|`])\/\/(?=[\w-]{1,63}[.:]\w)|\bwww\.(?=\w))[^\s<>"'`)}|/\\][^\s<>"'`)}|]{0,4095}/gi

const hostOf = (address: string): string | null => {
  const whole = /^(?:https?|wss?|ftp):/i.test(address) ? address : `https://${address.replace(/^[/\\]+/, '')}`
  const url = URL.parse(whole.replaceAll('\\', '/'))
  return url === null || url.hostname === '' ? null : url.hostname.toLowerCase().replace(/\.$/, '')
}

/** In markdown and HTML an address may be spelled with these; by number or by name. Source: HTML, named references. */
const REFERENCE =
  /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(sol|bsol|colon|period|commat|lowbar|num|quest|amp));?/g
const NAMED: Readonly<Record<string, string>> = {
  sol: '/',
  bsol: '\\',
  colon: ':',
  period: '.',
  commat: '@',
  lowbar: '_',
  num: '#',
  quest: '?',
  amp: '&',
}

interface Spelled {
  readonly text: string
  /** Where a unit of `text` stands in what was spelled. */
  readonly at: (offset: number) => number
}

/** The text with references undone. */
const spelledOut = (source: string): Spelled => {
  let text = ''
  let done = 0
  /** Where a stretch without references begins, in what is spelled out and in the source. */
  const stretches: { readonly to: number; readonly from: number }[] = [{ to: 0, from: 0 }]
  for (const match of source.matchAll(REFERENCE)) {
    const [all, decimal, hexadecimal, name = ''] = match
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
    text += source.slice(done, match.index)
    stretches.push({ to: text.length, from: match.index })
    text += NAMED[name] ?? (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd')
    done = match.index + all.length
    stretches.push({ to: text.length, from: done })
  }
  text += source.slice(done)
  return {
    text,
    at(offset) {
      let low = 0
      let high = stretches.length
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if ((stretches[middle]?.to ?? 0) <= offset) low = middle
        else high = middle
      }
      const { to = 0, from = 0 } = stretches[low] ?? {}
      return Math.min(from + offset - to, source.length)
    },
  }
}

/** Addresses in a text, in order. Linear in its length. */
export const linksIn = (source: string): readonly Link[] => {
  const { text, at } = source.includes('&')
    ? spelledOut(source)
    : { text: source, at: (offset: number) => offset }
  return Array.from(text.matchAll(ADDRESS), (match) => ({
    start: at(match.index),
    end: at(match.index + match[0].length),
    host: hostOf(match[0]),
  }))
}

/** Whether a host is on a list, itself or as a subdomain of an entry. */
export const isListed = (host: string | null, hosts: readonly string[]): boolean =>
  host !== null &&
  hosts.some((entry) => {
    const bare = entry.toLowerCase().replace(/^\*\./, '')
    return host === bare || host.endsWith(`.${bare}`)
  })
