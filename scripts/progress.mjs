/**
 * Shows that something long is going on. On a terminal one line that ticks every half second; elsewhere a
 * plain line at the start, every ten seconds and at the end. `detail` is asked for the current state.
 */
export const progressLine = (what, detail = () => '', out = process.stderr) => {
  const started = Date.now()
  const terminal = out.isTTY === true && process.env.CI === undefined
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`
  const state = () => [detail(), seconds()].filter((text) => text !== '').join(', ')
  if (!terminal) out.write(`${what} …\n`)
  const draw = () =>
    out.write(terminal ? `\r\x1b[K${clip(`${what} … ${state()}`, out.columns)}` : `  … ${state()}\n`)
  if (terminal) draw()
  const timer = setInterval(draw, terminal ? 500 : 10_000)
  return {
    stop: (end) => {
      clearInterval(timer)
      out.write(`${terminal ? '\r\x1b[K' : ''}${end} (${seconds()})\n`)
    },
  }
}

/** The state stands at the end of the line, so a narrow terminal loses the middle. */
const clip = (text, width) => {
  const columns = width || 80
  if (text.length < columns) return text
  const tail = text.slice(text.lastIndexOf(' … '))
  return text.slice(0, Math.max(0, columns - 1 - tail.length)) + tail
}
