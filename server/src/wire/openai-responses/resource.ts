import type { AnswerOptions, Json, JsonObject } from '../../domain/index.ts'
import { isList, isObject } from '../body/fields.ts'

const or = (value: Json | undefined, absent: Json): Json => value ?? absent

/** A tool as the resource shows it: every member that it must have, and whatever else the client said of it. */
const shownTool = (tool: Json): Json => {
  if (!isObject(tool) || tool['type'] !== 'function') return tool
  return {
    ...tool,
    description: or(tool['description'], null),
    parameters: or(tool['parameters'], null),
    // Nothing enforces a schema that nobody asked to be enforced.
    strict: or(tool['strict'], false),
  }
}

const shownText = (text: Json | undefined): JsonObject => {
  const said = isObject(text) ? text : {}
  const format = isObject(said['format']) ? said['format'] : { type: 'text' }
  const schema = format['type'] === 'json_schema'
  return {
    ...said,
    format: schema
      ? {
          ...format,
          description: or(format['description'], null),
          schema: or(format['schema'], null),
          strict: or(format['strict'], false),
        }
      : format,
  }
}

const shownChoice = (choice: Json | undefined): Json => {
  if (choice === undefined || choice === null) return 'auto'
  return isObject(choice) && choice['type'] === 'allowed_tools' ? { mode: 'auto', ...choice } : choice
}

const shownReasoning = (reasoning: Json | undefined): Json => ({
  effort: null,
  summary: null,
  ...(isObject(reasoning) ? reasoning : {}),
})

/** What of the response resource is known before the answer: its name and the request's settings, defaults filled in. */
export const resourceOf = ({ call, id, model, created, previous }: AnswerOptions): JsonObject => {
  const { json } = call
  const tools = json['tools']
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: created,
    completed_at: null,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: or(json['instructions'], null),
    max_output_tokens: or(json['max_output_tokens'], null),
    max_tool_calls: or(json['max_tool_calls'], null),
    model,
    output: [],
    parallel_tool_calls: or(json['parallel_tool_calls'], true),
    previous_response_id: previous ?? null,
    prompt_cache_key: or(json['prompt_cache_key'], null),
    reasoning: shownReasoning(json['reasoning']),
    safety_identifier: or(json['safety_identifier'], null),
    service_tier: 'default',
    store: or(json['store'], true),
    temperature: or(json['temperature'], 1),
    text: shownText(json['text']),
    tool_choice: shownChoice(json['tool_choice']),
    tools: isList(tools) ? tools.map(shownTool) : [],
    top_logprobs: or(json['top_logprobs'], 0),
    top_p: or(json['top_p'], 1),
    presence_penalty: or(json['presence_penalty'], 0),
    frequency_penalty: or(json['frequency_penalty'], 0),
    truncation: or(json['truncation'], 'disabled'),
    usage: null,
    user: or(json['user'], null),
    metadata: or(json['metadata'], {}),
  }
}
