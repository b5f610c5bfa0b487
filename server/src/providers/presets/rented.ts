import { compatible } from '../compatible.ts'
import type { Preset } from '../provider.ts'

/** Open weights on other people's machines, by vendors whose doors stand here as facts alone. */
export const RENTED: readonly Preset[] = [
  compatible({
    name: 'groq',
    title: 'Groq',
    url: 'https://api.groq.com/openai/v1',
    sides: ['rented'],
    dialects: ['openai-chat', 'openai-responses', 'openai-audio'],
    key: 'GROQ_API_KEY',
    first: 'openai/gpt-oss-120b',
    priceId: 'groq',
    jurisdiction: 'US',
    openness: 'open-weight',
    // Both come with status 400 but mean that the model wrote nonsense.
    faults: [
      { kind: 'tool_use_failed', code: 'upstream_error' },
      { kind: 'json_validate_failed', code: 'upstream_error' },
    ],
    quirks: {
      maxTokensField: 'max_completion_tokens',
      reasoningField: 'reasoning',
      unsupported: ['logprobs', 'top_logprobs', 'logit_bias'],
    },
  }),
  compatible({
    name: 'together',
    title: 'Together AI',
    url: 'https://api.together.xyz/v1',
    sides: ['rented'],
    dialects: ['openai-chat', 'openai-embeddings', 'openai-completions', 'openai-images', 'openai-audio'],
    key: 'TOGETHER_API_KEY',
    first: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    priceId: 'together',
    jurisdiction: 'US',
    openness: 'open-weight',
    quirks: { reasoningField: 'reasoning' },
  }),
  compatible({
    name: 'fireworks',
    title: 'Fireworks AI',
    url: 'https://api.fireworks.ai/inference/v1',
    sides: ['rented'],
    dialects: ['openai-chat', 'openai-responses', 'openai-embeddings', 'openai-completions'],
    key: 'FIREWORKS_API_KEY',
    first: 'accounts/fireworks/models/gpt-oss-120b',
    priceId: 'fireworks',
    jurisdiction: 'US',
    openness: 'open-weight',
  }),
  compatible({
    name: 'deepseek',
    title: 'DeepSeek',
    url: 'https://api.deepseek.com',
    sides: ['rented', 'closed'],
    dialects: ['openai-chat', 'openai-responses', 'anthropic-messages', 'openai-completions'],
    lacks: ['count'],
    under: { 'anthropic-messages': '/anthropic/v1', 'openai-completions': '/beta' },
    key: 'DEEPSEEK_API_KEY',
    priceId: 'deepseek',
    jurisdiction: 'CN',
    openness: 'open-weight',
    // On turns with tools its thoughts have to come back, or it refuses the conversation.
    quirks: { reasoningField: 'reasoning_content', thinkingSwitch: 'thinking', unsupported: ['store'] },
  }),
  compatible({
    name: 'cerebras',
    title: 'Cerebras',
    url: 'https://api.cerebras.ai/v1',
    sides: ['rented'],
    dialects: ['openai-chat', 'openai-completions'],
    key: 'CEREBRAS_API_KEY',
    priceId: 'cerebras',
    jurisdiction: 'US',
    openness: 'open-weight',
    quirks: {
      maxTokensField: 'max_completion_tokens',
      reasoningField: 'reasoning',
      unsupported: ['store'],
    },
  }),
  compatible({
    name: 'huggingface',
    title: 'Hugging Face router',
    url: 'https://router.huggingface.co/v1',
    sides: ['rented'],
    dialects: ['openai-chat', 'openai-responses'],
    key: 'HF_TOKEN',
    // Behind it stand servers of which some refuse thoughts under any one name.
    quirks: { reasoningField: null },
    remarks: (model) => [
      /^[^:]+:[a-z0-9-]+$/i.test(model) && !/:(?:fastest|cheapest|preferred|auto)$/i.test(model)
        ? 'runs at the provider that its model names behind the colon, and passes the router on the way; state jurisdiction and region if floors ask for them'
        : 'names no provider, so the router chooses one request by request and nobody can say under whose law; pin it as model:provider',
    ],
  }),
]
