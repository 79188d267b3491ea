import type { Label } from '@minqing/data/domain/label'
import { addressKey } from '@minqing/data/addresses/normalise'
import { unite } from '@minqing/data/geo/boundary'
import type { MultiPolygon, Polygon } from 'geojson'
import { listed } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import { reasons } from '../check/reasons.ts'
import { lacksOutline } from './match-buildings.ts'

type Box = [west: number, south: number, east: number, north: number]
/** What one piece may say and another not. */
type Facts = { name: string; address: string; floors: number | null; height: number | null; builtYear: number | null }
type Piece = {
  ordinal: number
  line: number
  geometry: string
  west: number
  south: number
  east: number
  north: number
}

/**
 * Makes one building of staged rows with the same id: a map cut into tiles has a building once a tile, whole or in
 * pieces. Rows whose footprints do not touch are not pieces of one building and are refused.
 */
export async function mergePieces(
  transaction: Transaction,
  note: (note: Label) => void,
): Promise<{ refused: Map<number, Label>; merged: number }> {
  const refused = new Map<number, Label>()
  let merged = 0
  const groups = await transaction<({ pieces: Piece[] } & Facts)[]>`
    select json_agg(json_build_object('ordinal', ordinal, 'line', line, 'geometry', geometry,
        'west', (extent[1])[0], 'south', (extent[1])[1], 'east', (extent[0])[0], 'north', (extent[0])[1])
      order by ordinal) as pieces, max(name) as name, max(address) as address, max(floors) as floors,
      max(height) as height, max(built_year) as built_year
    from import_row where source_id is not null and geometry not like '{"type":"Point"%'
    group by street_code, source_id having count(*) > 1`
  for (const { pieces, ...facts } of groups) {
    const [first, ...others] = pieces
    if (first === undefined) continue
    const joined = [first]
    for (const piece of others) {
      if (joined.some((other) => touch(boxOf(other), boxOf(piece)))) joined.push(piece)
      else refused.set(piece.ordinal, reasons.repeatedApart(first.line))
    }
    await transaction`delete from import_row where ordinal = any(${others.map(({ ordinal }) => ordinal)}::integer[])`
    if (joined.length === 1) continue
    merged += joined.length - 1
    note(together)
    await storeUnited(transaction, joined, facts)
  }
  return { refused, merged }
}

type Listed = { ordinal: number; street: string; number: string; community: string; said: string; address: string }

/**
 * Makes one building of the rows without an outline that give one number and say the same of it: a list of households
 * has a row for each, and its address with a room of its own. Rows of one number that say something else, or another
 * point, are several buildings of a list: the number is none of theirs. Gives how many rows became part of another.
 */
export async function mergeListed(
  transaction: Transaction,
  note: (note: Label, rows: number) => void,
): Promise<number> {
  const noOutline = lacksOutline(transaction, transaction`geometry`)
  const rows = await transaction<Listed[]>`
    select ordinal, street_code as street, source_id as number, community_code as community,
      concat_ws('|', estate, name, geometry) as said, case when name = '' then address else '' end as address
    from import_row
    where code is null and ${noOutline} and (street_code, source_id) in (
      select street_code, source_id from import_row where source_id is not null group by 1, 2 having count(*) > 1)
    order by ordinal`
  if (rows.length === 0) return 0
  const buildings = Map.groupBy(rows, ({ street, number, community, said, address }) =>
    [street, number, community, said, addressKey(address)].join('\u001f'),
  )
  const parts = [...buildings.values()].flatMap(([first, ...others]) =>
    others.map(({ ordinal }) => ({ ordinal, first: first?.ordinal ?? 0 })),
  )
  const [ordinals, firsts] = [parts.map(({ ordinal }) => ordinal), parts.map(({ first }) => first)]
  // What the first row leaves out another one may say.
  const columns = [
    'floors',
    'height',
    'units',
    'built_year',
    'households',
    'residents',
    'grid_code',
    'std_address_code',
  ]
  const filled = columns.map((column) => {
    const name = transaction(column)
    return transaction`${name} = coalesce(r.${name}, p.${name})`
  })
  const most = columns.map((column) => transaction`max(${transaction(column)}) as ${transaction(column)}`)
  await transaction`
    update import_row r set ${listed(transaction, filled)}
    from (
      select f.first, ${listed(transaction, most)}
      from unnest(${ordinals}::integer[], ${firsts}::integer[]) as f (ordinal, first) join import_row using (ordinal)
      group by f.first
    ) p
    where r.ordinal = p.first`
  await transaction`delete from import_row where ordinal = any(${ordinals}::integer[])`
  await transaction`
    update import_row r set source_id = null
    where r.code is null and ${lacksOutline(transaction, transaction`r.geometry`)} and exists (
      select from import_row o
      where o.street_code = r.street_code and o.source_id = r.source_id and o.ordinal <> r.ordinal)`
  if (parts.length > 0) note(ofOneNumber, parts.length)
  return parts.length
}

const ofOneNumber = {
  zh: '同一楼栋编号的行（如按户列出的台账），合并为一栋',
  en: 'rows of one building number (as in a list of households), made one building',
}

const together = {
  zh: '同一编号的建筑轮廓（按图幅切开），合并为一栋',
  en: 'buildings whose outline came in pieces (cut at tile edges), made one',
}

async function storeUnited(transaction: Transaction, pieces: readonly Piece[], facts: Facts): Promise<void> {
  const outlines = [...new Set(pieces.map(({ geometry }) => geometry))]
  const { geometry, extent, center } = unite(outlines.map((text) => JSON.parse(text) as Polygon | MultiPolygon))
  const [west, south, east, north] = extent
  await transaction`
    update import_row set geometry = ${JSON.stringify(geometry)},
      extent = ${`((${west},${south}),(${east},${north}))`}::text::box,
      center = ${`(${center.join(',')})`}::text::point,
      name = coalesce(nullif(name, ''), ${facts.name}), address = coalesce(nullif(address, ''), ${facts.address}),
      floors = coalesce(floors, ${facts.floors}), height = coalesce(height, ${facts.height}),
      built_year = coalesce(built_year, ${facts.builtYear})
    where ordinal = ${pieces[0]?.ordinal ?? 0}`
}

function boxOf({ west, south, east, north }: Piece): Box {
  return [west, south, east, north]
}

/** Within a metre: the clipping of tiles rounds. */
function touch(left: Box, right: Box): boolean {
  const gap = 1e-5
  return (
    left[0] <= right[2] + gap && right[0] <= left[2] + gap && left[1] <= right[3] + gap && right[1] <= left[3] + gap
  )
}
