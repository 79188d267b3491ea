import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { exportDatumNames, exportDatumNotes } from '../../domain/datum.ts'
import { boundsOf } from '../geometry/map-positions.ts'
import { asMulti, asWritten, writeWkb } from '../geometry/write-wkb.ts'
import { writtenCrs } from '../written-crs.ts'
import {
  type ColumnKind,
  explainColumns,
  explanationHeadings,
  mostBytesOnDisk,
  refuseLarge,
  type WrittenFile,
  type WrittenTable,
  type WrittenValue,
} from '../written-table.ts'
import { qgisStyle } from './qgis-style.ts'

/**
 * A GeoPackage 1.3 (OGC 12-128r18) with the layer, a style that QGIS opens it with (`layer_styles`), and two tables
 * without geometry that explain the columns and say what made the file. GCJ-02 has no code: its layer is in the
 * standard's “undefined geographic” system 0, and says in its name which it is. SQLite needs a file, which is made below
 * `temporary` and removed.
 *
 * @throws ProblemError `too_large` for one of more than `most` bytes
 */
export async function* writeGeopackage(table: WrittenTable, temporary: string, most = mostBytesOnDisk): WrittenFile {
  const folder = await mkdtemp(join(temporary, 'geopackage-'))
  const path = join(folder, 'export.gpkg')
  try {
    const database = new DatabaseSync(path)
    try {
      await fill(database, table, most)
    } finally {
      database.close()
    }
    yield* createReadStream(path) as AsyncIterable<Uint8Array>
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const schema = `
pragma application_id = 0x47504b47; pragma user_version = 10300; pragma journal_mode = off; pragma synchronous = off;
create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer primary key not null, organization text not null, organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (table_name text primary key not null, data_type text not null, identifier text unique, description text default '', last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x double, min_y double, max_x double, max_y double, srs_id integer, constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));
create table gpkg_geometry_columns (table_name text not null, column_name text not null, geometry_type_name text not null, srs_id integer not null, z tinyint not null, m tinyint not null, constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name), constraint fk_gc_tn foreign key (table_name) references gpkg_contents (table_name), constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id));
create table layer_styles (id integer primary key autoincrement not null, f_table_catalog text, f_table_schema text, f_table_name text, f_geometry_column text, styleName text, styleQML text, styleSLD text, useAsDefault boolean, description text, owner text, ui text, update_time datetime default (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
insert into gpkg_contents (table_name, data_type, identifier) values ('layer_styles', 'attributes', 'layer_styles');`

const undefinedGeographic = 0

async function fill(database: DatabaseSync, table: WrittenTable, most: number): Promise<void> {
  const { name, columns, language, datum, shape, style } = table
  const crs = writtenCrs[datum]
  const srs = crs?.epsg ?? undefinedGeographic
  const names = columnNames(columns.map(({ label }) => label[language]))
  database.exec(schema)
  const system = database.prepare('insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)')
  system.run('Undefined Cartesian', -1, 'NONE', -1, 'undefined', null)
  system.run('Undefined geographic', 0, 'NONE', 0, 'undefined', null)
  for (const { epsg, name: called, wkt } of [writtenCrs.wgs84, writtenCrs.cgcs2000].filter((one) => one !== null))
    system.run(called, epsg, 'EPSG', epsg, wkt, null)
  const listed = names.map((column, index) => `${quoted(column)} ${types[columns[index]?.kind ?? 'text']}`)
  database.exec(
    `create table ${quoted(name)} (fid integer primary key autoincrement not null, geom blob${listed.map((column) => `, ${column}`).join('')})`,
  )
  const insert = database.prepare(
    `insert into ${quoted(name)} (geom, ${names.map(quoted).join(', ')}) values (?${', ?'.repeat(names.length)})`,
  )
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  const classified: number[] = []
  let count = 0
  const size = database.prepare('select page_count * page_size as bytes from pragma_page_count, pragma_page_size')
  database.exec('begin')
  for await (const batch of table.rows) {
    for (const { values, geometry } of batch) {
      const written = geometry === null ? null : asWritten(geometry)
      if (written !== null) {
        const [west, south, east, north] = boundsOf(written)
        const [w, s, e, n] = bounds
        Object.assign(bounds, [Math.min(w, west), Math.min(s, south), Math.max(e, east), Math.max(n, north)])
      }
      if (style.classesOf !== undefined) {
        const value = values[style.classesOf]
        if (typeof value === 'number') classified.push(value)
      }
      insert.run(
        written === null ? null : geopackageGeometry(writeWkb(shape === 'area' ? asMulti(written) : written), srs),
        ...values.map((value, index) => stored(value, columns[index]?.kind ?? 'text')),
      )
    }
    count += batch.length
    const { bytes } = size.get() as { bytes: number }
    refuseLarge(bytes, most)
  }
  const about = await table.about(count)
  const called = `${table.title[language]}${crs === null ? ` ${exportDatumNames[datum]}` : ''}`
  const description = [...about.map(([item, value]) => `${item}: ${value}`), exportDatumNotes[datum][language]].join(
    '\n',
  )
  const box = Number.isFinite(bounds[0]) ? bounds : [null, null, null, null]
  database
    .prepare(
      "insert into gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id) values (?, 'features', ?, ?, ?, ?, ?, ?, ?)",
    )
    .run(name, called, description, ...box, srs)
  const geometryType = { point: 'POINT', area: 'MULTIPOLYGON', mixed: 'GEOMETRY' }[shape]
  database.prepare('insert into gpkg_geometry_columns values (?, ?, ?, ?, 0, 0)').run(name, 'geom', geometryType, srs)
  const classes = style.classesOf === undefined ? null : { column: names[style.classesOf] ?? '', values: classified }
  database
    .prepare(
      "insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner) values ('', '', ?, 'geom', ?, ?, '', 1, '', '')",
    )
    .run(name, called, qgisStyle(shape, style, classes))
  const zh = language === 'zh'
  addTable(
    database,
    zh ? '列说明' : 'columns',
    explanationHeadings.map((label) => label[language]),
    explainColumns(table),
  )
  addTable(database, zh ? '来源' : 'provenance', zh ? ['项目', '内容'] : ['item', 'value'], about)
  database.exec('commit')
}

/** A table without geometry. */
function addTable(
  database: DatabaseSync,
  name: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const listed = columns.map((column) => `${quoted(column)} text`).join(', ')
  database.exec(`create table ${quoted(name)} (fid integer primary key autoincrement not null, ${listed})`)
  database
    .prepare("insert into gpkg_contents (table_name, data_type, identifier) values (?, 'attributes', ?)")
    .run(name, name)
  const insert = database.prepare(
    `insert into ${quoted(name)} (${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  for (const row of rows) insert.run(...row)
}

const types: Record<ColumnKind, string> = { text: 'text', integer: 'integer', decimal: 'real', time: 'datetime' }

/** Times are UTC with milliseconds (requirement 5). */
function stored(value: WrittenValue, kind: ColumnKind): WrittenValue {
  return typeof value === 'string' && kind === 'time' ? new Date(value).toISOString() : value
}

/** SQLite compares names without regard to the case of ASCII letters; two are the table's own. */
function columnNames(names: readonly string[]): string[] {
  const taken = new Set(['fid', 'geom'])
  return names.map((name) => {
    let free = name
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}_${number}`
    taken.add(free.toLowerCase())
    return free
  })
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Clause 2.1.3: magic, version, flags (little-endian, no envelope), system, and well-known binary. */
function geopackageGeometry(wkb: Buffer, srs: number): Buffer {
  const header = Buffer.alloc(8)
  header.write('GP', 'latin1')
  header[3] = 1
  header.writeInt32LE(srs, 4)
  return Buffer.concat([header, wkb])
}
