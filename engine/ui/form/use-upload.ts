/** How the inputs of files send: within the workspace's limit, and what fails in the words of the page. */
import { useMemo } from 'react'
import { issueText } from '#base/issue-texts.ts'
import type { UploadFile } from '#kinds/field-faces.ts'
import { sendFile } from '../client/files.ts'
import { ProblemError } from '../client/problem-error.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'
import { useFormat } from './use-format.ts'

const mb = 1_000_000

export function useUpload(): UploadFile {
  const { app } = useWorkspace()
  const { locale } = useFormat()
  const t = useText()
  const max = app.workspace.max_file_mb
  return useMemo(
    () => async (file, how) => {
      if (max !== undefined && file.size > max * mb) {
        const tooLarge = { pointer: '', code: 'too-large', params: { max: `${max} MB` } }
        return { ok: false, problem: issueText(tooLarge, locale) }
      }
      try {
        return { ok: true, value: await sendFile(file, how) }
      } catch (error) {
        if (how.signal.aborted) throw error
        const said = error instanceof ProblemError ? error.errors[0]?.message : undefined
        return { ok: false, problem: said ?? describeError(error, t) }
      }
    },
    [max, locale, t],
  )
}
