/** What the signed-in person's pages share: the app's answer, the interpreted model, the faces of the kinds. */
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { AppAnswer, AppForm, AppFormPolicy } from '#contract/wire-app.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import type { FormModel, Model } from '#definitions/model.ts'
import type { FieldFacesCatalogue } from '../form/face-catalogue.ts'
import { type ReadableModel, readableModel } from './readable-model.ts'
import { readApp } from './session.ts'

/** The shelf, handed in by the composition root. */
export interface Shelf {
  readonly kinds: FieldKinds
  readonly faces: FieldFacesCatalogue
}

export interface Workspace extends Shelf {
  readonly app: AppAnswer
  readonly model: Model
  readonly readable: ReadableModel
}

const ShelfContext = createContext<Shelf | null>(null)
const WorkspaceContext = createContext<Workspace | null>(null)

export function ShelfProvider({ shelf, children }: { readonly shelf: Shelf; readonly children: ReactNode }) {
  return <ShelfContext.Provider value={shelf}>{children}</ShelfContext.Provider>
}

export function useShelf(): Shelf {
  const shelf = useContext(ShelfContext)
  if (!shelf) throw new Error('useShelf outside of ShelfProvider')
  return shelf
}

export function useApp() {
  return useQuery({ queryKey: ['app'], queryFn: readApp, staleTime: 60_000, retry: false })
}

/** Builds the model once per answer and gives it to the pages below. */
export function WorkspaceProvider({ app, children }: { readonly app: AppAnswer; readonly children: ReactNode }) {
  const shelf = useShelf()
  const workspace = useMemo(() => {
    const readable = readableModel(app, shelf.kinds)
    return { app, model: readable.model, readable, ...shelf }
  }, [app, shelf])
  return <WorkspaceContext.Provider value={workspace}>{children}</WorkspaceContext.Provider>
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace outside of WorkspaceProvider')
  return workspace
}

export interface FormAccess {
  readonly model: FormModel
  readonly form: AppForm
  readonly policy: AppFormPolicy
  may(verb: string): boolean
}

/** A form as this person may use it; undefined when they may not see it. */
export function useForm(name: string): FormAccess | undefined {
  const { app, model } = useWorkspace()
  return useMemo(() => formAccess(app, model, name), [app, model, name])
}

export function formAccess(app: AppAnswer, model: Model, name: string): FormAccess | undefined {
  const form = app.forms.find((one) => one.name === name)
  const found = model.forms.get(name)
  if (!form || !found) return undefined
  const verbs = new Set(form.policy.verbs)
  return { model: found, form, policy: form.policy, may: (verb) => verbs.has('*') || verbs.has(verb) }
}
