/** One act on a selection: sends it in one request, tells what came of it, and looks at the list again. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkOperation, RecordAnswer } from '#contract/wire-record.ts'
import { bulkRecords } from '../client/records.ts'
import { showToast } from '../parts/toast.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'

export interface Bulk {
  readonly busy: boolean
  /** `done` hears the ids that were written. */
  run(operations: readonly BulkOperation[], done: (ids: readonly string[]) => void): Promise<void>
  /** Acts that have no bulk route, one request per record. */
  runSingly(
    records: readonly RecordAnswer[],
    act: (record: RecordAnswer) => Promise<unknown>,
    done: (ids: readonly string[]) => void,
  ): Promise<void>
}

export function useBulk(form: string): Bulk {
  const t = useText()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  async function guarded(work: () => Promise<void>): Promise<void> {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      showToast(describeError(error, t))
    }
    setBusy(false)
    await client.invalidateQueries({ queryKey: ['records', form] })
  }
  return {
    busy,
    run: (operations, done) =>
      guarded(async () => {
        const results = await bulkRecords(form, operations)
        const refused = results.flatMap((result) => result.problem ?? [])
        const reason = refused[0]?.errors?.[0]?.message ?? refused[0]?.detail ?? refused[0]?.title ?? ''
        if (refused.length > 0) showToast(t('bulk_failed', { failed: refused.length, all: results.length, reason }))
        else done(results.flatMap((result) => result.id ?? []))
      }),
    runSingly: (records, act, done) =>
      guarded(async () => {
        const results = await Promise.allSettled(records.map(act))
        const failed = results.find((result) => result.status === 'rejected')
        if (failed) throw failed.reason
        done(records.map((record) => record.id))
      }),
  }
}
