import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { asWritten, writeWkb } from '../geometry/write-wkb.ts'
import { boundsOf } from '../geometry/map-positions.ts'
import { writtenCrs } from '../written-crs.ts'
import type { ColumnKind, WrittenColumn, WrittenFile, WrittenRow, WrittenTable } from '../written-table.ts'

type ParquetSchema = ConstructorParameters<typeof ParquetWriter>[0]['schema']
type Element = ParquetSchema[number]

/** Rows of a group: readers skip and load whole groups. */
const rowsPerGroup = 10_000

/**
 * GeoParquet 1.1: columns with types, the geometry as well-known binary with longitude first. `geo` in the file's own
 * metadata names the system (`crs`: absent for WGS84, PROJJSON for CGCS2000, null for GCJ-02, which means “unknown”);
 * `minqing` beside it says what made the file.
 */
export async function* writeGeoparquet(table: WrittenTable): WrittenFile {
  const { columns, language, rows, metadata } = table
  const names = columns.map(({ label }) => label[language])
  const schema: ParquetSchema = [
    { name: 'root', num_children: columns.length + 1 },
    ...columns.map((column, index) => elementOf(names[index] ?? '', column)),
    { name: geometryColumn, type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
  ]
  const bytes = new ByteWriter()
  const keyValues: { key: string; value: string }[] = []
  const writer = new ParquetWriter({ writer: bytes, schema, kvMetadata: keyValues, createdBy: 'Minqing Map' })
  const found = { count: 0, box: [Infinity, Infinity, -Infinity, -Infinity], types: new Set<string>() }
  const writeGroup = (group: readonly WrittenRow[]) => {
    const columnData = columns.map(({ kind }, index) => ({
      name: names[index] ?? '',
      data: group.map(({ values }) => parquetValue(values[index] ?? null, kind)),
    }))
    const geometries = group.map(({ geometry }) => (geometry === null ? null : asWritten(geometry)))
    for (const geometry of geometries) if (geometry !== null) note(found, geometry)
    const shapes = { name: geometryColumn, data: geometries.map((shape) => (shape === null ? null : writeWkb(shape))) }
    void writer.write({ columnData: [...columnData, shapes], rowGroupSize: group.length })
    found.count += group.length
  }
  let group: WrittenRow[] = []
  for await (const batch of rows) {
    group.push(...batch)
    if (group.length < rowsPerGroup) continue
    writeGroup(group)
    group = []
    yield taken(bytes)
  }
  if (group.length > 0) writeGroup(group)
  keyValues.push(
    { key: 'geo', value: JSON.stringify(geoMetadata(table, found)) },
    { key: 'minqing', value: JSON.stringify(await metadata(found.count)) },
  )
  void writer.finish()
  yield taken(bytes)
}

const geometryColumn = 'geometry'

/** What was written since the last time; the writer's own offsets go on. */
function taken(bytes: ByteWriter): Uint8Array {
  const piece = bytes.getBytes().slice()
  bytes.index = 0
  return piece
}

function elementOf(name: string, { kind }: WrittenColumn): Element {
  const optional = { name, repetition_type: 'OPTIONAL' } as const
  switch (kind) {
    case 'text':
      return { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }
    case 'integer':
      return { ...optional, type: 'INT64' }
    case 'decimal':
      return { ...optional, type: 'DOUBLE' }
    case 'time':
      return { ...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }
  }
}

function parquetValue(value: string | number | null, kind: ColumnKind): string | number | bigint | Date | null {
  if (value === null) return null
  switch (kind) {
    case 'text':
      return String(value)
    case 'integer':
      return BigInt(Math.round(Number(value)))
    case 'decimal':
      return Number(value)
    case 'time':
      return new Date(value)
  }
}

function note(found: { box: number[]; types: Set<string> }, geometry: ReturnType<typeof asWritten>): void {
  const [west, south, east, north] = boundsOf(geometry)
  const [w = west, s = south, e = east, n = north] = found.box
  found.box = [Math.min(w, west), Math.min(s, south), Math.max(e, east), Math.max(n, north)]
  found.types.add(geometry.type)
}

/** https://geoparquet.org/releases/v1.1.0/ */
function geoMetadata(
  { datum }: WrittenTable,
  { count, box, types }: { count: number; box: number[]; types: Set<string> },
) {
  const crs = writtenCrs[datum]
  return {
    version: '1.1.0',
    primary_column: geometryColumn,
    columns: {
      [geometryColumn]: {
        encoding: 'WKB',
        geometry_types: [...types].toSorted(),
        ...(count > 0 && types.size > 0 ? { bbox: box } : {}),
        ...(datum === 'wgs84' ? {} : { crs: crs === null ? null : cgcs2000 }),
      },
    },
  }
}

const axis = (name: string, abbreviation: string, direction: string) => ({
  name,
  abbreviation,
  direction,
  unit: 'degree',
})

/** EPSG:4490 as PROJJSON; the geometry's longitude is first whatever the axes of the system (GeoParquet, “Coordinate axis order”). */
const cgcs2000 = {
  $schema: 'https://proj.org/schemas/v0.5/projjson.schema.json',
  type: 'GeographicCRS',
  name: 'China Geodetic Coordinate System 2000',
  datum: {
    type: 'GeodeticReferenceFrame',
    name: 'China 2000',
    ellipsoid: { name: 'CGCS2000', semi_major_axis: 6_378_137, inverse_flattening: 298.257_222_101 },
  },
  coordinate_system: {
    subtype: 'ellipsoidal',
    axis: [axis('Geodetic latitude', 'Lat', 'north'), axis('Geodetic longitude', 'Lon', 'east')],
  },
  id: { authority: 'EPSG', code: 4490 },
}
