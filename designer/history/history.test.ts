import { describe, expect, it } from 'vitest'
import { type Command, runCommand } from '../commands/command.ts'
import { find, item, orderDocument, sampleKinds } from '../commands/samples.ts'
import { nodeOf } from '../model/document.ts'
import { close, type EditState, emptyHistory, goTo, record, redo, undo } from './history.ts'
import { draftKey, historyText, restoreHistory } from './keep.ts'

const start: EditState = { document: orderDocument(), history: emptyHistory }
const note = find(start.document, 'note')

describe('history', () => {
  it('undoes and redoes without limit, and names each step', () => {
    let state = start
    for (let step = 0; step < 200; step += 1)
      state = close(perform(state, { do: 'set-label', id: note, language: 'en', text: `Note ${step}` }))
    expect(state.history.changes).toHaveLength(200)
    expect(state.history.changes.at(-1)?.label).toEqual({ en: 'Renamed to Note 199', 'zh-CN': '更名为“备注”' })
    const back = goTo(state, 0)
    expect(back.document).toEqual(start.document)
    expect(goTo(back, 200).document).toEqual(state.document)
  })

  it('a burst of typing is one entry', () => {
    const typed = ['R', 'Re', 'Remark'].reduce(
      (state, text) => perform(state, { do: 'set-label', id: note, language: 'en', text }),
      start,
    )
    expect(typed.history.changes).toHaveLength(1)
    expect(undo(typed).document).toEqual(start.document)
    expect(redo(undo(typed)).document).toEqual(typed.document)
  })

  it('what changes nothing is no entry, and typing back to the beginning leaves none', () => {
    expect(
      perform(start, {
        do: 'move',
        id: item(start.document, 'number'),
        place: { parent: find(start.document, 'head'), index: 0 },
      }),
    ).toBe(start)
    const typed = ['Notes', 'Note'].reduce(
      (state, text) => perform(state, { do: 'set-label', id: note, language: 'en', text }),
      start,
    )
    expect(typed.history.changes).toEqual([])
  })

  it('a new change drops what was undone', () => {
    const two = perform(close(perform(start, { do: 'add-tab', index: 0 })), {
      do: 'hide',
      id: item(start.document, 'note'),
    })
    const other = perform(undo(two), { do: 'resize', id: item(start.document, 'number'), span: 2 })
    expect(other.history.changes.map((change) => change.command)).toEqual(['add-tab', 'resize'])
  })
})

describe('a reload', () => {
  it('brings back document, done and undone steps', () => {
    const state = undo(
      perform(close(perform(start, { do: 'add-tab', index: 0 })), { do: 'hide', id: item(start.document, 'note') }),
    )
    const restored = restoreHistory(start.document, historyText(state.history))
    expect(restored.document).toEqual(state.document)
    expect(redo(restored).document).toEqual(redo(state).document)
  })

  it('leaves the document alone where the text is broken, foreign or of another format', () => {
    for (const text of [
      null,
      'x',
      '[]',
      '{"format":99,"changes":[],"done":0}',
      '{"format":1,"changes":[{}],"done":1}',
    ]) {
      expect(restoreHistory(start.document, text)).toEqual(start)
    }
  })

  it('belongs to one form in one published state', () => {
    expect(draftKey('order', 'a')).not.toBe(draftKey('order', 'b'))
  })
})

function perform(state: EditState, command: Command): EditState {
  const answer = runCommand(state.document, command, { kinds: sampleKinds })
  if (!answer.ok) throw new Error(answer.problem.code)
  expect(nodeOf(state.document, 'form')).toBeDefined()
  return record(state, answer.value)
}
