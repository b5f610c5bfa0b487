import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../domain/index.ts'
import { createLabeller } from './label.ts'
import { callOf } from './testing.ts'

/*
 * What agents and programs send before anybody said a word: instructions, definitions of tools, forms of answers.
 * None of it is anybody's.
 */
const text = (description: string, more: JsonObject = {}) => ({ type: 'string', description, ...more })
const whole = (description: string, more: JsonObject = {}) => ({ type: 'integer', description, ...more })
const yes = (description: string) => ({ type: 'boolean', description, default: false })
const tool = (
  name: string,
  description: string,
  properties: JsonObject,
  required: readonly string[] = [],
) => ({
  type: 'function',
  function: {
    name,
    description,
    parameters: { type: 'object', properties, required, additionalProperties: false },
  },
})
const TOOLS = [
  tool(
    'Read',
    'Reads a file. Long files come back in pieces; ask for the rest with offset and limit.',
    {
      file_path: text('Absolute path of the file'),
      offset: whole('Line to begin at'),
      limit: whole('Lines to return', { default: 2000 }),
    },
    ['file_path'],
  ),
  tool(
    'Checklist',
    'Keeps a list of steps. Mark an item done as soon as it is, not in batches.',
    {
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            id: text('Short id'),
            content: text('What to do'),
            status: { type: 'string', enum: ['pending', 'in_progress', 'completed', 'cancelled'] },
          },
          required: ['id', 'content', 'status'],
        },
      },
    },
    ['items'],
  ),
  tool('Desc', 'Describes a table: its columns, their types and keys.', {
    table: text('Table, e.g. public.orders'),
    sample_rows: whole('Rows to show', { minimum: 0, maximum: 50 }),
  }),
  tool(
    'run_shell',
    'Runs a command in a shell. Per-command time limits apply; background jobs go on after the call returns. Never use it to terminate processes that you did not start.',
    {
      command: text('The command line'),
      timeout_ms: whole('Milliseconds until the command is killed', { default: 120000 }),
      sandbox: {
        type: 'string',
        enum: ['read-only', 'workspace-write', 'danger-full-access'],
        description: 'Per-command override of the sandbox',
      },
    },
    ['command'],
  ),
  tool('schedule_job', 'Creates a job that runs on a cron schedule in local time.', {
    cron: text('Five fields "M H DoM Mon DoW", e.g. "0 9 * * 1-5" for weekdays at nine'),
    prompt: text('What to do then'),
  }),
  tool(
    'git_commit',
    'Makes a commit. End the message with a line Co-Authored-By: Helper <noreply@helper.dev>.',
    { message: text('Subject and body'), amend: yes('Whether to amend the last commit') },
  ),
  tool(
    'kill_task',
    '- Ends a task that runs in the background\n- Takes a task_id\n- Says whether it worked\n- Use it when a long task has to terminate',
    { task_id: text('Id of the task') },
    ['task_id'],
  ),
  tool(
    'spawn_workers',
    'Starts helpers that search side by side, each in a way of its own (by-folder, by-content, by-entity, by-date). None sees what another found.',
    { count: whole('How many', { minimum: 1, maximum: 16 }) },
  ),
  tool(
    'get_weather',
    'Current weather of a place.',
    {
      location: text('City and state, e.g. San Francisco, CA'),
      unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
    },
    ['location'],
  ),
  tool('search_flights', 'Finds flights.', {
    origin: text('IATA code, e.g. FRA', { pattern: '^[A-Z]{3}$' }),
    destination: text('IATA code, e.g. LIS'),
    depart: text('Day of departure', { format: 'date', examples: ['2026-05-17'] }),
    cabin: { type: 'string', enum: ['economy', 'premium', 'business', 'first'], default: 'economy' },
    adults: whole('Passengers', { default: 1 }),
  }),
  tool(
    'send_email',
    'Sends an e-mail from the shared mailbox.',
    {
      to: {
        type: 'array',
        items: { type: 'string', format: 'email' },
        description: 'Recipients',
        examples: [['someone@example.com']],
      },
      subject: text('Subject line'),
      body: text('Plain text or Markdown'),
      reply_to: text('Address for answers', { default: 'no-reply@example.org' }),
    },
    ['to', 'subject', 'body'],
  ),
  tool(
    'create_contact',
    'Adds a contact to the address book.',
    {
      first_name: text('Given name'),
      last_name: text('Family name'),
      email: text('E-mail address'),
      phone: text('Telephone number in E.164 form, e.g. +15555550100'),
      birthday: text('Date of birth, YYYY-MM-DD'),
      company: text('Employer'),
    },
    ['first_name', 'last_name'],
  ),
  tool('get_user', 'Returns a user by id or handle.', {
    user_id: text('Id of the user'),
    handle: text('Handle without the @ sign'),
    fields: {
      type: 'array',
      items: { type: 'string', enum: ['id', 'username', 'display_name', 'avatar_url', 'created_at'] },
    },
  }),
  tool(
    'create_issue',
    'Opens an issue.',
    {
      owner: text('Account that owns the repository, in any case'),
      repo: text('Repository without the .git ending'),
      title: text('Title'),
      body: text('Body'),
      labels: { type: 'array', items: { type: 'string' } },
      assignees: { type: 'array', items: { type: 'string' }, description: 'User names to assign' },
    },
    ['owner', 'repo', 'title'],
  ),
  tool(
    'query_database',
    'Runs a read-only SQL query. Statements other than SELECT are refused.',
    {
      sql: text("The query, e.g. SELECT id, total FROM orders WHERE status = 'open'"),
      max_rows: whole('Most rows', { default: 100 }),
    },
    ['sql'],
  ),
  tool('create_invoice', 'Creates a draft invoice for a customer.', {
    customer_id: text('Customer id, starts with cus_'),
    currency: text('ISO 4217 code', { enum: ['eur', 'usd', 'gbp', 'chf'] }),
    line_items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          description: text('What is charged'),
          amount: whole('Amount in cents'),
          quantity: whole('How many'),
        },
      },
    },
    due_days: whole('Days until due', { default: 30 }),
  }),
  tool('book_appointment', 'Books an appointment with a doctor in the practice.', {
    patient_id: text('Id of the patient'),
    speciality: { type: 'string', enum: ['general', 'dermatology', 'cardiology', 'orthopaedics'] },
    reason: text('Reason for the visit'),
    slot: text('Start, ISO 8601', { format: 'date-time' }),
  }),
  tool('lookup_drug', 'Looks up a medicine: substance, dose, interactions.', {
    name: text('Brand or substance'),
    country: text('ISO country', { default: 'DE' }),
  }),
  tool(
    'draft_contract',
    'Fills a contract template. Variables that are missing are asked for; the text is not legal advice.',
    {
      template: { type: 'string', enum: ['nda', 'lease', 'employment', 'services'] },
      variables: { type: 'object', additionalProperties: { type: 'string' } },
      terminate_after_months: whole('Term in months'),
    },
  ),
  tool('get_stock_price', 'Price of a share, delayed by 15 minutes.', {
    symbol: text('Ticker, e.g. MSFT'),
    range: { type: 'string', enum: ['1d', '5d', '1mo', '1y'] },
  }),
  tool('calculate_payroll', 'Computes net pay from gross pay.', {
    gross: { type: 'number', description: 'Gross pay per month' },
    tax_class: whole('Tax class', { enum: [1, 2, 3, 4, 5, 6] }),
    year: whole('Year', { default: 2026 }),
  }),
  tool('transfer_money', 'Prepares a transfer that somebody has to confirm.', {
    iban: text('IBAN of the recipient'),
    bic: text('BIC, optional inside SEPA'),
    amount: { type: 'number' },
    reference: text('Reference, up to 140 characters', { maxLength: 140 }),
  }),
  tool(
    'browser_click',
    'Clicks an element of the page. Take a snapshot first: refs are only good for the latest one.',
    {
      element: text('What it is, for people'),
      ref: text('Exact ref from the snapshot, e.g. e12'),
      button: { type: 'string', enum: ['left', 'right', 'middle'] },
      modifiers: {
        type: 'array',
        items: { type: 'string', enum: ['Alt', 'Control', 'ControlOrMeta', 'Meta', 'Shift'] },
      },
    },
  ),
  tool('browser_type', 'Types text into an element. Handle "contenteditable" elements like inputs.', {
    ref: text('Exact ref'),
    text: text('Text'),
    submit: yes('Whether to press Enter after'),
  }),
  tool('mcp__linear__list_issues', 'Lists issues of the workspace.', {
    team: text('Team name or id'),
    assignee: text('User id, name, e-mail or "me"'),
    state: text('State name or id'),
    cursor: text('Next page'),
    orderBy: { type: 'string', enum: ['createdAt', 'updatedAt'], default: 'updatedAt' },
  }),
  tool('mcp__slack__post_message', 'Posts to a channel. Mention people as <@U…>.', {
    channel: text('Channel id, e.g. C0123456789'),
    text: text('Message in mrkdwn'),
    thread_ts: text('Timestamp of the thread, e.g. 1712345678.123456'),
  }),
  tool(
    'WebFetch',
    'Fetches a page and answers a question about it. Will fail for pages behind a login.',
    { url: { type: 'string', format: 'uri' }, prompt: text('What to look for') },
    ['url', 'prompt'],
  ),
  tool('Grace', 'Final answer, as JSON.', {
    $schema: text('Ignored'),
    answer: text('The answer'),
    confidence: { type: 'number', minimum: 0, maximum: 1 },
  }),
  tool('remember', 'Stores a fact in memory. Do not store secrets, passwords or keys.', {
    scope: { type: 'string', enum: ['user', 'project', 'session'] },
    fact: text('One sentence'),
    user: text('User-level or project-level'),
  }),
  tool('translate', 'Translates a text.', {
    text: text('The text'),
    source: { type: 'string', default: 'auto' },
    target: { type: 'string', enum: ['en', 'de', 'fr', 'es', 'it', 'pt-BR', 'zh-Hans'] },
    formality: { type: 'string', enum: ['default', 'more', 'less'] },
  }),
  tool('plan_route', 'Plans a route between two addresses.', {
    from: text('Start address, with street, number and town'),
    to: text('Where to'),
    mode: { type: 'string', enum: ['car', 'bike', 'foot', 'transit'] },
    avoid: { type: 'array', items: { enum: ['tolls', 'ferries', 'motorways'] } },
  }),
  tool('resize_image', 'Resizes a picture.', {
    path: text('Path'),
    width: whole('Pixels', { default: 1024 }),
    fit: { enum: ['cover', 'contain', 'fill'] },
    background: text('Colour as #RRGGBB', { default: '#ffffff' }),
  }),
]
/* Forms of answers as generators of schemas write them: everything has a title. */
const SCHEMAS = [
  'Desc',
  'Grace',
  'Carter',
  'Colours',
  'Person',
  'Mark',
  'Summary',
  'Jordan',
  'Rose',
  'CalendarEvent',
  'MathReasoning',
  'Olive',
  'Chase',
  'Victor',
  'Iris',
  'Model',
].map((name) => ({
  name,
  schema: {
    $defs: {
      Step: {
        properties: {
          explanation: { title: 'Explanation', type: 'string' },
          first_name: { title: 'First Name', type: 'string' },
          rose: { title: 'Rose', type: 'string' },
          due_date: { title: 'Due Date', type: 'string' },
        },
        required: ['explanation'],
        title: 'Step',
        type: 'object',
      },
      [name]: { title: name, type: 'object' },
    },
    properties: {
      steps: { items: { $ref: '#/$defs/Step' }, title: 'Steps', type: 'array' },
      other: { $ref: `#/$defs/${name}` },
      mark: { title: 'Mark', default: 'auto', type: 'string' },
    },
    required: ['steps', 'mark', 'grace'],
    title: name,
    type: 'object',
  },
  strict: true,
}))
const PROMPTS = [
  'Hi',
  'Hello',
  'Hällo',
  'Hällo gemini',
  'Hello Claude, what can you do?',
  'Hey Codex',
  'Look around in this folder.',
  'List the files here and tell me what this project does.',
  'You are Aria, a helpful assistant. Answer briefly.',
  'You are Codex, a coding agent in a terminal. Use Codex skills where they fit. Use when Codex should create a picture.',
  'You are Gemini CLI, an interactive agent. Gemini reads files with its tools.\n\n# Rules\n- Per-command limits apply.\n- Checklist: keep one.\n- Handle "surgical" edits yourself.',
  'You are opencode, the best coding agent on the planet.',
  'You are Kimi, an AI assistant made by Moonshot AI. Kimi is patient.',
  '# Memory\n\nMEMORY.md holds what Helper has learned. Types:\n- user: who they are\n- project: goals\n- reference: links',
  'Co-Authored-By: Claude <noreply@anthropic.com>',
  'From: notifications@github.com',
  'Write to do-not-reply@amazon.com? No use.',
  'git clone git@github.com:acme/tools.git',
  'Mails come from no-reply@accounts.google.com and mailer-daemon@googlemail.com.',
  'Environment: platform linux, shell zsh, date 2026-11-22, model claude-sonnet-4-6, cwd /home/dev/project, branch main, status clean.',
  'User: device_id is set by the client. Handle "partial" reads. The user `exports` a function. Username: string, required.',
  '{"user_id":"device_id","kind":"string"}',
  'The agreement between caller and callee: the caller must terminate the session; the callee shall not retain state (see `session_id`). Never sign the payload twice.',
  'Do not reproduce copyrighted material or song lyrics; respect licences. Example:\n```ts\nexport const add = (a: number, b: number) => {\n  return a + b;\n}\n```\nThe `length` property of an array is a number; confidential clients keep a secret.',
  '## Available agents\n- Explore: fast search\n- Plan: designs\n- Reviewer - reads diffs\n- Scout: looks ahead\n- Bash: runs commands',
  'When to use:\n1. Debugging: trace first.\n2. Refactoring: small steps.\n3. Testing - run the suite.\n\n### Tone\nBe concise.',
]

const labeller = createLabeller()
const kindsOf = (json: JsonObject): readonly string[] =>
  labeller.label(callOf(json), { carries: [] }, null).kinds
const said = { role: 'user', content: 'Look around, please.' }

const silent = (what: string, json: JsonObject): void => {
  assert.deepEqual(kindsOf(json), [], `${what}: ${JSON.stringify(json).slice(0, 300)}`)
}

test('definitions of tools carry nothing, in any dialect', () => {
  for (const one of TOOLS) {
    const { name, description, parameters } = one.function
    silent('chat', { messages: [said], tools: [one], tool_choice: { type: 'function', function: { name } } })
    silent('messages', { messages: [said], tools: [{ name, description, input_schema: parameters }] })
    silent('responses', { input: 'Hi', tools: [{ type: 'function', name, description, parameters }] })
    const declared = [{ name, description, parametersJsonSchema: parameters }]
    silent('gemini', { contents: [{ parts: [{ text: 'Hi' }] }], tools: [{ functionDeclarations: declared }] })
  }
})

test('nor do the names of tools in calls and results', () => {
  for (const one of TOOLS) {
    const { name } = one.function
    const call = { id: 'call_1', type: 'function', function: { name, arguments: '{}' } }
    const result = { role: 'tool', tool_call_id: 'call_1', name, content: 'done' }
    silent('chat', { messages: [said, { role: 'assistant', tool_calls: [call] }, result] })
    const used = { type: 'tool_use', id: 'toolu_1', name, input: {} }
    silent('messages', { messages: [said, { role: 'assistant', content: [used] }] })
    silent('responses', { input: [{ type: 'function_call', call_id: 'call_1', name, arguments: '{}' }] })
    const parts = [{ functionCall: { name, args: {} } }, { functionResponse: { name, response: {} } }]
    silent('gemini', { contents: [{ role: 'model', parts }] })
    silent('ollama', { messages: [said, { role: 'tool', tool_name: name, content: 'done' }] })
  }
})

test('nor do forms of answers, whatever their classes are called', () => {
  for (const form of SCHEMAS) {
    const { name, schema } = form
    silent('chat', { messages: [said], response_format: { type: 'json_schema', json_schema: form } })
    silent('responses', { input: 'Hi', text: { format: { type: 'json_schema', ...form } } })
    silent('gemini', { contents: [], generationConfig: { responseJsonSchema: schema } })
    silent('ollama', { messages: [said], format: schema })
    const description = `Correctly extracted \`${name}\` with all the required parameters`
    silent('messages', {
      messages: [said],
      tools: [{ name, description, input_schema: schema }],
      tool_choice: { type: 'tool', name },
    })
  }
})

test('nor do instructions and greetings', () => {
  for (const prompt of PROMPTS) {
    silent('as a turn', { messages: [{ role: 'user', content: prompt }] })
    silent('as instructions', { system: prompt, messages: [said] })
  }
})
