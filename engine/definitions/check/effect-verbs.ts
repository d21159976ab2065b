/** What each verb of an effect, each action of a deadline and each mode of a decision may carry beside itself. */
export const effectVerbs: Readonly<Record<string, readonly string[]>> = {
  set: [],
  vars: [],
  create: ['values', 'rows', 'per', 'as'],
  update: ['record', 'where', 'limit', 'key', 'values'],
  delete: ['record', 'where', 'limit'],
  query: ['table', 'where', 'sort', 'limit', 'as', 'lock', 'if_none'],
  fire: ['form', 'record', 'input'],
  start: ['record', 'with'],
  cancel_flows: ['record'],
  emit: ['payload'],
  each: [],
  notify: ['text', 'with'],
  comment: ['with'],
  refuse: ['message', 'at'],
  mail: ['address', 'subject', 'text', 'with', 'attach'],
  http: ['connection', 'path', 'parameters', 'headers', 'body', 'retry', 'on_fail', 'as'],
  print: ['to', 'as'],
}

export const deadlineActions: Readonly<Record<string, readonly string[]>> = {
  urge: ['every', 'max'],
  escalate: ['to'],
  transfer: ['to'],
  decide: ['outcome', 'comment'],
  return: ['to', 'comment'],
  effects: ['do', 'every', 'max'],
}

export const decideModes: Readonly<Record<string, readonly string[]>> = {
  all: [],
  any: ['reject'],
  ratio: ['more_than', 'at_least', 'need', 'weight'],
  sequential: [],
  one: ['pick'],
}
