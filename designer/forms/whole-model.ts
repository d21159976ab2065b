/** What is published, whole, for all parts of the designer. */
import { createContext, useContext } from 'react'
import type { Model } from '#definitions/model.ts'

const WholeModel = createContext<Model | null>(null)
export const WholeModelProvider = WholeModel.Provider

export function useWholeModel(): Model {
  const model = useContext(WholeModel)
  if (!model) throw new Error('useWholeModel outside of WholeModelProvider')
  return model
}
