/** Shorter texts are copied faster than a call out of the language takes. */
const SHORT = 48

/*
 * Asking a string for its units one by one costs several times what a list of numbers costs, most of all where the
 * string is a part of another one or was put together of two. So whoever goes over a whole text takes a copy of its
 * units, which is made in one call and kept until another text is asked for.
 */
let room = Buffer.from(new ArrayBuffer(8_192))
let units = new Uint16Array(room.buffer)
let held = ''

/**
 * The UTF-16 units of a text, with 0 behind the last one. The list is longer than that, the same for every text, and
 * good until the next call with another text: never to be kept, nor changed.
 */
export const unitsOf = (text: string): Uint16Array => {
  const { length } = text
  if (length === held.length && text === held) return units
  held = ''
  if (length >= units.length) {
    room = Buffer.from(new ArrayBuffer(length * 4))
    units = new Uint16Array(room.buffer)
  }
  if (length > SHORT) room.write(text, 'utf16le')
  else for (let i = 0; i < length; i += 1) units[i] = text.charCodeAt(i)
  units[length] = 0
  held = text
  return units
}

/**
 * The same text in memory of its own. A part of a text is a reference to the whole, and every look at one of its units
 * goes by way of that.
 */
export const detached = (text: string): string => {
  const narrow = Buffer.from(text, 'latin1').toString('latin1')
  return narrow === text ? narrow : Buffer.from(text, 'utf16le').toString('utf16le')
}
