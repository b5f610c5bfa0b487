/*
 * The members of a reply that the reader makes events of, or that say nothing of the answer and are written anew.
 * Whatever else carries a value is named. fidelity.ts has a line for each.
 */

export const KNOWN_REPLY = [
  'candidates',
  'usageMetadata',
  'promptFeedback',
  'modelVersion',
  'responseId',
  'createTime',
]

export const KNOWN_FEEDBACK = ['blockReason', 'blockReasonMessage']

export const KNOWN_CANDIDATE = [
  'index',
  'content',
  'finishReason',
  'finishMessage',
  'tokenCount',
  'logprobsResult',
  'groundingMetadata',
  'citationMetadata',
]

export const KNOWN_PART = ['text', 'thought', 'thoughtSignature', 'functionCall', 'inlineData']
export const KNOWN_CALL = ['id', 'name', 'args', 'partialArgs', 'willContinue']
export const KNOWN_GROUNDING = ['groundingChunks', 'groundingSupports']

/** Each a list of counts by modality, whose sum stands beside it. */
export const TOKEN_DETAILS = [
  'promptTokensDetails',
  'candidatesTokensDetails',
  'responseTokensDetails',
  'cacheTokensDetails',
  'toolUsePromptTokensDetails',
]

/** How the vendor bills an answer by itself, which needs no telling. */
export const USUAL: Readonly<Record<string, string>> = { trafficType: 'ON_DEMAND', serviceTier: 'standard' }

export const KNOWN_USAGE = [
  'promptTokenCount',
  'cachedContentTokenCount',
  'candidatesTokenCount',
  'responseTokenCount',
  'toolUsePromptTokenCount',
  'thoughtsTokenCount',
  'totalTokenCount',
  ...TOKEN_DETAILS,
  ...Object.keys(USUAL),
]
