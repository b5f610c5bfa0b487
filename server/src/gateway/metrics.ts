import type { RequestRecord } from '../domain/index.ts'

export interface Metrics {
  count(record: RequestRecord): void
  /** Prometheus text exposition format 0.0.4. */
  text(inFlight: number): string
}

const quoted = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

/** Counters since start; names and labels are bounded by the configuration. */
export const createMetrics = (): Metrics => {
  const requests = new Map<string, number>()
  const tokens = new Map<string, number>()
  const add = (map: Map<string, number>, key: string, amount: number): void => {
    map.set(key, (map.get(key) ?? 0) + amount)
  }
  return {
    count(record) {
      const target = `side="${record.side ?? 'none'}",target="${quoted(record.target ?? '')}"`
      add(requests, `outcome="${record.outcome}",code="${record.code ?? ''}",${target}`, 1)
      add(tokens, `direction="input",${target}`, record.usage.input ?? 0)
      add(tokens, `direction="output",${target}`, record.usage.output ?? 0)
    },
    text(inFlight) {
      const lines = [
        '# HELP causeway_requests_total Requests settled.',
        '# TYPE causeway_requests_total counter',
      ]
      for (const [labels, value] of requests) lines.push(`causeway_requests_total{${labels}} ${value}`)
      lines.push(
        '# HELP causeway_tokens_total Tokens, as reported or estimated.',
        '# TYPE causeway_tokens_total counter',
      )
      for (const [labels, value] of tokens) lines.push(`causeway_tokens_total{${labels}} ${value}`)
      lines.push(
        '# HELP causeway_in_flight Requests in work.',
        '# TYPE causeway_in_flight gauge',
        `causeway_in_flight ${inFlight}`,
      )
      return `${lines.join('\n')}\n`
    },
  }
}
