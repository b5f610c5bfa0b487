import { type DialectFields, mapped, row, signalled } from '../body/fidelity.ts'

/**
 * What becomes of this dialect's fields in the others. No client speaks it to us, so there is nothing of a request;
 * what becomes of the others' requests in it stands in their tables. A reply's fields are named as in its body;
 * those of a stream's events stand under the member that they make up.
 */
export const fidelity: DialectFields = {
  request: {},
  reply: {
    'output.message.role': row(mapped('the answer is the assistant’s')),
    'output.message.content[].type': row(mapped('what some servers call the part, its member says the same')),
    'output.message.content[].text': row(mapped('text')),
    'output.message.content[].toolUse': row(mapped('a tool call, its id and arguments kept')),
    'output.message.content[].toolUse.type': row(
      signalled('a tool that the service runs by itself is no call of the client’s', ['tool_use']),
    ),
    'output.message.content[].toolResult': row(signalled('the result of a tool that the service ran')),
    'output.message.content[].reasoningContent.reasoningText.text': row(mapped('reasoning')),
    'output.message.content[].reasoningContent.reasoningText.signature': row(
      mapped('kept for its issuer, in the dialect’s own slot where it has one'),
    ),
    'output.message.content[].reasoningContent.redactedContent': row(
      mapped('kept for its issuer, in the dialect’s own slot where it has one'),
    ),
    'output.message.content[].citationsContent.content': row(mapped('text')),
    'output.message.content[].citationsContent.citations': row(
      mapped('a citation of the text; its place in the source where the dialect has a slot for it'),
    ),
    'output.message.content[].image': row(mapped('an image that the model made')),
    'output.message.content[].image.source.s3Location': row(signalled('a bucket that clients cannot reach')),
    'output.message.content[].image.error': row(signalled('why an image was not made')),
    'output.message.content[].audio': row(signalled('sound in answers is not carried')),
    'output.message.content[].video': row(signalled('video in answers is not carried')),
    'output.message.content[].document': row(signalled('documents in answers are not carried')),
    'output.message.content[].guardContent': row(signalled('a part for the service’s own guard')),
    'output.message.content[].searchResult': row(signalled('a search that the service made')),
    stopReason: row(mapped('the finish reason, its own word beside it where the dialect has a place')),
    'usage.inputTokens': row(mapped('input without what the cache read and wrote')),
    'usage.outputTokens': row(mapped('output')),
    'usage.totalTokens': row(mapped('counted anew from the others')),
    'usage.cacheReadInputTokens': row(mapped('input read from the cache')),
    'usage.cacheWriteInputTokens': row(mapped('input written to the cache')),
    'usage.cacheReadInputTokenCount': row(mapped('an older spelling of cacheReadInputTokens')),
    'usage.cacheWriteInputTokenCount': row(mapped('an older spelling of cacheWriteInputTokens')),
    'usage.cacheDetails': row(mapped('its sum is in cacheWriteInputTokens')),
    'usage.serverToolUsage': row(mapped('tools that the service runs are not asked for')),
    'metrics.latencyMs': row(mapped('the record has times of its own')),
    'additionalModelResponseFields.stop_sequence': row(mapped('the stop string that was met')),
    'additionalModelResponseFields.delta.stop_sequence': row(mapped('the stop string that was met')),
    additionalModelResponseFields: row(signalled('fields of the model’s maker that were not asked for')),
    performanceConfig: row(mapped('not asked for')),
    serviceTier: row(signalled('tiers of answers are not the same', [{ type: 'default' }])),
    trace: row(signalled('what the service’s own guard or router did')),
    message: row(mapped('the error’s message')),
    originalStatusCode: row(mapped('the error’s status')),
    originalMessage: row(mapped('the error’s message where there is no other')),
    resourceName: row(signalled('where at the service an error arose')),
    p: row(mapped('padding, which says nothing')),
  },
}
