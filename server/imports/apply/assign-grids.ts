import { countIncidents } from '../../counts/count-incidents.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import type { Transaction } from '../../store/connect.ts'
import { AreaIndex } from '../check/area-index.ts'
import { readAreas } from '../read/file-reader.ts'

const pageSize = 5_000

/** What has a place and may wait for a grid around it. */
const homeless = [
  { table: 'incident', key: 'number', place: 'position', collection: 'incidents' },
  { table: 'facility', key: 'id', place: 'position', collection: 'facilities' },
  { table: 'building', key: 'code', place: 'center', collection: 'buildings' },
] as const

/**
 * Gives the imported rows of some streets that lie in no grid yet the one that now covers them. A building keeps its
 * community, which is in its code. Says which collections changed.
 */
export async function assignGrids(
  transaction: Transaction,
  streets: readonly string[],
  batch: number,
): Promise<CollectionName[]> {
  const changed = new Set<CollectionName>()
  for (const street of streets) {
    const index = new AreaIndex(await readAreas(transaction, street), street)
    for (const { table, key, place, collection } of homeless) {
      let after = ''
      for (;;) {
        const rows = await transaction<{ key: string; lon: number; lat: number }[]>`
          select ${transaction(key)} as key, (${transaction(place)})[0] as lon, (${transaction(place)})[1] as lat
          from ${transaction(table)}
          where street_code = ${street} and grid_code is null and ${transaction(place)} is not null
            and starts_with(source, 'import:') and position_source in ('measured', 'address-building', 'address-road') and ${transaction(key)} > ${after}
          order by ${transaction(key)} limit ${pageSize}`
        if (rows.length === 0) break
        after = rows.at(-1)?.key ?? ''
        const found = rows.flatMap((row) => {
          const grid = index.locate(row.lon, row.lat)?.gridCode
          return grid == null ? [] : [{ key: row.key, grid }]
        })
        const keys = found.map(({ key }) => key)
        const grids = found.map(({ grid }) => grid)
        await transaction`
          insert into import_before (street_code, batch, collection, key, area_code, before, version, steps)
          select t.street_code, ${batch}, ${table}, t.${transaction(key)}, coalesce(t.community_code, t.street_code),
            to_jsonb(t), t.version + 1, null
          from ${transaction(table)} t join unnest(${keys}::text[], ${grids}::text[]) as f (key, grid)
            on t.${transaction(key)} = f.key
          where t.street_code = ${street} and (${table} <> 'building' or t.community_code = left(f.grid, 12))`
        const updated = await (table === 'building'
          ? transaction`
              update building b set grid_code = f.grid, version = version + 1, updated_at = now()
              from unnest(${keys}::text[], ${grids}::text[]) as f (key, grid)
              where b.street_code = ${street} and b.code = f.key and b.community_code = left(f.grid, 12)`
          : transaction`
              update ${transaction(table)} t
              set grid_code = f.grid, community_code = left(f.grid, 12), version = version + 1, updated_at = now()
              from unnest(${keys}::text[], ${grids}::text[]) as f (key, grid)
              where t.street_code = ${street} and t.${transaction(key)} = f.key`)
        if (updated.count > 0) changed.add(collection)
      }
    }
  }
  if (changed.has('incidents'))
    await countIncidents(
      transaction,
      transaction`
      select street_code, reported_at from incident where street_code = any(${[...streets]})`,
    )
  return [...changed]
}
