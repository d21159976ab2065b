/** The running workspace: its database, the published model, its settings. Opened once by each composition root. */
import { Bug } from '#base/bug.ts'
import type { Json } from '#base/json.ts'
import type { Clock, Ids, Log } from '#base/ports.ts'
import { buildModel } from '#definitions/build-model.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import type { Model } from '#definitions/model.ts'
import { type FileFolder, openFileFolder } from '#files/file-folder.ts'
import type { Connection } from '#storage/connection.ts'
import { type Database, openDatabase } from '#storage/database.ts'
import { migrate } from '#storage/migrate.ts'
import { currentRevision, loadDefinitions } from '#storage/revision-store.ts'
import { applySchema, planVersion } from '#storage/schema-plan.ts'
import { prepareSearch } from '#storage/search-codes.ts'
import { readSettings, writeSetting } from '#storage/setting-store.ts'

export interface WorkspaceSettings {
  readonly name: string
  readonly locale: string
  /** IANA zone of new users and of what nobody in particular does. */
  readonly zone: string
  /** ISO 4217. */
  readonly currency: string
  /** Largest upload, in MB of 1,000,000 bytes. */
  readonly max_file_mb: number
  /** All files together, in GB. */
  readonly file_quota_gb: number
}

export interface Workspace {
  readonly db: Database
  readonly kinds: FieldKinds
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  /** Bytes of uploaded files; always in the data folder. */
  readonly files: FileFolder
  /** The model of the current revision: the pointer is read, the model built once per revision. Revision 0: the system forms alone. */
  model(): Promise<Model>
  /** The same inside a transaction, as it sees the pointer. */
  modelIn(db: Connection): Promise<Model>
  settings(): Promise<WorkspaceSettings>
  /** Changes what is given; answers with the whole. */
  setSettings(change: Partial<WorkspaceSettings>): Promise<WorkspaceSettings>
  close(): Promise<void>
}

export interface WorkspaceOptions {
  /** `postgres://…`; null: the SQLite file in `folder`. */
  readonly url: string | null
  readonly folder: string
  readonly log: Log
  readonly clock: Clock
  readonly ids: Ids
  readonly kinds: FieldKinds
  /** See `DatabaseOptions`. */
  readonly watchNesting?: boolean
}

const defaults: WorkspaceSettings = {
  name: 'Formloom',
  locale: 'en',
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  max_file_mb: 25,
  file_quota_gb: 10,
}
const settingKeys = Object.keys(defaults) as readonly (keyof WorkspaceSettings)[]
/** By which plan, and of which model, the tables in the database are. */
const shapeKey = 'shape'
/** Older models stay for requests that still run under them. */
const keptModels = 3

/** Opens, migrates, and brings the tables to the published forms (the system forms on first start). */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const db = await openDatabase(options)
  try {
    await migrate(db)
    const workspace = new OpenWorkspace(db, options)
    await workspace.prepareTables()
    return workspace
  } catch (error) {
    await db.close()
    throw error
  }
}

class OpenWorkspace implements Workspace {
  readonly db: Database
  readonly kinds: FieldKinds
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly files: FileFolder
  readonly #models = new Map<number, Model>()

  constructor(db: Database, options: WorkspaceOptions) {
    this.db = db
    this.kinds = options.kinds
    this.clock = options.clock
    this.ids = options.ids
    this.log = options.log
    this.files = openFileFolder(options.folder)
  }

  model(): Promise<Model> {
    return this.db.read((db) => this.modelIn(db))
  }

  async modelIn(db: Connection): Promise<Model> {
    const revision = await currentRevision(db)
    const known = this.#models.get(revision)
    if (known) return known
    const made = await this.#build(db, revision)
    this.#models.set(revision, made)
    for (const old of [...this.#models.keys()].slice(0, -keptModels)) this.#models.delete(old)
    return made
  }

  settings(): Promise<WorkspaceSettings> {
    return this.db.read(settingsIn)
  }

  setSettings(change: Partial<WorkspaceSettings>): Promise<WorkspaceSettings> {
    return this.db.write(async (db) => {
      for (const [key, value] of Object.entries(change)) await writeSetting(db, `workspace.${key}`, value)
      return settingsIn(db)
    })
  }

  close(): Promise<void> {
    return this.db.close()
  }

  /** On first start, and after an update of the program that changed a system form. */
  prepareTables(): Promise<void> {
    return this.db.write(async (db) => {
      const model = await this.#build(db, await currentRevision(db))
      const shape = (await readSettings(db, [shapeKey])).get(shapeKey)
      if (shape === shapeOf(model)) return prepareSearch(db, model)
      await applySchema(db, null, model)
      await rememberShape(db, model)
    })
  }

  async #build(db: Connection, revision: number): Promise<Model> {
    const sources = revision === 0 ? [] : await loadDefinitions(db, revision)
    const built = buildModel(sources, this.kinds, revision)
    if (!built.ok) throw new Bug('published definitions make no whole', { revision, issues: built.problem })
    return built.value
  }
}

async function settingsIn(db: Connection): Promise<WorkspaceSettings> {
  const stored = await readSettings(
    db,
    settingKeys.map((key) => `workspace.${key}`),
  )
  const given = settingKeys.flatMap((key): readonly (readonly [string, Json])[] => {
    const value = stored.get(`workspace.${key}`)
    return value === undefined ? [] : [[key, value]]
  })
  return { ...defaults, ...Object.fromEntries(given) }
}

/** Publishing remembers the shape that it has just made, so that the next start has nothing to do. */
export function rememberShape(db: Connection, model: Model): Promise<void> {
  return writeSetting(db, shapeKey, shapeOf(model))
}

function shapeOf(model: Model): string {
  return `${planVersion} ${model.hash}`
}
