/** Field, question, value: one line per condition, joined by all or any. */
import { useRef, useState } from 'react'
import type { Json } from '#base/json.ts'
import type { FormAccess } from '../client/workspace.tsx'
import { LinkPicker } from '../form/link-picker.tsx'
import { Button, IconButton } from '../parts/button.tsx'
import { useFocus } from '../parts/use-focus.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { type Column, columnOf, filterColumns } from './columns.ts'
import { isChoice, operatorsOf } from './condition-operators.ts'
import { choicesOf, operatorText } from './condition-text.ts'
import { type Condition, type ConditionOperator, type Filter, isComplete } from './conditions.ts'

export interface ConditionBuilderProps {
  readonly form: FormAccess
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly onDone: () => void
}

export function ConditionBuilder({ form, filter, onFilter, onDone }: ConditionBuilderProps) {
  const t = useText()
  const columns = filterColumns(form.model)
  const fresh = (): Condition => ({
    field: columns[0]?.name ?? 'title',
    operator: columns[0] ? (operatorsOf(columns[0])[0] ?? 'not_empty') : 'not_empty',
  })
  const [lines, setLines] = useState<readonly Condition[]>(filter.conditions.length ? filter.conditions : [fresh()])
  const [match, setMatch] = useState(filter.match)
  const place = useRef<HTMLFormElement>(null)
  useFocus(place, true)
  const set = (index: number, next: Condition) => setLines(lines.map((line, at) => (at === index ? next : line)))
  const apply = () => {
    onFilter({ match, conditions: lines.filter(isComplete) })
    onDone()
  }
  return (
    <form
      ref={place}
      className="fl-conditions"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      {lines.length > 1 && (
        <label className="fl-row fl-13">
          {t('filter_match')}
          <select
            className="fl-input small"
            style={{ width: 'auto' }}
            value={match}
            onChange={(event) => setMatch(event.target.value === 'any' ? 'any' : 'all')}
          >
            <option value="all">{t('filter_all')}</option>
            <option value="any">{t('filter_any')}</option>
          </select>
        </label>
      )}
      {lines
        .map((line, index) => ({ line, index }))
        .map(({ line, index }) => (
          <Line
            key={index}
            form={form}
            columns={columns}
            condition={line}
            onCondition={(next) => set(index, next)}
            onRemove={() => setLines(lines.filter((_, at) => at !== index))}
          />
        ))}
      <div className="fl-row">
        <Button small look="quiet" icon="plus" onClick={() => setLines([...lines, fresh()])}>
          {t('filter_add')}
        </Button>
        <span className="fl-grow" />
        <Button small type="submit" look="primary">
          {t('filter_apply')}
        </Button>
      </div>
    </form>
  )
}

interface LineProps {
  readonly form: FormAccess
  readonly columns: readonly Column[]
  readonly condition: Condition
  readonly onCondition: (condition: Condition) => void
  readonly onRemove: () => void
}

function Line({ form, columns, condition, onCondition, onRemove }: LineProps) {
  const t = useText()
  const label = useLabel()
  const column = columnOf(form.model, condition.field) ?? columns[0]
  const choose = (name: string) => {
    const next = columnOf(form.model, name)
    if (next) onCondition({ field: name, operator: operatorsOf(next)[0] ?? 'not_empty' })
  }
  return (
    <fieldset className="line">
      <select
        className="fl-input small"
        aria-label={t('filter_field')}
        value={condition.field}
        onChange={(event) => choose(event.target.value)}
      >
        {columns.map((one) => (
          <option key={one.name} value={one.name}>
            {label(one.label, one.name)}
          </option>
        ))}
      </select>
      <select
        className="fl-input small"
        aria-label={t('filter_operator')}
        value={condition.operator}
        onChange={(event) => onCondition({ ...condition, operator: event.target.value as ConditionOperator })}
      >
        {column &&
          operatorsOf(column).map((operator) => (
            <option key={operator} value={operator}>
              {operatorText(operator, t, column.type.is)}
            </option>
          ))}
      </select>
      {column ? (
        <ValueBox
          form={form}
          column={column}
          condition={condition}
          onValue={(value) => onCondition({ ...condition, value })}
        />
      ) : (
        <span />
      )}
      <IconButton icon="x" label={t('filter_drop')} onClick={onRemove} />
    </fieldset>
  )
}

interface ValueBoxProps {
  readonly form: FormAccess
  readonly column: Column
  readonly condition: Condition
  readonly onValue: (value: Json) => void
}

const bare: readonly ConditionOperator[] = ['is_true', 'is_false', 'mine', 'empty', 'not_empty']

function ValueBox({ form, column, condition, onValue }: ValueBoxProps) {
  const t = useText()
  const label = useLabel()
  const name = t('filter_value')
  if (bare.includes(condition.operator)) return <span />
  if (isChoice(column) || column.field?.kind.name === 'multi_choice') {
    return (
      <select
        className="fl-input small"
        aria-label={name}
        value={String(condition.value ?? '')}
        onChange={(event) => onValue(event.target.value)}
      >
        <option value="">{t('choose')}</option>
        {choicesOf(form.model, column.name).map((choice) => (
          <option key={choice.value} value={choice.value}>
            {label(choice.label, choice.value)}
          </option>
        ))}
      </select>
    )
  }
  const target =
    column.type.is === 'record'
      ? column.type
      : column.type.is === 'list' && column.type.of.is === 'record'
        ? column.type.of
        : null
  if (target)
    return (
      <LinkPicker
        form={target.form}
        label={name}
        value={typeof condition.value === 'string' ? condition.value : null}
        onValue={(picked) => onValue(picked?.id ?? null)}
        small
      />
    )
  const days = condition.operator === 'last_days' || condition.operator === 'next_days'
  const number = days || column.type.is === 'integer'
  const type = number
    ? 'number'
    : column.type.is === 'date'
      ? 'date'
      : column.type.is === 'datetime'
        ? 'datetime-local'
        : column.type.is === 'time'
          ? 'time'
          : 'text'
  return (
    <input
      className="fl-input small"
      aria-label={name}
      type={type}
      {...(days ? { min: 1, placeholder: t('days_hint') } : {})}
      defaultValue={shownOf(condition.value, type)}
      onChange={(event) => onValue(literalOf(event.target.value, type))}
    />
  )
}

function shownOf(value: Json | undefined, type: string): string {
  if (value === undefined || value === null) return ''
  return type === 'datetime-local' ? String(value).slice(0, 16) : String(value)
}

/** What an input gives as a literal of an expression: numbers as numbers, points in time in UTC. */
function literalOf(text: string, type: string): Json {
  if (text === '') return null
  if (type === 'number') return Number(text)
  if (type === 'datetime-local') return new Date(text).toISOString()
  return text
}
