/** Records on the phone: three lines each; number and state, name and amount, the rest. */
import { Link } from '@tanstack/react-router'
import { Cell } from './cell.tsx'
import type { Column } from './columns.ts'
import type { RecordsProps } from './list-place.ts'

export function RecordCards({ place, columns, records, end }: RecordsProps) {
  const { access } = place
  const shape = cardShape(columns)
  return (
    <ul className="fl-cards">
      {records.map((record) => (
        <li key={record.id}>
          <Link
            className="fl-listcard"
            to="/f/$form/$id"
            params={{ form: access.form.name, id: record.id }}
            search={{}}
          >
            <span className="first">
              <span className="fl-cut">
                {shape.number && <Cell form={access.form} column={shape.number} record={record} asLink />}
              </span>
              {shape.state && <Cell form={access.form} column={shape.state} record={record} look="badge" />}
            </span>
            <span className="second">
              <span className="fl-cut fl-grow">
                {shape.name ? <Cell form={access.form} column={shape.name} record={record} asLink /> : record.title}
              </span>
              {shape.amount && <Cell form={access.form} column={shape.amount} record={record} />}
            </span>
            <span className="third">
              {shape.rest
                .filter((column) => record[column.name] !== null && record[column.name] !== undefined)
                .map((column) => (
                  <span key={column.name} className="fl-cut">
                    <Cell form={access.form} column={column} record={record} />
                  </span>
                ))}
            </span>
          </Link>
        </li>
      ))}
      {end && <li aria-hidden="true">{end}</li>}
    </ul>
  )
}

interface CardShape {
  readonly number: Column | undefined
  readonly name: Column | undefined
  readonly amount: Column | undefined
  readonly state: Column | undefined
  readonly rest: readonly Column[]
}

function cardShape(columns: readonly Column[]): CardShape {
  const state = columns.find((column) => column.name === 'state')
  const amount = columns.find((column) => column.type.is === 'decimal')
  const number = columns.find((column) => column.field?.kind.name === 'sequence')
  const name = columns.find(
    (column) =>
      column !== number && (column.type.is === 'record' || column.type.is === 'text') && column.name !== 'state',
  )
  const rest = columns.filter((column) => ![state, amount, number, name].includes(column)).slice(0, 3)
  return { number, name, amount, state, rest }
}
