/** What was done, in order and without limit: undo, redo, a list of names, and a text form that survives a reload. */
import { applyPatch, type Change, isIdle, joinChanges } from '../commands/change.ts'
import type { FormDocument } from '../model/document.ts'
import { sameJson } from '../model/to-definition.ts'

export interface History {
  readonly changes: readonly Change[]
  /** How many of them are done; the rest can be redone. */
  readonly done: number
  /** The last change takes no more into itself. */
  readonly closed: boolean
}

/** What the editor shows: the document and how it came about. */
export interface EditState {
  readonly document: FormDocument
  readonly history: History
}

export const emptyHistory: History = { changes: [], done: 0, closed: true }

/** Applies a change. One that changes nothing leaves no entry; a burst of the same kind is one entry; what was undone is gone. */
export function record(state: EditState, change: Change): EditState {
  if (isIdle(change)) return state
  const document = applyPatch(state.document, change.patch)
  const past = state.history.changes.slice(0, state.history.done)
  const last = past.at(-1)
  const joins = last !== undefined && !state.history.closed && change.merge !== undefined && last.merge === change.merge
  const kept = joins ? joined(past, last, change) : [...past, change]
  return { document, history: { changes: kept, done: kept.length, closed: false } }
}

/** Typed away and back again: no entry stays. */
function joined(past: readonly Change[], last: Change, change: Change): readonly Change[] {
  const whole = joinChanges(last, change)
  const before = past.slice(0, -1)
  return sameJson(whole.patch.nodes, whole.inverse.nodes) ? before : [...before, whole]
}

/** The burst of typing is over. */
export function close(state: EditState): EditState {
  return state.history.closed ? state : { ...state, history: { ...state.history, closed: true } }
}

export function undo(state: EditState): EditState {
  const change = state.history.changes[state.history.done - 1]
  if (!change) return state
  return {
    document: applyPatch(state.document, change.inverse),
    history: { ...state.history, done: state.history.done - 1, closed: true },
  }
}

export function redo(state: EditState): EditState {
  const change = state.history.changes[state.history.done]
  if (!change) return state
  return {
    document: applyPatch(state.document, change.patch),
    history: { ...state.history, done: state.history.done + 1, closed: true },
  }
}

/** Goes to the state after the first `done` changes. */
export function goTo(state: EditState, done: number): EditState {
  const wanted = Math.max(0, Math.min(done, state.history.changes.length))
  let at = state
  while (at.history.done > wanted) at = undo(at)
  while (at.history.done < wanted) at = redo(at)
  return at
}

/** The change that undo (-1) or redo (+1) would take. */
export function nextChange({ changes, done }: History, step: 1 | -1): Change | undefined {
  return changes[step < 0 ? done - 1 : done]
}
