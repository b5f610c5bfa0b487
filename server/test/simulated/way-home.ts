import assert from 'node:assert/strict'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { type OpenHouse, openHouse, simulatedTarget } from '../open-house.ts'
import { type ScriptedModel, startScriptedModel } from '../simulated/scripted.ts'

/*
 * A house whose only targets are closed, behind them one scripted model, and both SDKs in front: what a request
 * under pseudonyms becomes, and what its answer does on the way home.
 */

export const MAIL = 'anna.schneider@harbour-mail.net'
export const TEXT = `My name is Anna Schneider, write to ${MAIL} please.`

export interface WayHome {
  readonly model: ScriptedModel
  readonly house: OpenHouse
  readonly openai: OpenAI
  readonly anthropic: Anthropic
  close(): Promise<void>
}

const claude = (url: string): string =>
  `  - { name: claude, provider: anthropic, url: "${url}", model: simulated-vendor-model, side: closed, simulated: true, addresses: [127.0.0.0/8], credential: env:SIMULATED_KEY }\n`

export const openWayHome = async (): Promise<WayHome> => {
  const model = await startScriptedModel()
  const house = await openHouse({
    config: `targets:\n${simulatedTarget('away', model.url, 'closed')}${claude(model.url)}  - { name: embedder, provider: openai-compatible, url: "${model.url}", model: simulated-embedder, side: closed, simulated: true, addresses: [127.0.0.0/8], operations: [embed] }\n`,
    environment: { SIMULATED_KEY: 'simulated-credential-0123456789' },
  })
  return {
    model,
    house,
    openai: new OpenAI({ baseURL: `${house.url}/v1`, apiKey: house.key, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: house.url, apiKey: house.key, authToken: null, maxRetries: 0 }),
    async close() {
      await house.close()
      await model.close()
    },
  }
}

/** The name and the address under which the request arrived. */
export const standIns = (
  body: string,
): { readonly name: string; readonly mail: string; readonly text: string } => {
  const text = /My name is [^"]+please\./.exec(body)?.[0] ?? ''
  const found = /My name is (.+), write to (\S+) please/.exec(text)
  assert.ok(found?.[1] !== undefined && found[2] !== undefined, body)
  assert.doesNotMatch(body, /Anna|Schneider|harbour-mail/i)
  return { name: found[1], mail: found[2], text }
}

export const user = [{ role: 'user' as const, content: TEXT }]
