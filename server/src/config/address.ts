import ipaddr from 'ipaddr.js'

/** A CIDR range in its plainest spelling; a bare address is a range of one. Null where it is neither. */
export const rangeOf = (text: string): string | null => {
  try {
    if (text.includes('/')) {
      const [address, bits] = ipaddr.parseCIDR(text)
      return `${address.toString()}/${bits}`
    }
    const address = ipaddr.parse(text)
    return `${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`
  } catch {
    return null
  }
}

/** True for a range that holds public addresses, as far as its first address and width tell. */
export const isWide = (range: string): boolean => {
  const [address, bits] = ipaddr.parseCIDR(range)
  return reachOf(address.toString()) === 'public' || bits < 8
}

/** Whether a host is this machine, a private network, or anyone's. Null for a name that must be resolved first. */
export const reachOf = (host: string): 'loopback' | 'private' | 'public' | null => {
  const bare = host.replace(/^\[|\]$/g, '')
  if (bare === 'localhost' || bare.endsWith('.localhost')) return 'loopback'
  if (!ipaddr.isValid(bare)) return null
  switch (ipaddr.process(bare).range()) {
    case 'loopback':
      return 'loopback'
    case 'private':
    case 'uniqueLocal':
    case 'linkLocal':
    case 'carrierGradeNat':
      return 'private'
    default:
      return 'public'
  }
}
