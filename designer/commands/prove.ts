/** Proves a command: do, undo and redo meet, the patch survives JSON, and the document stays whole. Used by every test of a command. */

import type { FormDocument } from '../model/document.ts'
import { faultsOf } from '../model/faults.ts'
import { applyPatch, type Change, type CommandAnswer } from './change.ts'
import { deepEqual } from './prove-whole.ts'

/** Gives the document after the command; throws where a law breaks or the command refuses. */
export function prove(before: FormDocument, answer: CommandAnswer): FormDocument {
  if (!answer.ok) throw new Error(`refused: ${answer.problem.code}`)
  const change = JSON.parse(JSON.stringify(answer.value)) as Change
  deepEqual(change, answer.value, 'the change survives JSON')
  const after = applyPatch(before, change.patch)
  const undone = applyPatch(after, change.inverse)
  deepEqual(undone, before, 'undo brings back what was')
  deepEqual(applyPatch(undone, change.patch), after, 'redo brings back what was done')
  deepEqual(faultsOf(after), [], 'the document is whole')
  if (change.focus !== null && !Object.hasOwn(after.nodes, change.focus))
    throw new Error(`the focus ${change.focus} is gone`)
  if (change.label.en === '' || change.label['zh-CN'] === '') throw new Error('a change has a name in both languages')
  return after
}
