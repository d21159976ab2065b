/** Brings the tables of records to a model: additive DDL inside the publishing transaction. */
import type { Model } from '#definitions/model.ts'
import type { Connection } from './connection.ts'

/** Answers with the statements that it ran. Refusal `definition-invalid` with `type-change-needs-conversion` where data would be lost. */
export declare function applySchema(db: Connection, before: Model | null, after: Model): Promise<readonly string[]>
