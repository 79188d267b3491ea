import { ProblemError } from '@minqing/data/domain/problem'
import { writeCollection, type CollectionFormat } from '../exports/write-collection.ts'
import { parseItemsQuery } from '../features/items-query.ts'
import { findSource } from '../features/feature-source.ts'
import type { Transaction } from '../store/connect.ts'
import { openScope, readAs } from '../store/scope.ts'
import { collections } from '../resources/registry.ts'
import { defineCommand, UsageError } from './command.ts'

export const exportCommand = defineCommand({
  name: 'export',
  summary: { zh: '把一个集合导出为 GeoJSON 或 CSV', en: 'Export a collection as GeoJSON or CSV' },
  help: `用法 · Usage
  minqing export <collection> <file.geojson|file.csv> [options]

  collection   streets | communities | grids | buildings | incidents | facilities

  --bbox <西,南,东,北>    只导出与此范围相交的 · only what meets these degrees
  --datetime <起>/<止>   只导出此时段上报的事件（RFC 3339，.. 表示不限）· only cases reported in this time, .. is open

  坐标为 CGCS2000 经纬度；导出的文件可以再导入。· Degrees in CGCS2000; what is exported can be imported again.

例 · Example
  minqing export incidents 事件.csv --datetime 2026-01-01T00:00:00+08:00/..`,
  options: { bbox: { type: 'string' }, datetime: { type: 'string' } },
  run: async (context, { values, positionals }) => {
    const [collection, file, ...rest] = positionals
    if (collection === undefined || file === undefined || rest.length > 0)
      throw new UsageError(
        'minqing export <collection> <file>：需要一个集合和一个文件 · needs one collection and one file',
      )
    const format = formatOf(file)
    try {
      const source = findSource(collections, collection)
      const search = new URLSearchParams(
        Object.entries({ bbox: values.bbox, datetime: values.datetime }).filter(isGiven),
      )
      const query = parseItemsQuery(source, search)
      const path = context.path(file)
      const write = (transaction: Transaction) => writeCollection(transaction, source, query, { path, format })
      // Ten million rows take minutes.
      const count = await readAs(await context.database(), openScope, write, Infinity)
      context.out(`${collection} → ${file}：${count} 个要素 · features`)
      return 0
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      for (const { zh, en } of [error.detail, error.remedy ?? { zh: '', en: '' }])
        if (zh !== '') context.report(`${zh}\n${en}`)
      return 2
    }
  },
})

function isGiven(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined
}

function formatOf(file: string): CollectionFormat {
  if (/\.(geo)?json$/i.test(file)) return 'geojson'
  if (/\.csv$/i.test(file)) return 'csv'
  throw new UsageError(`“${file}”：文件名应以 .geojson 或 .csv 结尾 · the name should end in .geojson or .csv`)
}
