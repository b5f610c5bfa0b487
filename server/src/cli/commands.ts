/**
 * Every command as the list of them shows it: how it is called, and what it does. The list is printed without
 * loading what the commands need; in the order of the list.
 */
export const COMMANDS = {
  up: {
    term: 'up [options]',
    about: 'start the gateway and the console; without a configuration, look around and write one',
  },
  check: {
    term: 'check [options]',
    about: 'read the configuration, say what it means, and every mistake in it',
  },
  explain: {
    term: 'explain [options] [text]',
    about: 'what would be done with a text or a request: its label, who may have it, and in which order',
  },
  label: {
    term: 'label [options] [text]',
    about: 'what is sensitive in a text, with the findings masked and the reasons',
  },
  requests: {
    term: 'requests [options] [id]',
    about: 'the latest requests: where each went and why',
  },
  conversations: {
    term: 'conversations',
    about: 'what is kept of conversations: the label that holds on, and how to clear it',
  },
  keys: { term: 'keys', about: 'the virtual keys that clients call with' },
  audit: { term: 'audit', about: 'prove that nobody changed the record' },
  engine: { term: 'engine', about: 'a small open model on this machine, no server needed' },
} as const

export type CommandName = keyof typeof COMMANDS
