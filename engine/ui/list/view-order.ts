/** The views of a list in the order of its tabs: everything first, then one's own, other lists, boards, calendars. */
import type { ViewDefinition } from '#definitions/definition.ts'

const shapes: readonly string[] = ['list', 'tree', 'board', 'calendar']

export function tabsOf(views: readonly ViewDefinition[], form: string): readonly ViewDefinition[] {
  return views
    .filter((view) => view.form === form && shapes.includes(view.type))
    .sort((left, right) => rankOf(left) - rankOf(right))
}

function rankOf(view: ViewDefinition): number {
  const shape = Math.max(1, shapes.indexOf(view.type))
  if (shape > 1) return shape + 2
  if (view.filter === undefined) return view.group ? 2 : 0
  return JSON.stringify(view.filter).includes('"$user') ? 1 : 2
}
