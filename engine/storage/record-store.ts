/** Records to rows and back. */
import type { Model } from '#definitions/model.ts'
import type { Dialect } from './connection.ts'
import type { RecordStore } from './stored-record.ts'

/** One store per model and dialect, compiled once. */
export declare function createRecordStore(model: Model, dialect: Dialect): RecordStore
