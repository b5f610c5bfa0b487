import type { Sink } from '../sink.ts'

/** One entry of an archive. */
export interface Member {
  readonly name: string
  /** Why its bytes cannot be had, or null. */
  readonly closed: string | null
  readonly isFolder: boolean
  /** Its bytes. Throws where it is broken, or breaks a limit. */
  unpack(): Promise<Uint8Array<ArrayBuffer>>
}

/** Reads a member as a file of its own. One that is broken or closed is noted. */
export const readMember = async (member: Member, sink: Sink): Promise<void> => {
  if (member.isFolder) return
  if (member.closed !== null) {
    sink.isPartial = true
    return
  }
  const bytes = await unpacked(member, sink)
  if (bytes !== null) await sink.inside(bytes)
}

/** A member's bytes, or null where it is broken, which is noted. */
export const unpacked = async (member: Member, sink: Sink): Promise<Uint8Array<ArrayBuffer> | null> => {
  try {
    return await member.unpack()
  } catch (thrown) {
    sink.broken(thrown)
    return null
  }
}
