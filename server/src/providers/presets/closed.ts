import { type CompatibleFacts, compatible } from '../compatible.ts'
import { GENERAL_MODEL, type Preset, TEXT_MODEL } from '../provider.ts'

/** A vendor with more than one door, but for where each is. */
type Doors = Omit<CompatibleFacts, 'name' | 'title' | 'url'>

const DASHSCOPE: Doors = {
  sides: ['closed', 'rented'],
  dialects: ['openai-chat', 'openai-embeddings'],
  key: 'DASHSCOPE_API_KEY',
  quirks: { thinkingSwitch: 'enable_thinking', cacheMarks: 'plain' },
  faults: [
    { kind: 'arrearage', code: 'upstream_auth' },
    { message: /range of input length should be/i, code: 'context_too_long' },
  ],
}

const MOONSHOT: Doors = {
  sides: ['closed', 'rented'],
  dialects: ['openai-chat'],
  key: 'MOONSHOT_API_KEY',
  priceId: 'moonshotai',
  quirks: { thinkingSwitch: 'thinking' },
}

const ZHIPU: Doors = {
  sides: ['closed', 'rented'],
  dialects: ['openai-chat', 'openai-embeddings'],
  // The last chunk carries the usage unasked.
  quirks: { streamUsage: false, thinkingSwitch: 'thinking', unsupported: ['store'] },
  faults: [
    // An account without money, told as a rate.
    { kind: '1113', code: 'upstream_auth' },
    { kind: '1261', code: 'context_too_long' },
  ],
}

/*
 * Vendors whose doors stand here as facts alone, and who serve weights that nobody else may have, or such beside
 * open ones. A target of the latter is `closed` unless its configuration says `rented`, which is right only where
 * the weights of that very model are published.
 */
export const CLOSED: readonly Preset[] = [
  compatible({
    name: 'openai',
    title: 'OpenAI',
    url: 'https://api.openai.com/v1',
    sides: ['closed'],
    dialects: [
      'openai-chat',
      'openai-responses',
      'openai-embeddings',
      'openai-completions',
      'openai-images',
      'openai-audio',
    ],
    key: 'OPENAI_API_KEY',
    first: 'gpt-5.4-mini',
    priceId: 'openai',
    jurisdiction: 'US',
    openness: 'proprietary',
    capabilities: GENERAL_MODEL,
    optionHeaders: { organization: 'openai-organization', project: 'openai-project' },
    // Its reasoning models reject `max_tokens`; the newer name works for all of its models.
    quirks: {
      maxTokensField: 'max_completion_tokens',
      developerRole: true,
      reasoningField: null,
      customTools: true,
      encryptedReasoning: true,
    },
  }),
  compatible({
    name: 'mistral',
    title: 'Mistral AI',
    url: 'https://api.mistral.ai/v1',
    sides: ['closed', 'rented'],
    dialects: ['openai-chat', 'openai-embeddings', 'mistral-fim'],
    key: 'MISTRAL_API_KEY',
    first: 'mistral-medium-latest',
    priceId: 'mistral',
    jurisdiction: 'FR',
    capabilities: { ...GENERAL_MODEL, files: false },
    // Refuses fields it does not know (422 `extra_forbidden`), `stream_options` among them; its streams end with
    // the usage all the same.
    quirks: {
      streamUsage: false,
      toolIds: 'nine-alphanumeric',
      reasoningField: null,
      thinkingSwitch: null,
      unsupported: [
        'stream_options',
        'logit_bias',
        'logprobs',
        'top_logprobs',
        'user',
        'store',
        'seed',
        'service_tier',
      ],
    },
  }),
  compatible({
    name: 'xai',
    title: 'xAI',
    url: 'https://api.x.ai/v1',
    sides: ['closed'],
    dialects: ['openai-chat', 'openai-responses', 'openai-images'],
    key: 'XAI_API_KEY',
    priceId: 'x-ai',
    jurisdiction: 'US',
    capabilities: { ...GENERAL_MODEL, files: false },
    // Some of its models refuse `reasoning_effort`, so none is sent unless a client says it itself.
    quirks: {
      maxTokensField: 'max_completion_tokens',
      thinkingSwitch: null,
      reasoningField: null,
      unsupported: ['store', 'logit_bias'],
      encryptedReasoning: true,
    },
    faults: [{ message: /incorrect api key/i, code: 'upstream_auth' }],
  }),
  compatible({
    name: 'cohere',
    title: 'Cohere',
    url: 'https://api.cohere.ai/compatibility/v1',
    sides: ['closed', 'rented'],
    dialects: ['openai-chat', 'openai-embeddings'],
    key: 'COHERE_API_KEY',
    priceId: 'cohere',
    jurisdiction: 'CA',
    quirks: {
      streamUsage: false,
      reasoningField: null,
      unsupported: [
        'stream_options',
        'store',
        'metadata',
        'logit_bias',
        'top_logprobs',
        'n',
        'service_tier',
        'parallel_tool_calls',
      ],
    },
    faults: [{ message: /invalid api token/i, code: 'upstream_auth' }],
  }),
  compatible({
    name: 'perplexity',
    title: 'Perplexity',
    url: 'https://api.perplexity.ai',
    sides: ['closed'],
    dialects: ['openai-chat'],
    key: 'PERPLEXITY_API_KEY',
    priceId: 'perplexity',
    jurisdiction: 'US',
    capabilities: { ...TEXT_MODEL, tools: false, images: true },
    // Every chunk carries the usage so far.
    quirks: { streamUsage: false, reasoningField: null, thinkingSwitch: null },
    remarks: () => ['searches the web with what it is asked, so requests reach more than the vendor'],
  }),
  compatible({
    name: 'qianfan',
    title: 'Baidu Qianfan',
    url: 'https://qianfan.baidubce.com/v2',
    sides: ['closed', 'rented'],
    dialects: ['openai-chat', 'openai-embeddings'],
    key: 'QIANFAN_API_KEY',
    jurisdiction: 'CN',
    optionHeaders: { appid: 'appid' },
    quirks: { thinkingSwitch: 'enable_thinking' },
    faults: [
      { kind: 'tokens_too_long', code: 'context_too_long' },
      { kind: 'characters_too_long', code: 'context_too_long' },
      { kind: 'invalid_iam_token', code: 'upstream_auth' },
      { kind: 'invalid_appid', code: 'upstream_auth' },
    ],
  }),
  compatible({
    ...DASHSCOPE,
    name: 'dashscope',
    title: 'Alibaba DashScope (China)',
    url: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    jurisdiction: 'CN',
  }),
  compatible({
    ...DASHSCOPE,
    name: 'dashscope-intl',
    title: 'Alibaba DashScope (international)',
    url: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    jurisdiction: 'SG',
  }),
  compatible({
    ...MOONSHOT,
    name: 'moonshot',
    title: 'Moonshot AI (international)',
    url: 'https://api.moonshot.ai/v1',
    jurisdiction: 'SG',
  }),
  compatible({
    ...MOONSHOT,
    name: 'moonshot-cn',
    title: 'Moonshot AI (China)',
    url: 'https://api.moonshot.cn/v1',
    jurisdiction: 'CN',
  }),
  // Whose law the international door is under could not be told, so it has none until a configuration says.
  compatible({
    ...ZHIPU,
    name: 'zai',
    title: 'Z.ai',
    url: 'https://api.z.ai/api/paas/v4',
    key: 'ZAI_API_KEY',
    priceId: 'zai',
  }),
  compatible({
    ...ZHIPU,
    name: 'zhipu',
    title: 'Zhipu BigModel',
    url: 'https://open.bigmodel.cn/api/paas/v4',
    key: 'ZHIPUAI_API_KEY',
    priceId: 'zhipuai',
    jurisdiction: 'CN',
  }),
  compatible({
    name: 'lingyi',
    title: '01.AI',
    url: 'https://api.lingyiwanwu.com/v1',
    sides: ['closed', 'rented'],
    dialects: ['openai-chat'],
    key: 'LINGYI_API_KEY',
    jurisdiction: 'CN',
    quirks: { streamUsage: false, reasoningField: null, thinkingSwitch: null },
  }),
  compatible({
    name: 'openrouter',
    title: 'OpenRouter',
    url: 'https://openrouter.ai/api/v1',
    sides: ['closed', 'rented'],
    dialects: [
      'openai-chat',
      'openai-responses',
      'anthropic-messages',
      'openai-embeddings',
      'openai-completions',
    ],
    lacks: ['count'],
    key: 'OPENROUTER_API_KEY',
    priceId: 'openrouter',
    capabilities: GENERAL_MODEL,
    quirks: {
      reasoningField: 'reasoning',
      thinkingSwitch: 'reasoning',
      cacheMarks: 'ttl',
      encryptedReasoning: true,
    },
    remarks: () => [
      'chooses who serves the model request by request, so nobody can say under whose law; state jurisdiction only where provider routing is pinned in your account',
    ],
  }),
  compatible({
    name: 'nvidia',
    title: 'NVIDIA API catalogue',
    url: 'https://integrate.api.nvidia.com/v1',
    sides: ['closed', 'rented'],
    dialects: ['openai-chat', 'openai-embeddings'],
    key: 'NVIDIA_API_KEY',
    jurisdiction: 'US',
    quirks: { thinkingSwitch: 'chat_template_kwargs' },
  }),
]
