/** What a list asks the server for, page by page. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Json } from '#base/json.ts'
import type { ListRequest } from '#contract/wire-record.ts'
import type { ViewDefinition } from '#definitions/definition.ts'
import { listRecords } from '../client/records.ts'
import { writeFilter } from './conditions.ts'
import { both, filterOf, type ListSearch } from './list-search.ts'

export const pageSize = 50

export interface ListQuestion {
  readonly form: string
  readonly view: ViewDefinition | undefined
  readonly search: ListSearch
  readonly fields: readonly string[]
}

/** The filter of the view and of the person, together. */
export function wholeFilter({ view, search }: Pick<ListQuestion, 'view' | 'search'>): Json {
  return both(view?.filter, writeFilter(filterOf(search)))
}

export function sortOf({ view, search }: Pick<ListQuestion, 'view' | 'search'>): readonly string[] {
  const own = search.sort ? search.sort.split(',') : (view?.sort ?? [])
  const group = view?.group
  return group && !own.some((part) => part.replace('-', '') === group) ? [group, ...own] : own
}

export function requestOf(question: ListQuestion): ListRequest {
  const { search } = question
  return {
    filter: wholeFilter(question),
    sort: sortOf(question),
    fields: question.fields,
    limit: pageSize,
    ...(search.q ? { search: search.q } : {}),
    ...(search.bin ? { deleted: true as const } : {}),
  }
}

export function useList(question: ListQuestion) {
  const request = requestOf(question)
  return useInfiniteQuery({
    queryKey: ['records', question.form, 'list', request],
    queryFn: ({ pageParam, signal }) =>
      listRecords(question.form, pageParam ? { ...request, cursor: pageParam } : request, signal),
    initialPageParam: '' as string,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** The exact number of records; asked only when somebody wants to know. */
export function useCount(question: ListQuestion, wanted: boolean) {
  const { fields: _fields, ...request } = requestOf(question)
  return useQuery({
    queryKey: ['records', question.form, 'count', request],
    queryFn: async () =>
      (await listRecords(question.form, { ...request, fields: ['id'], limit: 1, count: 'exact' })).count,
    enabled: wanted,
  })
}
