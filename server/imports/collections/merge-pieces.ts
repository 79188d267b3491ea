import type { Label } from '@minqing/data/domain/label'
import { unite } from '@minqing/data/geo/boundary'
import type { MultiPolygon, Polygon } from 'geojson'
import type { Transaction } from '../../store/connect.ts'
import { reasons } from '../check/reasons.ts'

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
