import type { Json, JsonObject } from '../../domain/index.ts'
import { CLIENT_TOOLS, VENDOR_TOOLS } from './vendorTools.ts'

/* One body for each field of this dialect's table that asks for something. */

const PNG = 'iVBORw0KGgo='
const CALL = { functionCall: { id: 'call_1', name: 'look_up', args: { a: 'b' } } }

const request = (more: JsonObject): JsonObject => ({
  contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
  ...more,
})
const saying = (part: JsonObject): JsonObject =>
  request({ contents: [{ role: 'user', parts: [{ text: 'Hello' }, part] }] })
const answered = (part: JsonObject): JsonObject =>
  request({
    contents: [
      { role: 'user', parts: [{ text: 'Hello' }] },
      { role: 'model', parts: [part, { text: 'Hi' }] },
      { role: 'user', parts: [{ text: 'On' }] },
    ],
  })
const called = (call: JsonObject, response: JsonObject = {}): JsonObject =>
  request({
    tools: [{ functionDeclarations: [{ name: 'look_up' }] }],
    contents: [
      { role: 'user', parts: [{ text: 'Hello' }] },
      { role: 'model', parts: [call] },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'call_1', name: 'look_up', response: { output: 'x' }, ...response } },
        ],
      },
    ],
  })
const declaring = (more: JsonObject): JsonObject =>
  request({ tools: [{ functionDeclarations: [{ name: 'look_up', ...more }] }] })
const choosing = (functionCallingConfig: JsonObject): JsonObject => ({
  ...declaring({}),
  toolConfig: { functionCallingConfig },
})
const config = (fields: JsonObject): JsonObject => request({ generationConfig: fields })

const OBJECT = { type: 'object', properties: { a: { type: 'string' } } }

const SETTINGS: Readonly<Record<string, Json>> = {
  maxOutputTokens: 3000,
  temperature: 0.5,
  topP: 0.9,
  topK: 5,
  frequencyPenalty: 0.5,
  presencePenalty: 0.5,
  seed: 5,
  stopSequences: ['END'],
  candidateCount: 2,
  responseLogprobs: true,
  thinkingConfig: { thinkingLevel: 'LOW' },
  responseMimeType: 'application/json',
  responseModalities: ['IMAGE'],
  speechConfig: { languageCode: 'de-DE' },
  imageConfig: { aspectRatio: '1:1' },
  mediaResolution: 'MEDIA_RESOLUTION_LOW',
  audioTimestamp: true,
  enableEnhancedCivicAnswers: true,
  enableAffectiveDialog: true,
  routingConfig: { autoMode: {} },
  modelSelectionConfig: { featureSelectionPreference: 'PRIORITIZE_COST' },
}

export const samples: Readonly<Record<string, JsonObject>> = {
  'contents[].parts[].thought': answered({ text: 'hm', thought: true }),
  'contents[].parts[].thoughtSignature': answered({ text: 'so', thoughtSignature: 'c2ln' }),
  'contents[].parts[].inlineData': saying({ inlineData: { mimeType: 'image/png', data: PNG } }),
  'contents[].parts[].fileData': saying({
    fileData: { mimeType: 'image/png', fileUri: 'https://example.org/a.png' },
  }),
  'contents[].parts[].inlineData.displayName': saying({
    inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=', displayName: 'a.pdf' },
  }),
  'contents[].parts[].functionCall': called(CALL),
  'contents[].parts[].functionResponse': called(CALL),
  'contents[].parts[].functionResponse.willContinue': called(CALL, { willContinue: true }),
  'contents[].parts[].functionResponse.scheduling': called(CALL, { scheduling: 'SILENT' }),
  'contents[].parts[].executableCode': answered({ executableCode: { language: 'PYTHON', code: '1' } }),
  'contents[].parts[].codeExecutionResult': answered({ codeExecutionResult: { outcome: 'OUTCOME_OK' } }),
  'contents[].parts[].toolCall': answered({ toolCall: { toolType: 'GOOGLE_SEARCH_WEB' } }),
  'contents[].parts[].toolResponse': answered({ toolResponse: { toolType: 'GOOGLE_SEARCH_WEB' } }),
  'contents[].parts[].videoMetadata': saying({ text: 'x', videoMetadata: { fps: 2 } }),
  'contents[].parts[].mediaResolution': saying({
    inlineData: { mimeType: 'image/png', data: PNG },
    mediaResolution: { level: 'MEDIA_RESOLUTION_HIGH' },
  }),
  'contents[].parts[].partMetadata': saying({ text: 'x', partMetadata: { a: 1 } }),
  systemInstruction: request({ systemInstruction: { parts: [{ text: 'Be brief.' }] } }),
  tools: declaring({ description: 'Looks it up.', parametersJsonSchema: OBJECT }),
  'tools[]': request({ tools: [{ newVendorTool: { a: 1 } }] }),
  'tools[].functionDeclarations[].parameters': declaring({
    parameters: { type: 'OBJECT', properties: { a: { type: 'STRING' } } },
  }),
  'tools[].functionDeclarations[].parametersJsonSchema': declaring({ parametersJsonSchema: OBJECT }),
  'tools[].functionDeclarations[].response': declaring({ response: { type: 'STRING' } }),
  'tools[].functionDeclarations[].responseJsonSchema': declaring({ responseJsonSchema: OBJECT }),
  'tools[].functionDeclarations[].behavior': declaring({ behavior: 'NON_BLOCKING' }),
  ...Object.fromEntries(
    [...VENDOR_TOOLS, ...CLIENT_TOOLS].map((name) => [
      `tools[].${name}`,
      request({ tools: [{ [name]: { a: 1 } }] }),
    ]),
  ),
  'toolConfig.functionCallingConfig': choosing({ mode: 'ANY' }),
  'toolConfig.functionCallingConfig.mode': choosing({ mode: 'NONE' }),
  'toolConfig.functionCallingConfig.allowedFunctionNames': choosing({
    mode: 'ANY',
    allowedFunctionNames: ['look_up'],
  }),
  'toolConfig.functionCallingConfig.streamFunctionCallArguments': choosing({
    mode: 'AUTO',
    streamFunctionCallArguments: true,
  }),
  'toolConfig.retrievalConfig': request({ toolConfig: { retrievalConfig: { languageCode: 'de' } } }),
  'toolConfig.includeServerSideToolInvocations': request({
    toolConfig: { includeServerSideToolInvocations: true },
  }),
  safetySettings: request({
    safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
  }),
  cachedContent: request({ cachedContent: 'cachedContents/a' }),
  labels: request({ labels: { team: 'red' } }),
  serviceTier: request({ serviceTier: 'SERVICE_TIER_FLEX' }),
  store: request({ store: true }),
  modelArmorConfig: request({ modelArmorConfig: { promptTemplateName: 'p' } }),
  ...Object.fromEntries(
    Object.entries(SETTINGS).map(([name, value]) => [`generationConfig.${name}`, config({ [name]: value })]),
  ),
  'generationConfig.logprobs': config({ responseLogprobs: true, logprobs: 2 }),
  // Alone it asks for nothing.
  'generationConfig.logprobs@anthropic-messages': config({ logprobs: 2 }),
  'generationConfig.logprobs@bedrock-converse': config({ logprobs: 2 }),
  'generationConfig.thinkingConfig.includeThoughts': config({ thinkingConfig: { includeThoughts: true } }),
  'generationConfig.thinkingConfig.thinkingLevel': config({ thinkingConfig: { thinkingLevel: 'HIGH' } }),
  'generationConfig.thinkingConfig.thinkingBudget': config({ thinkingConfig: { thinkingBudget: 2048 } }),
  'generationConfig.responseSchema': config({
    responseMimeType: 'application/json',
    responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING' } } },
  }),
  'generationConfig.responseJsonSchema': config({
    responseMimeType: 'application/json',
    responseJsonSchema: OBJECT,
  }),
}
