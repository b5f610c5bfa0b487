import {
  type DialectFields,
  type FieldRow,
  mapped,
  offered,
  refused,
  row,
  signalled,
} from '../body/fidelity.ts'
import { TOKEN_DETAILS, USUAL } from './replyFields.ts'
import { CLIENT_TOOLS, VENDOR_TOOLS } from './vendorTools.ts'

const CHAT = 'openai-chat'
const RESPONSES = 'openai-responses'
const MESSAGES = 'anthropic-messages'
const CONVERSE = 'bedrock-converse'

/** Where how much is thought is not said in tokens or efforts. */
const LEVELS = signalled('thinking is on or off, or of three levels')

const config = (name: string): string => `generationConfig.${name}`

/** Settings that only some dialects have. */
const only = (
  to: readonly (typeof CHAT | typeof RESPONSES | typeof MESSAGES | typeof CONVERSE | 'ollama')[],
  why: string,
  otherwise: FieldRow['otherwise'],
): FieldRow => row(otherwise, Object.fromEntries(to.map((dialect) => [dialect, mapped(why)])))

const REQUEST: DialectFields['request'] = {
  model: row(mapped('replaced by the target’s model')),
  contents: row(mapped('parts become blocks, one turn for each content')),
  'contents[].role': row(mapped('model is assistant, function is user')),
  'contents[].parts': row(mapped('one block for each part')),
  'contents[].parts[].text': row(mapped('text')),
  'contents[].parts[].thought': row(mapped('reasoning, where its issuer is the target; else left out')),
  'contents[].parts[].thoughtSignature': row(signalled('only its issuer can read it')),
  'contents[].parts[].inlineData': row(mapped('an image, a sound or a file', 'refused')),
  'contents[].parts[].fileData': row(
    mapped('a web address; files that the vendor holds are refused', 'refused'),
    {
      [CONVERSE]: refused('media goes with its bytes only'),
      ollama: refused('images go with their bytes only'),
    },
  ),
  'contents[].parts[].inlineData.displayName': row(mapped('a file’s name; images have none elsewhere'), {
    ollama: refused('there are no files'),
  }),
  'contents[].parts[].functionCall': row(mapped('a tool call, with an id where it has none')),
  'contents[].parts[].functionResponse': row(mapped('a tool result, paired by id or by name and order')),
  'contents[].parts[].functionResponse.willContinue': row(signalled('an answer comes in one piece')),
  'contents[].parts[].functionResponse.scheduling': row(signalled('answers are not scheduled')),
  'contents[].parts[].executableCode': row(refused('code that the vendor ran has no counterpart')),
  'contents[].parts[].codeExecutionResult': row(refused('code that the vendor ran has no counterpart')),
  'contents[].parts[].toolCall': row(refused('a tool that the vendor ran has no counterpart')),
  'contents[].parts[].toolResponse': row(refused('a tool that the vendor ran has no counterpart')),
  'contents[].parts[].videoMetadata': row(signalled('there is no cutting or sampling of a video')),
  'contents[].parts[].mediaResolution': row(signalled('there is no resolution for one part')),
  'contents[].parts[].partMetadata': row(signalled('parts carry no metadata')),
  systemInstruction: row(mapped('the system prompt, part by part')),
  tools: row(mapped('functions', 'refused')),
  'tools[]': row(refused('only functions have a counterpart')),
  'tools[].functionDeclarations': row(mapped('functions')),
  'tools[].functionDeclarations[].parameters': row(mapped('as JSON Schema')),
  'tools[].functionDeclarations[].parametersJsonSchema': row(mapped('the same')),
  'tools[].functionDeclarations[].response': row(signalled('answers of functions have no schema')),
  'tools[].functionDeclarations[].responseJsonSchema': row(signalled('answers of functions have no schema')),
  'tools[].functionDeclarations[].behavior': row(
    signalled('calls are always waited for', ['BLOCKING', 'UNSPECIFIED']),
  ),
  ...Object.fromEntries(
    VENDOR_TOOLS.map((name) => [
      `tools[].${name}`,
      row(offered('what the vendor runs itself would leave the policy’s reach')),
    ]),
  ),
  ...Object.fromEntries(
    CLIENT_TOOLS.map((name) => [`tools[].${name}`, row(refused('only functions have a counterpart'))]),
  ),
  toolConfig: row(mapped('the choice of tools')),
  'toolConfig.functionCallingConfig': row(mapped('none, auto, required or one function', 'refused'), {
    ollama: signalled('which tool is called cannot be chosen'),
  }),
  'toolConfig.functionCallingConfig.mode': row(mapped('VALIDATED becomes auto')),
  'toolConfig.functionCallingConfig.allowedFunctionNames': row(
    mapped('one name; several become required, of any function'),
    { ollama: signalled('which tool is called cannot be chosen') },
  ),
  'toolConfig.functionCallingConfig.streamFunctionCallArguments': row(
    signalled('arguments are streamed as the upstream does', [false]),
  ),
  'toolConfig.retrievalConfig': row(signalled('it is for tools that the vendor runs')),
  'toolConfig.includeServerSideToolInvocations': row(
    signalled('it is for tools that the vendor runs', [false]),
  ),
  generationConfig: row(mapped('settings, one by one')),
  safetySettings: row(signalled('thresholds are the vendor’s own', [[]])),
  cachedContent: row(refused('cached content is held by its vendor')),
  labels: only([CHAT, RESPONSES, CONVERSE], 'metadata', signalled('there is no such map')),
  serviceTier: row(
    signalled('tiers are not the same', ['SERVICE_TIER_UNSPECIFIED', 'SERVICE_TIER_STANDARD']),
  ),
  store: row(signalled('what a vendor logs is its own affair', [false])),
  modelArmorConfig: row(refused('a check by the vendor that the other does not make')),
}

const CONFIG: DialectFields['request'] = {
  [config('maxOutputTokens')]: row(mapped('the limit of the answer')),
  [config('temperature')]: row(mapped('temperature')),
  [config('topP')]: row(mapped('top_p')),
  [config('topK')]: row(mapped('top_k, where the upstream or its model takes it'), {
    [RESPONSES]: signalled('there is no such field'),
  }),
  [config('frequencyPenalty')]: only(
    [CHAT, 'ollama'],
    'the same',
    signalled('there is no such penalty', [0]),
  ),
  [config('presencePenalty')]: only([CHAT, 'ollama'], 'the same', signalled('there is no such penalty', [0])),
  [config('seed')]: only([CHAT, 'ollama'], 'the same', signalled('sampling cannot be seeded')),
  [config('stopSequences')]: row(signalled('there are no stop strings'), {
    [CHAT]: mapped('stop; at most four'),
    [MESSAGES]: mapped('stop_sequences'),
    [CONVERSE]: mapped('stopSequences'),
    ollama: mapped('stop'),
  }),
  [config('candidateCount')]: row(refused('one answer is all there is', [1])),
  [config('responseLogprobs')]: only(
    [CHAT, RESPONSES, 'ollama'],
    'logprobs',
    refused('there are no log probabilities'),
  ),
  [config('logprobs')]: row(mapped('how many alternatives; asks for nothing without responseLogprobs')),
  [config('thinkingConfig')]: row(mapped('effort or a budget'), { ollama: LEVELS }),
  [config('thinkingConfig.includeThoughts')]: row(mapped('thoughts are shown as the dialect does')),
  [config('thinkingConfig.thinkingLevel')]: row(mapped('effort'), { ollama: LEVELS }),
  [config('thinkingConfig.thinkingBudget')]: row(mapped('a budget, or the effort it stands for'), {
    ollama: LEVELS,
  }),
  [config('responseMimeType')]: row(mapped('application/json; no other form has a counterpart', 'refused')),
  [config('responseSchema')]: row(mapped('as JSON Schema', 'refused')),
  [config('responseJsonSchema')]: row(mapped('the answer’s JSON Schema', 'refused')),
  [config('responseModalities')]: row(refused('answers are text', [['TEXT'], ['Text'], ['text'], []])),
  [config('speechConfig')]: row(refused('there is no sound in answers')),
  [config('imageConfig')]: row(refused('there are no images in answers')),
  [config('mediaResolution')]: row(
    signalled('the resolution of media cannot be set', ['MEDIA_RESOLUTION_UNSPECIFIED']),
  ),
  [config('audioTimestamp')]: row(signalled('sounds carry no timestamps', [false])),
  [config('enableEnhancedCivicAnswers')]: row(signalled('there is no such setting', [false])),
  [config('enableAffectiveDialog')]: row(signalled('there is no such setting', [false])),
  [config('routingConfig')]: row(signalled('which model answers is the route’s affair')),
  [config('modelSelectionConfig')]: row(signalled('which model answers is the route’s affair')),
}

const REPLY: DialectFields['reply'] = {
  candidates: row(mapped('the first is the answer; one is all that is asked for')),
  'candidates[].content': row(mapped('part by part')),
  'candidates[].content.parts[].text': row(mapped('text, or reasoning where it is a thought')),
  'candidates[].content.parts[].thoughtSignature': row(
    mapped('kept for its issuer in the dialect’s own slot, or beside it; Messages: not behind the last text'),
  ),
  'candidates[].content.parts[].functionCall': row(mapped('a tool call, with an id where it has none')),
  'candidates[].content.parts[].inlineData': row(
    mapped('an image or a sound, where the dialect has a place for it'),
  ),
  'candidates[].content.parts[].executableCode': row(
    signalled('code that the vendor ran has no counterpart'),
  ),
  'candidates[].content.parts[].codeExecutionResult': row(
    signalled('code that the vendor ran has no counterpart'),
  ),
  'candidates[].content.parts[].toolCall': row(signalled('a tool that the vendor ran has no counterpart')),
  'candidates[].content.parts[].toolResponse': row(
    signalled('a tool that the vendor ran has no counterpart'),
  ),
  'candidates[].content.parts[].partMetadata': row(signalled('parts carry no metadata')),
  'candidates[].content.parts[].fileData': row(signalled('a file that the vendor holds')),
  'candidates[].finishReason': row(mapped('the reason of the end, its own word beside it')),
  'candidates[].finishMessage': row(mapped('the refusal of an answer that was filtered')),
  'candidates[].index': row(mapped('the place of the answer')),
  'candidates[].groundingMetadata': row(mapped('sources as citations, places recounted')),
  'candidates[].groundingMetadata.retrievalMetadata': row(signalled('how sure the vendor was to search')),
  'candidates[].groundingMetadata.searchEntryPoint': row(signalled('a widget of the vendor’s search')),
  'candidates[].groundingMetadata.webSearchQueries': row(signalled('what the vendor searched for')),
  'candidates[].citationMetadata': row(mapped('sources as citations, places recounted')),
  'candidates[].urlContextMetadata': row(signalled('what the vendor fetched')),
  'candidates[].logprobsResult': row(mapped('probabilities of tokens, without their ids')),
  'candidates[].avgLogprobs': row(signalled('the mean of what logprobs say one by one')),
  'candidates[].safetyRatings': row(signalled('ratings are the vendor’s own')),
  'candidates[].tokenCount': row(mapped('usage')),
  'promptFeedback.safetyRatings': row(signalled('ratings are the vendor’s own')),
  promptFeedback: row(mapped('a prompt that is blocked ends as filtered, with its message as a refusal')),
  usageMetadata: row(mapped('usage; thoughts are part of the output')),
  ...Object.fromEntries(
    TOKEN_DETAILS.flatMap((name) => [
      [`usageMetadata.${name}`, row(mapped('their sum is in the usage'))],
      [`usageMetadata.${name}[].modality`, row(signalled('tokens are not told by modality', ['TEXT']))],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(USUAL).map(([name, usual]) => [
      `usageMetadata.${name}`,
      row(signalled('how the vendor bills it', [usual])),
    ]),
  ),
  modelVersion: row(mapped('replaced by the name that the client asked for')),
  responseId: row(mapped('an id of our own')),
  createTime: row(mapped('the time of our answer')),
  modelStatus: row(signalled('what the vendor says of the model’s future')),
  error: row(mapped('an error in the dialect’s own shape')),
}

/** What becomes of this dialect's fields in the others. */
export const fidelity: DialectFields = { request: { ...REQUEST, ...CONFIG }, reply: REPLY }
