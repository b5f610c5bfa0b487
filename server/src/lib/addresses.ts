import ipaddr from 'ipaddr.js'

/** Who can stand behind an IP address: somebody on this machine or network, anybody, or nobody (broadcast, reserved, none at all). */
export type Reach = 'private' | 'public' | 'neither'

/** Loopback, private, link-local, unique local and carrier-grade ranges are private. Source: the IANA special-purpose registries. */
export const reachOfAddress = (address: string): Reach => {
  if (!ipaddr.isValid(address)) return 'neither'
  switch (ipaddr.process(address).range()) {
    case 'loopback':
    case 'private':
    case 'uniqueLocal':
    case 'linkLocal':
    case 'carrierGradeNat':
      return 'private'
    case 'unicast':
      return 'public'
    default:
      return 'neither'
  }
}

/** Whether an IP address lies in one of these CIDR ranges. Throws for a range that is none. */
export const inRanges = (address: string, ranges: readonly string[]): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return ranges.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range)
    return base.kind() === parsed.kind() && parsed.match(base, bits)
  })
}
