/**
 * One record on the screen: a signal per cell for value, rules and problems, made when first looked at.
 * An edit goes into the live record, which says what else changed; only those cells are told.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals-core'
import type { Json, JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Row, Scope, Surroundings } from '#expressions/expression.ts'
import type { FieldProgram, FormProgram } from '#expressions/form-program.ts'
import { type CellRules, clearHidden, isLocked, judge, rulesOf } from '#expressions/judge.ts'
import { LiveRecord, type RecordValues } from '#expressions/live-record.ts'
import { keyOfPointer, splitKey } from './cell-key.ts'
import { ChangedCells } from './changed-cells.ts'
import { fillDefaults, newRowId, rowDefaults } from './default-values.ts'
import { type RuleReader, ruleReaders } from './rule-readers.ts'

export interface StoreOptions {
  readonly program: FormProgram
  readonly values: RecordValues
  readonly around: Surroundings
  /** A record that is not there yet: defaults are filled in, and every field counts as unsaved. */
  readonly fresh: boolean
  /** Paths that this person may never write: `credit_limit`, `lines.price`. */
  readonly readonly: ReadonlySet<string>
  /** Rules that only the server can decide are never taken as a lock. */
  readonly hidden?: ReadonlySet<string>
  /** Nothing may be changed: no right, or a state that forbids it. */
  readonly frozen?: boolean
}

export class FormStore {
  readonly program: FormProgram
  readonly options: StoreOptions
  /** Keys of cells and rows that differ from what the server has. */
  readonly changed: Signal<ReadonlySet<string>> = signal(new Set())
  /** Grows with every edit: for totals and drafts. */
  readonly edits = signal(0)
  /** Problems that belong to no cell. */
  readonly general = signal<readonly Issue[]>([])
  /** Grows when a problem comes or goes. */
  readonly shown = signal(0)
  readonly live: LiveRecord
  private readonly values = new Map<string, Signal<Json>>()
  private readonly rules = new Map<string, Signal<CellRules>>()
  private readonly problems = new Map<string, Signal<readonly Issue[]>>()
  private readonly rowIds = new Map<string, Signal<readonly string[]>>()
  private readonly readers: ReadonlyMap<string, readonly RuleReader[]>
  /** New rows in which somebody wrote something. */
  private readonly touched = new Set<string>()
  /** What was typed and is no value: it stays in its cell and stands in the way of a save. */
  private readonly rejected = new Map<string, readonly Issue[]>()
  private readonly changes: ChangedCells
  private readonly before: Row | null
  private done = false

  constructor(options: StoreOptions) {
    this.program = options.program
    this.options = options
    this.readers = ruleReaders(options.program)
    this.live = new LiveRecord(options.program, options.values, options.around)
    if (options.fresh) fillDefaults(this.live)
    this.live.recompute()
    this.before = options.fresh ? null : { ...this.live.row }
    this.changes = new ChangedCells(this.live)
  }

  value(key: string): ReadonlySignal<Json> {
    return remember(this.values, key, () => this.wire(key))
  }

  rulesFor(key: string): ReadonlySignal<CellRules> {
    return remember(this.rules, key, () => this.judgeRules(key))
  }

  problemsOf(key: string): ReadonlySignal<readonly Issue[]> {
    return remember(this.problems, key, () => [])
  }

  rows(table: string): ReadonlySignal<readonly string[]> {
    return remember(this.rowIds, table, () => this.idsOf(table))
  }

  /** Every problem that is shown, in the order of the form. */
  allProblems(): readonly { readonly key: string; readonly issue: Issue }[] {
    const cells = [...this.problems].flatMap(([key, issues]) => issues.peek().map((issue) => ({ key, issue })))
    const order = [...this.program.fields.keys()]
    const place = (key: string) => order.indexOf(key.split('/')[0] ?? '')
    return [
      ...cells.sort((a, b) => place(a.key) - place(b.key)),
      ...this.general.peek().map((issue) => ({ key: '', issue })),
    ]
  }

  /** May this person type here at all (policy and computation, not rules)? */
  isWritable(key: string): boolean {
    const program = this.fieldAt(key)
    if (!program || this.options.frozen || program.field.computed !== null || program.field.kind.generated) return false
    const path = program.key.replace('/', '.')
    const { readonly } = this.options
    return !readonly.has(path) && !readonly.has(path.split('.')[0] ?? '') && !this.isLockedByRecord(path)
  }

  private isLockedByRecord(path: string): boolean {
    const { locked } = this.program
    if (!locked || !this.before || locked.except.has(path.split('.')[0] ?? '')) return false
    return isLocked(this.program, { row: this.before, old: this.before, around: this.live.around })
  }

  /** Saved or thrown away: nothing in here is waiting for anybody. */
  get settled(): boolean {
    return this.done
  }

  settle(): void {
    this.done = true
  }

  isChanged(key: string): boolean {
    return this.changed.peek().has(key)
  }

  /** Writes a cell; what it moves follows in the same frame. */
  set(key: string, wire: Json): void {
    const at = splitKey(key)
    if ('row' in at) this.touched.add(at.row)
    this.edit(
      () => ('field' in at ? this.live.set(at.field, wire) : this.live.setCell(at.table, at.row, at.column, wire)),
      [key],
    )
    this.clearProblems(key)
  }

  /** Adds a row with its defaults and gives its id. */
  addRow(table: string, values: JsonObject = {}, index?: number): string {
    const id = newRowId()
    const program = this.program.fields.get(table)
    this.edit(
      () => this.live.addRow(table, { ...(program ? rowDefaults(this.live, program) : {}), ...values, id }, index),
      [`${table}/${id}`],
    )
    return id
  }

  removeRow(table: string, row: string): void {
    this.edit(() => this.live.removeRow(table, row), [`${table}/${row}`])
    for (const [key, problems] of this.problems) if (key.startsWith(`${table}/${row}/`)) problems.value = []
    for (const key of [...this.rejected.keys()]) if (key.startsWith(`${table}/${row}/`)) this.rejected.delete(key)
  }

  moveRow(table: string, row: string, by: number): void {
    const ids = [...this.idsOf(table)]
    const at = ids.indexOf(row)
    const to = at + by
    if (at < 0 || to < 0 || to >= ids.length) return
    ids.splice(at, 1)
    ids.splice(to, 0, row)
    this.edit(() => {
      this.live.orderRows(table, ids)
      return new Set([table])
    }, [table])
  }

  /** Takes away new rows that hold nothing but defaults, as far as the table may do without them. */
  pruneRows(): void {
    for (const field of this.program.fields.values()) {
      const least = Number(field.field.definition['min_rows'] ?? 0)
      for (const id of field.columns ? this.idsOf(field.field.name) : []) {
        const idle = id.startsWith('new-') && !this.touched.has(id)
        if (idle && this.idsOf(field.field.name).length > least) this.removeRow(field.field.name, id)
      }
    }
  }

  /** A value that only the server can work out. */
  receive(field: string, wire: Json): void {
    batch(() => {
      for (const key of this.live.set(field, wire)) this.tell(key)
    })
  }

  /** Linked values arrived: formulas that read them and all rules are looked at again. */
  refresh(): void {
    this.live.recompute()
    this.tellAll()
  }

  /** On leaving a field: its own problems and the checks that stand at it. */
  leave(key: string): void {
    const issues = this.judgeAll()
    const own = issues.filter((issue) => this.keyOf(issue.pointer) === key)
    this.setProblems(key, this.rejected.get(key) ?? own)
  }

  /** Judges everything, shows what is wrong, and gives it. */
  check(): readonly Issue[] {
    const issues = this.judgeAll()
    this.show(issues)
    const typed = [...this.rejected].filter(([key]) => this.rulesFor(key).peek().visible)
    for (const [key, wrong] of typed) this.setProblems(key, wrong)
    return [...issues, ...typed.flatMap(([, wrong]) => wrong)]
  }

  /** Shows problems (of the server, or of `check`) at their cells. */
  show(issues: readonly Issue[]): void {
    batch(() => {
      for (const problems of this.problems.values()) problems.value = []
      const general: Issue[] = []
      for (const issue of issues) {
        const key = this.keyOf(issue.pointer)
        if (key && this.fieldAt(key)) this.setProblems(key, [...this.problemsOf(key).peek(), issue])
        else general.push(issue)
      }
      this.general.value = general
      this.shown.value += 1
    })
  }

  /** What was typed does not fit the field, or (without issues) does by now. The value stays as it was. */
  reject(key: string, issues: readonly Issue[]): void {
    if (issues.length === 0) this.rejected.delete(key)
    else this.rejected.set(key, issues)
    const at = splitKey(key)
    if ('row' in at) this.touched.add(at.row)
    this.setProblems(key, issues)
  }

  /** The text that stands in a cell and is no value of its field. */
  rejectedText(key: string): string | undefined {
    const typed = this.rejected.get(key)?.[0]?.params?.['typed']
    return typeof typed === 'string' ? typed : undefined
  }

  setProblems(key: string, issues: readonly Issue[]): void {
    const shown = this.problemsOf(key) as Signal<readonly Issue[]>
    if (shown.peek().length === 0 && issues.length === 0) return
    shown.value = issues
    this.shown.value += 1
  }

  /** Failed checks that only warn. */
  warnings(): readonly Issue[] {
    return judge(this.live, this.before).warnings
  }

  fieldAt(key: string): FieldProgram | undefined {
    const at = splitKey(key)
    return 'field' in at
      ? this.program.fields.get(at.field)
      : this.program.fields.get(at.table)?.columns?.get(at.column)
  }

  scopeOf(key: string): Scope {
    const at = splitKey(key)
    const row = 'field' in at ? undefined : this.live.rowOf(at.table, at.row)
    return this.live.scope(row)
  }

  original(key: string): string | undefined {
    return this.changes.original(key)
  }

  wire(key: string): Json {
    const at = splitKey(key)
    return 'field' in at ? this.live.wire(at.field) : this.live.wireCell(at.table, at.row, at.column)
  }

  idsOf(table: string): readonly string[] {
    return this.live.rows(table).map((row) => String(row['id']))
  }

  private judgeAll(): readonly Issue[] {
    return judge(this.live, this.before).issues.filter(
      (issue) => !this.options.hidden?.has(this.keyOf(issue.pointer).split('/')[0] ?? ''),
    )
  }

  private keyOf(pointer: string): string {
    return keyOfPointer(pointer, (table) => this.idsOf(table))
  }

  private judgeRules(key: string): CellRules {
    const program = this.fieldAt(key)
    if (!program) return { visible: true, required: false, readonly: true }
    const rules = rulesOf(program, this.scopeOf(key))
    return this.isWritable(key) ? rules : { ...rules, readonly: true }
  }

  private edit(change: () => ReadonlySet<string>, touched: readonly string[]): void {
    batch(() => {
      const moved = new Set([...change(), ...touched])
      if (clearHidden(this.live)) this.tellAll()
      for (const key of moved) this.tell(key)
      this.changed.value = this.changes.after(this.changed.peek(), moved)
      this.edits.value += 1
    })
  }

  private tell(key: string): void {
    const value = this.values.get(key)
    if (value) value.value = this.wire(key)
    if (this.program.fields.get(key)?.columns) this.tellTable(key)
    const at = splitKey(key)
    const read = 'field' in at ? key : `${at.table}/${at.column}`
    for (const reader of this.readers.get(read) ?? []) this.tellRules(reader, 'field' in at ? undefined : at.row)
  }

  private tellTable(table: string): void {
    const ids = this.rowIds.get(table)
    if (ids) ids.value = this.idsOf(table)
    for (const [key, value] of this.values) if (key.startsWith(`${table}/`)) value.value = this.wire(key)
  }

  private tellRules({ program, table }: RuleReader, row: string | undefined): void {
    const keys =
      table === null
        ? [program.field.name]
        : (row ? [row] : this.idsOf(table)).map((id) => `${table}/${id}/${program.field.name}`)
    for (const key of keys) {
      const rules = this.rules.get(key)
      if (rules) rules.value = sameRules(rules.peek(), this.judgeRules(key))
    }
  }

  private tellAll(): void {
    batch(() => {
      for (const [key, value] of this.values) value.value = this.wire(key)
      for (const [key, rules] of this.rules) rules.value = sameRules(rules.peek(), this.judgeRules(key))
      for (const [table, ids] of this.rowIds) ids.value = this.idsOf(table)
    })
  }

  private clearProblems(key: string): void {
    this.rejected.delete(key)
    this.setProblems(key, [])
  }
}

function remember<T>(cells: Map<string, Signal<T>>, key: string, first: () => T): Signal<T> {
  const known = cells.get(key)
  if (known) return known
  const made = signal(first())
  cells.set(key, made)
  return made
}

/** Keeps the old object when nothing changed, so that nobody renders again. */
function sameRules(old: CellRules, next: CellRules): CellRules {
  return old.visible === next.visible && old.required === next.required && old.readonly === next.readonly ? old : next
}
