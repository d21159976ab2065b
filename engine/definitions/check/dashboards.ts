/** Dashboards: each tile shows one thing that exists, stands inside the grid and binds what its report asks for. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { DashboardDefinition } from '../definition.ts'
import { type Check, type Checking, error, mustAllExist, mustExist } from './checking.ts'
import { isPacked } from './lifecycles.ts'
import { hasRole, peopleIssues } from './people.ts'
import { paramIssues } from './reports.ts'

export const checkDashboards: Check = (checking) =>
  [...checking.model.dashboards.values()].flatMap((dashboard) => {
    const pointer = `/dashboard/${dashboard.name}`
    const tiles = objects(dashboard.tiles)
    return [
      ...mustAllExist(dashboard.roles as readonly string[] | undefined, hasRole(checking), {
        pointer: `${pointer}/roles`,
        code: 'unknown-role',
      }),
      ...paramIssues(checking.model, dashboard.filters, `${pointer}/filters`),
      ...tiles.flatMap((tile) => tileIssues(checking, { dashboard, tile, pointer: `${pointer}/tiles/${tile.id}` })),
      ...selectIssues(dashboard, new Set(tiles.map((tile) => String(tile.id))), `${pointer}/select`),
      ...objects(dashboard.schedule).flatMap((one) =>
        peopleIssues(
          { ...checking, packed: isPacked(checking, dashboard), pointer: `${pointer}/schedule/${one.name}/to` },
          one.to,
        ),
      ),
    ]
  })

interface TilePlace {
  readonly dashboard: DashboardDefinition
  readonly tile: JsonObject
  readonly pointer: string
}

function objects(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : []
}

function tileIssues({ model }: Checking, { dashboard, tile, pointer }: TilePlace): readonly Issue[] {
  if (['measure', 'report', 'view', 'text'].filter((part) => tile[part] !== undefined).length !== 1)
    return [error(pointer, 'exactly-one', { of: 'measure, report, view, text' })]
  const ofMeasure = (['compare', 'target'] as const).filter(
    (property) => tile[property] !== undefined && tile.measure === undefined,
  )
  return [
    ...ofMeasure.map((property) =>
      error(`${pointer}/${property}`, 'property-not-for-type', { property, type: 'tile' }),
    ),
    ...mustExist(tile.report as string | undefined, model.reports, {
      pointer: `${pointer}/report`,
      code: 'unknown-report',
    }),
    ...mustExist(tile.view as string | undefined, model.views, { pointer: `${pointer}/view`, code: 'unknown-view' }),
    ...measureIssues({ model }, tile, pointer),
    ...bindIssues({ model }, { dashboard, tile, pointer }),
    ...gridIssues(tile, pointer),
  ]
}

function measureIssues({ model }: Pick<Checking, 'model'>, tile: JsonObject, pointer: string): readonly Issue[] {
  if (typeof tile.measure !== 'string') return []
  const [form = '', name = ''] = tile.measure.split('.')
  const found = model.forms.get(form)?.definition.measures?.some((measure) => measure.name === name)
  return found ? [] : [error(`${pointer}/measure`, 'unknown-measure', { name: tile.measure })]
}

function bindIssues({ model }: Pick<Checking, 'model'>, { dashboard, tile, pointer }: TilePlace): readonly Issue[] {
  if (!isObject(tile.bind)) return []
  const params = new Set(objects(model.reports.get(String(tile.report))?.params).map((param) => String(param.name)))
  const filters = new Set(objects(dashboard.filters).map((filter) => String(filter.name)))
  return Object.entries(tile.bind).flatMap(([param, filter]) => [
    ...mustExist(param, params, { pointer: `${pointer}/bind/${param}`, code: 'unknown-parameter' }),
    ...mustExist(String(filter), filters, { pointer: `${pointer}/bind/${param}`, code: 'unknown-filter' }),
  ])
}

/** Twelve columns. */
function gridIssues(tile: JsonObject, pointer: string): readonly Issue[] {
  const [column, , width, height] = Array.isArray(tile.at) ? tile.at.map(Number) : []
  const inside = (column ?? 0) + (width ?? 0) <= 12 && (width ?? 0) >= 1 && (height ?? 0) >= 1
  return inside ? [] : [error(`${pointer}/at`, 'outside-grid')]
}

function selectIssues(dashboard: DashboardDefinition, tiles: ReadonlySet<string>, pointer: string): readonly Issue[] {
  return objects(dashboard.select).flatMap((one, index) => [
    ...mustExist(String(one.tile), tiles, { pointer: `${pointer}/${index}/tile`, code: 'unknown-tile' }),
    ...mustAllExist(one.filters as readonly string[], tiles, {
      pointer: `${pointer}/${index}/filters`,
      code: 'unknown-tile',
    }),
  ])
}
