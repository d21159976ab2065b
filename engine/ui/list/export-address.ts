/** Where the list, as it stands, comes as a file. */
import { writeFilter } from './conditions.ts'
import type { ListPlace } from './list-place.ts'
import { sortOf } from './list-query.ts'
import { filterOf } from './list-search.ts'

/** The same view, filter, search and order; the columns of the view, or those that the person chose. */
export function exportAddress({ access, view, search }: ListPlace, format: 'csv' | 'xlsx'): string {
  const filter = writeFilter(filterOf(search))
  const sort = sortOf({ view, search })
  const asked = {
    format,
    ...(format === 'csv' ? { bom: 'true' } : {}),
    ...(view ? { view: view.name } : {}),
    ...(filter === null || filter === undefined ? {} : { filter: JSON.stringify(filter) }),
    ...(search.q ? { search: search.q } : {}),
    ...(sort.length > 0 ? { sort: sort.join(',') } : {}),
    ...(search.columns ? { fields: search.columns } : {}),
  }
  return `/api/forms/${access.form.name}/export?${new URLSearchParams(asked)}`
}

/** The browser saves it beside the page, which stays. */
export function download(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
