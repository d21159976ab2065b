/** Published definitions, content-addressed, one set per revision. */
import type { Definition } from '#definitions/definition.ts'
import type { Connection } from './connection.ts'

export interface StoredDefinition {
  readonly definition: Definition
  /** The pack that brought it; null: the workspace's own. */
  readonly pack: string | null
}
export interface RevisionInput {
  /** The complete set, in pack order. */
  readonly items: readonly StoredDefinition[]
  readonly by: string | null
  readonly at: string
  readonly note: string | null
}
export interface RevisionEntry {
  readonly number: number
  readonly at: string
  readonly by: string | null
  readonly note: string | null
  readonly hash: string
}
/** 0: nothing published yet. */
export declare function currentRevision(db: Connection): Promise<number>
/** In the order in which they were saved. */
export declare function loadDefinitions(db: Connection, revision: number): Promise<readonly StoredDefinition[]>
/** Saves the next revision and moves the pointer, in the caller's transaction. Takes the publishing lock. */
export declare function saveRevision(db: Connection, input: RevisionInput): Promise<number>
/** Newest first. */
export declare function listRevisions(db: Connection): Promise<readonly RevisionEntry[]>
