/** Schemas that several routes share. */
import { Type } from 'typebox'

const closed = { additionalProperties: false }

/** An object that refuses every property it does not name. */
export const exactly = <T extends Parameters<typeof Type.Object>[0]>(properties: T) => Type.Object(properties, closed)

export const name = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^[a-z][a-z0-9_]*$',
  description: 'Name of a definition',
})
/** Not checked for shape: an unknown id and a malformed one are both not found. */
export const id = Type.String({ minLength: 1, maxLength: 100, description: 'UUIDv7' })
export const label = Type.String({ minLength: 1, maxLength: 200 })
export const locale = Type.Enum(['en', 'zh-CN'])
export const zone = Type.String({ minLength: 1, maxLength: 60, description: 'IANA time zone' })
export const secret = Type.String({ minLength: 1, maxLength: 1000 })
export const login = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
export const timestamp = Type.String({
  maxLength: 30,
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$',
  description: 'UTC, ISO 8601',
})

/** Any JSON: its meaning is checked behind the contract. */
export const json = Type.Unknown()
export const jsonObject = Type.Record(Type.String(), json)
export const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

export const linkValue = Type.Object(
  { id: Type.String(), title: nullable(Type.String()) },
  { description: 'Null where the target is not visible' },
)

export const userAnswer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  login: Type.String(),
  locale: Type.String(),
  zone: Type.String(),
  roles: Type.Array(Type.String()),
  team: nullable(Type.String()),
})

export const recordAnswer = Type.Object(
  {
    id: Type.String(),
    version: Type.Integer(),
    title: nullable(Type.String()),
    created_at: Type.String(),
    updated_at: Type.String(),
    can: Type.Optional(Type.Array(Type.String())),
  },
  { description: 'A record; its fields are those of the form, a hidden one is absent', additionalProperties: true },
)

export const formParams = exactly({ form: name })
export const recordParams = exactly({ form: name, id })
