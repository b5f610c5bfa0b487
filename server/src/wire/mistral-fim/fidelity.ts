import { type DialectFields, mapped, row, signalled } from '../body/fidelity.ts'

/** What becomes of this dialect's fields in the other one that fills in text. */
export const fidelity: DialectFields = {
  request: {
    model: row(mapped('replaced by the target’s model')),
    prompt: row(mapped('the same')),
    suffix: row(mapped('the same')),
    stream: row(mapped('the same')),
    max_tokens: row(mapped('the same')),
    temperature: row(mapped('the same')),
    top_p: row(mapped('the same')),
    stop: row(mapped('the same')),
    random_seed: row(mapped('seed')),
    min_tokens: row(signalled('there is no such setting')),
    metadata: row(signalled('there is no such map')),
  },
  reply: {
    id: row(mapped('ours, in the client’s form')),
    object: row(mapped('the client’s own')),
    created: row(mapped('when the answer began here')),
    model: row(mapped('the name the client asked for')),
    choices: row(mapped('the first')),
    'choices[].index': row(mapped('0')),
    'choices[].message.content': row(mapped('text')),
    'choices[].delta.content': row(mapped('text')),
    'choices[].message.role': row(mapped('said by the form')),
    'choices[].finish_reason': row(mapped('the same words')),
    usage: row(mapped('usage')),
  },
}
