/** What Kysely knows of the database: names. */

/** Physical tables by name; columns are checked by the model, not by the compiler. */
export type Tables = Record<string, Record<string, unknown>>
