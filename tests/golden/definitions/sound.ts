/** Sound definitions of every kind, with many of their properties in use: the checks have nothing to say about them. */
import { base } from './cases.ts'

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh })

export const sound: readonly Record<string, unknown>[] = [
  ...base.filter(({ kind }) => kind !== 'lifecycle'),
  { kind: 'role', name: 'clerk', label: both('Clerk', '文员'), grants: [
    { form: 'order', can: ['read', 'create', 'update', 'transition:send'], where: { '==': [{ var: 'owner' }, { var: '$user.id' }] }, hide: ['lines.price'], readonly: ['discount'], mask: ['note'] }],
    denies: [{ form: 'order', can: ['delete'], where: true }] },
  { kind: 'calendar', name: 'office', label: both('Office', '办公'), zone: 'Asia/Shanghai', week: [{ name: 'mon', hours: [['09:00', '12:00'], ['13:00', '18:00']] }],
    holidays: [{ name: 'day_off', label: both('Day off', '休息日'), from: '2026-10-01', to: '2026-10-07' }], workdays: [{ name: 'make_up', label: both('Make-up day', '调休'), on: '2026-10-10', as: 'mon' }] },
  { kind: 'lifecycle', name: 'order', label: both('Order', '订单'), form: 'order', initial: 'draft', calendar: 'office',
    states: [
      { name: 'draft', label: both('Draft', '草稿'), color: 'gray', edit: [{ field: 'owner' }, { role: 'clerk' }],
        deadlines: [{ name: 'late', after: 'P5D', do: [{ name: 'tell', notify: [{ role: 'clerk' }], text: both('Order {number} is late', '订单 {number} 逾期'), with: { number: { var: 'number' } } }] }] },
      { name: 'sent', label: both('Sent', '已发送'), require: ['customer', 'lines'] },
      { name: 'done', label: both('Done', '完成'), final: true, edit: [], open_fields: ['note'] }],
    transitions: [
      { name: 'send', label: both('Send', '发送'), from: ['draft'], to: 'sent', by: [{ field: 'owner' }], guard: { '>': [{ var: 'total' }, 0] }, message: both('No amount', '金额为零'), ask: ['note'],
        do: [{ name: 'stamp', set: { ordered_on: { today: [] } } }, { name: 'approve', start: 'approval' }] },
      { name: 'finish', label: both('Finish', '完成'), from: ['sent'], to: 'done', by: [{ flow: 'approval' }] }],
    clocks: [{ name: 'answer', label: both('Answer', '答复'), runs_in: ['draft'], stops_in: ['sent'], target: 'PT8H', calendar: 'office', marks: [{ name: 'soon', percent: 80, do: [] }] }] },
  { kind: 'flow', name: 'approval', label: both('Approval', '审批'), form: 'order', calendar: 'office', triggers: [{ name: 'sent', on: 'transition', transition: 'send' }], back: 'send',
    vars: [{ name: 'tries', type: 'integer', default: 0 }, { name: 'helper', type: 'link', to: 'user' }], first: 'manager', layout: { manager: [0, 0] },
    steps: [
      { name: 'manager', type: 'approve', label: both('Manager', '主管'), who: [{ manager_of: 'owner', level: 1 }], decide: { mode: 'ratio', more_than: '0.5' }, empty: { do: 'assign', to: [{ role: 'clerk' }] }, self: 'manager', dedupe: 'adjacent',
        fields: { show: ['number'], edit: ['discount'], require: { approved: ['note'] } }, allow: { transfer: [{ role: 'clerk' }], add_signer: ['before'], return: { to: ['start'], mode: 'rerun' } },
        deadlines: [{ name: 'nudge', after: 'PT8H', action: 'urge', every: 'P1D', max: 3 }, { name: 'boss', after: 'P2D', action: 'escalate', to: [{ manager_of: '$task.assignee' }] }], next: { approved: 'size', rejected: 'no' } },
      { name: 'size', type: 'branch', cases: [{ name: 'small', label: both('Small', '小额'), when: { '<': [{ var: 'total' }, 100] } }], next: { small: 'wait', else: 'two' } },
      { name: 'two', type: 'group', decide: { mode: 'all' }, steps: [{ name: 'one', type: 'approve', who: [{ role: 'clerk' }], decide: { mode: 'any' } }], next: { approved: 'wait', rejected: 'no' } },
      { name: 'wait', type: 'race', arms: [{ name: 'paid', event: 'paid', match: { order: { var: 'id' } } }, { name: 'late', at: { field: 'ordered_on', offset: 'P3D' } }], next: { paid: 'tell', late: 'do' } },
      { name: 'do', type: 'do', do: [{ name: 'hub', http: 'POST', connection: 'hub', path: '/orders', body: { id: { var: 'id' } }, retry: { max: 3, backoff: 'exponential' }, on_fail: 'incident' }], next: { done: 'tell' } },
      { name: 'tell', type: 'cc', who: [{ field: 'owner' }], fields: { show: ['number'] }, text: both('Done', '完成'), next: { done: 'yes' } },
      { name: 'yes', type: 'end', outcome: 'approved', fire: 'finish' },
      { name: 'no', type: 'end', outcome: 'rejected' }] },
  { kind: 'view', name: 'open_orders', label: both('Open', '未完成'), form: 'order', type: 'list', columns: ['number', 'customer.name', 'state'], filter: { in: [{ var: 'state' }, ['draft', 'sent']] }, sort: ['-ordered_on'], group: 'state', roles: ['clerk'] },
  { kind: 'view', name: 'order_board', label: both('Board', '看板'), form: 'order', type: 'board', by: 'state', card: ['customer', 'total'], sum: 'total' },
  { kind: 'view', name: 'order_days', label: both('Days', '日历'), form: 'order', type: 'calendar', date: 'ordered_on' },
  { kind: 'view', name: 'customer_tree', label: both('Tree', '树'), form: 'customer', type: 'tree', parent: 'parent' },
  { kind: 'view', name: 'counter', label: both('Counter', '前台'), form: 'order', type: 'form', layout: { tabs: [{ id: 'main', sections: [{ id: 'head', columns: 2, items: [{ field: 'customer', span: 2 }, { id: 'go', action: 'send' }, { field: 'lines', columns: ['quantity', 'amount'], totals: ['amount'] }] }] }], aside: [{ panel: 'timeline' }] } },
  { kind: 'report', name: 'by_tier', label: both('By tier', '按等级'), form: 'customer', params: [{ name: 'period', type: 'date_range', label: both('Period', '期间') }], rows: [{ name: 'month', path: 'created_at', bucket: 'month' }], columns: [{ name: 'tier', path: 'tier' }],
    values: ['customers'], totals: ['grand'], derive: [{ name: 'sum_up', running: 'customers', along: 'month', restart: 'year' }, { name: 'last_year', compare: 'customers', shift: '-P1Y', as: 'percent' }],
    sort: ['month', '-customers'], drill: { columns: ['name', 'parent.name'], sort: ['name'] }, show: { chart: 'bar', x: 'month', stack: 'tier', y: 'customers', line: ['last_year'] } },
  { kind: 'report', name: 'funnel', label: both('Funnel', '漏斗'), form: 'order', source: 'state_history', funnel: { steps: ['draft', 'sent'], count: 'reached', within: 'P90D', rates: ['of_first'], values: ['count'] }, show: { chart: 'funnel' } },
  { kind: 'dashboard', name: 'home', label: both('Home', '首页'), filters: [{ name: 'period', type: 'date_range', label: both('Period', '期间') }],
    tiles: [{ id: 'count', measure: 'customer.customers', compare: '-P1Y', at: [0, 0, 3, 2] }, { id: 'trend', report: 'by_tier', bind: { period: 'period' }, at: [3, 0, 9, 4] }, { id: 'list', view: 'open_orders', at: [0, 4, 12, 4] }],
    select: [{ tile: 'trend', filters: ['list'] }], refresh: 'live', schedule: [{ name: 'monday', cron: '0 8 * * 1', to: [{ role: 'clerk' }], files: ['pdf'] }] },
  { kind: 'print', name: 'slip', label: both('Slip', '单据'), form: 'order', paper: 'a5', file_name: { var: 'number' }, header: [{ id: 'title', text: both('Order {number}', '订单 {number}'), with: { number: { var: 'number' } }, size: 'title' }],
    body: [{ id: 'who', fields: ['customer', 'ordered_on'] }, { id: 'goods', table: 'lines', columns: ['quantity', 'amount'], totals: ['amount'] }, { id: 'code', qr: { var: 'number' }, when: { '>': [{ var: 'total' }, 0] } }] },
  { kind: 'pack', formloom: 1, name: 'trade', version: '1.0.0', label: both('Trade', '贸易'), languages: ['en', 'zh-CN'],
    menu: [{ id: 'sales', label: both('Sales', '销售'), items: [{ view: 'open_orders' }, { form: 'customer' }, { report: 'by_tier' }, { dashboard: 'home' }] }] },
]
