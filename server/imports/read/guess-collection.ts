import type { ImportCollection } from '@minqing/data/domain/import'
import { ColumnMap } from '@minqing/data/formats/columns/columns'
import type { FieldName } from '@minqing/data/domain/field-name'
import { collectionFields } from '../collections/collections.ts'

/** Fields that show what a file is about, and their weights. */
const marks: Partial<Record<ImportCollection, Partial<Record<FieldName, number>>>> = {
  incidents: { happenedAt: 3, reportedAt: 3, closedAt: 2, channel: 2, type: 1, number: 1, status: 1, text: 1 },
  buildings: { floors: 3, height: 3, structure: 3, builtYear: 2, use: 2, units: 2, estate: 1 },
  grids: { leader: 2, worker: 2, gridType: 3, households: 1, residents: 1, level: 1, code: 1, parentCode: 1 },
  facilities: { kind: 2, phone: 1, id: 1, name: 1 },
}

/**
 * Words for areas of a level as the name of a file has them: first, behind a larger area or before what a boundary or list
 * is called. 丹水池街道社区 and 社区边界 hold communities; 丹水池街道 alone can hold whatever lies in it.
 */
const levelNames: [RegExp, ImportCollection][] = [
  [/网格|grid/i, 'grids'],
  [areasCalled('社区|村居|村社区|居委会', '街道|[区市县镇乡]'), 'communities'],
  [/communities/i, 'communities'],
  [areasCalled('街道|乡镇|镇街', '[区市县]'), 'streets'],
  [/streets|sub-?districts/i, 'streets'],
]

function areasCalled(words: string, larger: string): RegExp {
  return new RegExp(
    `(?:^|${larger}|[各_\\s\\d-])(?:${words})|(?:${words})(?:边界|范围|区划|界线|名册|花名册|名单|列表)`,
  )
}

/** Columns that a file of other areas than grids does not have. */
const ofGrids = /^(?:网格(?:编码|编号|代码|名称|号)|grid[_ ]?(?:code|name|no|id))$/i

/**
 * What a file is most likely about, by its columns and the shape of its first rows; of which level areas are, by its name
 * where no column says that they are grids.
 */
export function guessCollection(columns: readonly string[], geometry: string | null, file: string): ImportCollection {
  const collection = byColumns(columns, geometry)
  if (collection !== 'grids' || columns.some((column) => ofGrids.test(column))) return collection
  return levelNames.find(([name]) => name.test(file))?.[1] ?? collection
}

function byColumns(columns: readonly string[], geometry: string | null): ImportCollection {
  const polygons = geometry?.endsWith('Polygon') === true
  let best: { collection: ImportCollection; score: number } = {
    collection: polygons ? 'grids' : 'incidents',
    score: 0,
  }
  for (const [collection, weights] of Object.entries(marks) as [
    ImportCollection,
    Partial<Record<FieldName, number>>,
  ][]) {
    const map = new ColumnMap(collectionFields[collection], new Map())
    map.learn(columns)
    const found = map.described().reduce((sum, { field }) => sum + (weights[field] ?? 0), 0)
    // Only areas and buildings have an outline, and they have nothing else.
    const suits = geometry === null || polygons === (collection === 'grids' || collection === 'buildings')
    const score = found * (suits ? 1 : 0.2)
    if (score > best.score) best = { collection, score }
  }
  return best.collection
}
