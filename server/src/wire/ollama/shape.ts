import type { JsonObject } from '../../domain/index.ts'
import { scanJson } from '../../lib/index.ts'

/** Which of the dialect's bodies a request is. Each is known by the member that only it has. */
export type Shape = 'chat' | 'generate' | 'embed' | 'embeddings'

/** `/api/chat` has `messages`; `/api/generate` has none, and may have no prompt where it only loads a model. */
export const isGenerate = (json: JsonObject): boolean => json['messages'] === undefined

/** The bodies that another dialect's request may have instead of messages. */
const ELSEWHERE = ['messages', 'contents', 'input']

/**
 * The path of a chat: a body of ours that only `/api/generate` takes is told from one of another dialect, which is
 * always written for `/api/chat`. A prompt that is no string is the stored prompt of another dialect.
 */
export const chatPath = (source: string): '/api/chat' | '/api/generate' => {
  const { members } = scanJson(source, { depth: Number.POSITIVE_INFINITY })
  if (members.some(({ key }) => key !== null && ELSEWHERE.includes(key))) return '/api/chat'
  const prompt = members.find(({ key }) => key === 'prompt')
  return prompt === undefined || source[prompt.valueStart] === '"' || source[prompt.valueStart] === 'n'
    ? '/api/generate'
    : '/api/chat'
}

/** The older `/api/embeddings` names its one text `prompt`. */
export const embedPath = (source: string): '/api/embed' | '/api/embeddings' => {
  const { members } = scanJson(source, { depth: Number.POSITIVE_INFINITY })
  return members.some(({ key }) => key === 'input') ? '/api/embed' : '/api/embeddings'
}
