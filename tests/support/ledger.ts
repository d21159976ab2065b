/** A small ledger as definitions: accounts whose balance is summed from the lines of entries. What must hold in it at any time is easy to say. */
import type { Definition } from '#definitions/definition.ts'

/** No account falls below it. */
export const floor = -300

/** Always: the lines of an entry sum up to zero, so all balances do; numbers are 1..N; a reference stands once. */
export const ledgerForms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'account',
    label: 'Account',
    title: { var: 'code' },
    fields: [
      { name: 'code', type: 'text', unique: true, required: true },
      { name: 'note', type: 'integer', default: 0 },
      {
        name: 'balance',
        type: 'money',
        rollup: { form: 'entry', table: 'lines', link: 'account', op: 'sum', field: 'amount' },
      },
    ],
    checks: [
      {
        name: 'above_floor',
        assert: { or: [{ empty: [{ var: 'balance' }] }, { '>=': [{ var: 'balance' }, floor] }] },
        at: 'code',
        message: { en: 'Below the floor', 'zh-CN': '低于下限' },
      },
    ],
  },
  {
    kind: 'form',
    name: 'entry',
    label: 'Entry',
    title: { var: 'number' },
    fields: [
      { name: 'number', type: 'sequence', pattern: 'JE-{####}', gapless: true },
      { name: 'reference', type: 'text', unique: true, required: true },
      { name: 'revised', type: 'integer', default: 0 },
      { name: 'paper', type: 'attachment' },
      {
        name: 'lines',
        type: 'table',
        min_rows: 1,
        fields: [
          { name: 'account', type: 'link', to: 'account', required: true },
          { name: 'amount', type: 'money', required: true },
        ],
      },
      { name: 'net', type: 'money', formula: { sum: [{ var: 'lines' }, { var: 'amount' }] } },
    ],
    checks: [
      {
        name: 'balanced',
        assert: { '==': [{ var: 'net' }, 0] },
        at: 'lines',
        message: { en: 'Not balanced', 'zh-CN': '借贷不平' },
      },
    ],
  },
]

/** The next revision: columns, an index, a table of rows, a form, a formula that is worked out for what is there. */
export const nextLedgerForms: readonly Definition[] = [
  changed('entry', [
    { name: 'tag', type: 'text', default: 'plain' },
    { name: 'twice', type: 'integer', formula: { '*': [{ var: 'revised' }, 2] } },
    { name: 'steps', type: 'table', fields: [{ name: 'step', type: 'text' }] },
  ]),
  changed('account', [{ name: 'iban', type: 'text', unique: true }]),
  { kind: 'form', name: 'note', label: 'Note', fields: [{ name: 'entry', type: 'link', to: 'entry' }] },
]

function changed(name: string, fields: readonly object[]): Definition {
  const form = ledgerForms.find((each) => each.name === name) as Definition & { readonly fields: readonly object[] }
  return { ...form, fields: [...form.fields, ...fields] } as Definition
}

/** A move of an amount from one account to another. */
export function entryOf(reference: string, move: { from: string; to: string; amount: number }): object {
  const amount = move.amount.toFixed(2)
  return {
    reference,
    lines: [
      { account: move.from, amount: `-${amount}` },
      { account: move.to, amount },
    ],
  }
}
