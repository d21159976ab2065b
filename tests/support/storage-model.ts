/** Test support: models from definitions with the real kinds, records with the smallest valid content, ids that count. */
import { expect } from 'vitest'
import type { Json } from '#base/json.ts'
import { buildModel } from '#definitions/build-model.ts'
import type { Definition, FieldDefinition } from '#definitions/definition.ts'
import type { Model } from '#definitions/model.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import type { Database } from '#storage/database.ts'
import { createRecordStore } from '#storage/record-store.ts'
import { applySchema } from '#storage/schema-plan.ts'
import type { RecordStore, StoredRecord } from '#storage/stored-record.ts'

export function model(...definitions: readonly object[]): Model {
  const built = buildModel(definitions as Definition[], fieldKinds, 1)
  if (!built.ok) throw new Error(JSON.stringify(built.problem))
  return built.value
}

export function form(name: string, fields: readonly object[], more: object = {}): Definition {
  return { kind: 'form', name, label: name, fields: fields as FieldDefinition[], ...more } as Definition
}

/** `id(7)` is the seventh id; ids sort as their numbers. */
export function id(number: number): string {
  return `019aa3d0-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export function record(
  number: number,
  values: Readonly<Record<string, Json>> = {},
  more: Partial<StoredRecord> = {},
): StoredRecord {
  const at = '2026-11-22T05:26:00.000Z'
  return {
    id: id(number),
    version: 1,
    title: `record ${number}`,
    owner: null,
    state: null,
    created_at: at,
    created_by: null,
    updated_at: at,
    updated_by: null,
    deleted_at: null,
    ...more,
    values,
  }
}

export interface Place {
  readonly database: Database
  readonly model: Model
  readonly store: RecordStore
}

/** The tables of a model, and the store on them. */
export async function placed(database: Database, of: Model): Promise<Place> {
  await database.write((db) => applySchema(db, null, of))
  return { database, model: of, store: createRecordStore(of, database.dialect) }
}

export async function insertAll(
  { database, store }: Place,
  form: string,
  records: readonly StoredRecord[],
): Promise<void> {
  await database.write(async (db) => {
    for (const one of records) await store.insert(db, form, one)
  })
}

export async function loadOne({ database, store }: Place, form: string, number: number): Promise<StoredRecord> {
  const found = await database.read((db) => store.load(db, form, [id(number)], { deleted: true }))
  expect(found.size).toBe(1)
  return found.get(id(number)) as StoredRecord
}
