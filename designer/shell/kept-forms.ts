/** New forms that were never published: kept on the device, beside their history. */
import { isObject, type Json } from '#base/json.ts'
import type { FormDefinition } from '#definitions/definition.ts'
import { keepChoice, readChoice } from '#ui/shell/preferences.ts'

const key = 'formloom.designer.new'

export function keptForms(): readonly FormDefinition[] {
  const list = parse(readChoice(key))
  return Array.isArray(list)
    ? ((list as readonly Json[]).filter(
        (one) => isObject(one) && one['kind'] === 'form',
      ) as unknown as readonly FormDefinition[])
    : []
}

export function keptForm(name: string): FormDefinition | undefined {
  return keptForms().find((form) => form.name === name)
}

export function keepForm(form: FormDefinition): void {
  keepChoice(key, JSON.stringify([...keptForms().filter((one) => one.name !== form.name), form]))
}

export function dropForm(name: string): void {
  keepChoice(key, JSON.stringify(keptForms().filter((one) => one.name !== name)))
}

function parse(text: string | null): Json | null {
  try {
    return text === null ? null : (JSON.parse(text) as Json)
  } catch {
    return null
  }
}
