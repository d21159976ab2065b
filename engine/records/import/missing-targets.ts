/** Targets that a column asks to be made: through the one write line, by the rights of the caller, with the cell as their name. */
import { Refusal } from '#base/problems.ts'
import type { Connection } from '#storage/connection.ts'
import { savepoint } from '#storage/savepoint.ts'
import type { RecordContext } from '../context.ts'
import { createIn, type WriteOptions } from '../write.ts'
import type { ImportedRecord } from './batch.ts'
import type { CellReader } from './cells.ts'
import { namingField } from './link-keys.ts'
import type { FoundRecord, LinkResolver, LinkWish } from './resolve.ts'

export interface TargetMaker {
  readonly context: RecordContext
  readonly resolver: LinkResolver
  readonly options: WriteOptions
  /** What was made is added here. */
  readonly made: ImportedRecord[]
}

/** For `CellReader.missing`: makes the target where its column asks for it, once for all rows of a batch that name it. */
export function makeMissing({ context, resolver, options, made }: TargetMaker): CellReader['missing'] {
  return async (db, column, wish) => {
    if (column.create !== true) return null
    try {
      const found = await savepoint(db, () => createTarget(db, context, { wish, options }))
      made.push({ form: wish.form, verb: 'created', ...found })
      resolver.note(wish, found)
      return found
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.code === 'unavailable') throw error
      const fields = (error.problem.issues ?? []).map(({ pointer }) => pointer.slice(1).replaceAll('/', '.'))
      return {
        pointer: '',
        code: 'target-not-created',
        params: { text: wish.text, fields: [...new Set(fields)].join(', ') },
      }
    }
  }
}

async function createTarget(
  db: Connection,
  context: RecordContext,
  { wish, options }: { readonly wish: LinkWish; readonly options: WriteOptions },
): Promise<FoundRecord> {
  const form = context.model.forms.get(wish.form)
  const field = form && namingField(form, wish.key)
  if (!field || context.policy.form(wish.form)?.may('create') !== true) throw new Refusal('forbidden')
  const { locale, zone } = context.actor
  const parsed = field.kind.parseText(wish.text, field.definition, { locale, zone })
  if (!parsed.ok) throw new Refusal('record-invalid', { issues: [{ pointer: `/${field.name}`, code: 'wrong-type' }] })
  const intent = { verb: 'create', form: wish.form, body: { [field.name]: parsed.value } } as const
  const { id, version } = await createIn(db, context, { intent, options })
  return { id, version }
}
