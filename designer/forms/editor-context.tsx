/** The editor that the panes share. */
import { computed } from '@preact/signals-core'
import { createContext, useContext, useMemo } from 'react'
import { useSignal } from '#ui/parts/use-signal.ts'
import { type DocumentNode, type FormDocument, nodeOf } from '../model/document.ts'
import type { FormEditor } from './form-editor.ts'
import type { Preview } from './preview.ts'

const EditorContext = createContext<FormEditor | null>(null)
export const EditorProvider = EditorContext.Provider

export function useEditor(): FormEditor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('useEditor outside of EditorProvider')
  return editor
}

const PreviewContext = createContext<Preview | null>(null)
export const PreviewProvider = PreviewContext.Provider

export function useShownPreview(): Preview {
  const preview = useContext(PreviewContext)
  if (!preview) throw new Error('useShownPreview outside of PreviewProvider')
  return preview
}

export function useDocument(): FormDocument {
  return useSignal(useEditor().document)
}

/** One node; others may change without this component. */
export function useNode(id: string): DocumentNode | undefined {
  const editor = useEditor()
  return useSignal(useMemo(() => computed(() => nodeOf(editor.document.value, id)), [editor, id]))
}

/** Is this the one? Only the two that change render again. */
export function useIs(which: 'selected' | 'current' | 'renaming', id: string): boolean {
  const editor = useEditor()
  return useSignal(useMemo(() => computed(() => editor[which].value === id), [editor, which, id]))
}
