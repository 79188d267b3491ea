import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { openFile } from '../open-file.ts'
import type { FileChoices } from '../source-row.ts'
import { testFolder } from '../../test-data.ts'
import { allRows, inMemory, onDisk } from '../test-bytes.ts'
import { folderOf } from '../shapefile/test-shapefile.ts'

const tables = `
  create table gpkg_spatial_ref_sys (srs_name text, srs_id integer primary key, organization text, organization_coordsys_id integer, definition text, description text);
  create table gpkg_contents (table_name text primary key, data_type text, identifier text, description text, last_change text, min_x double, min_y double, max_x double, max_y double, srs_id integer);
  create table gpkg_geometry_columns (table_name text, column_name text, geometry_type_name text, srs_id integer, z integer, m integer);
  insert into gpkg_spatial_ref_sys values ('CGCS2000', 4490, 'EPSG', 4490, 'x', ''), ('GK', 4547, 'EPSG', 4547, 'x', ''), ('own', 100001, 'NONE', 1, 'PROJCS["坐标",GEOGCS["x",DATUM["D_Xian_1980"]]]', ''), ('undefined', -1, 'NONE', -1, 'undefined', '');`
const layer = (name: string, srs: number, box = '114, 30, 115, 31') => `
  create table "${name}" (fid integer primary key, geom blob, "名称" text, "编码" integer, "面积" real, photo blob);
  insert into gpkg_contents values ('${name}', 'features', '', '', '', ${box}, ${srs});
  insert into gpkg_geometry_columns values ('${name}', 'geom', 'GEOMETRY', ${srs}, 0, 0);`

/** A point in a GeoPackage's own wrapping, with an envelope that has to be passed over. */
const point = (x: number, y: number, { z = false } = {}) => {
  const wkb = Buffer.alloc(z ? 29 : 21)
  wkb[0] = 1
  wkb.writeUInt32LE(z ? 1001 : 1, 1)
  wkb.writeDoubleLE(x, 5)
  wkb.writeDoubleLE(y, 13)
  const head = Buffer.alloc(8 + 32)
  head.write('GP')
  head[3] = 0b11
  return Buffer.concat([head, wkb])
}

const folder = testFolder('gpkg')

function make(
  sql: string,
  rows: [layer: string, ...values: (Buffer | string | number | bigint | null)[]][] = [],
): string {
  const path = join(mkdtempSync(join(folder, '_')), 'map.gpkg')
  const database = new DatabaseSync(path)
  database.exec(tables + sql)
  for (const [name, ...values] of rows)
    database.prepare(`insert into "${name}" values (${values.map(() => '?').join()})`).run(...values)
  database.close()
  return path
}

const read = async (path: string, choices: FileChoices = {}) => {
  const source = await openFile(onDisk(path), choices)
  return { source, rows: await allRows(source) }
}

describe('readGeopackage', () => {
  it('reads a layer with its attributes, its system and its ids', async () => {
    const path = make(layer('网格', 4547), [
      ['网格', 3, point(525_898.5, 3_384_441.7), '第一', 42010201200100001n, 12.5, Buffer.from('x')],
      ['网格', 4, null, null, null, null, null],
      ['网格', 9, point(1, 2, { z: true }), '第三', 7, 1, null],
      ['网格', 10, Buffer.from('GP'), '第四', 8, 1, null],
    ])
    const { source, rows } = await read(path)
    expect(source).toMatchObject({
      format: 'geopackage',
      crs: 'EPSG:4547',
      columns: ['fid', '名称', '编码', '面积', 'photo'],
      questions: [],
    })
    expect(rows.map(({ id, cells, geometry, fault }) => [id, cells.slice(1), geometry, fault?.en])).toEqual([
      [
        '3',
        ['第一', '42010201200100001', 12.5, null],
        { type: 'Point', coordinates: [525_898.5, 3_384_441.7] },
        undefined,
      ],
      ['4', [null, null, null, null], null, undefined],
      ['9', ['第三', 7, 1, null], { type: 'Point', coordinates: [1, 2] }, undefined],
      ['10', ['第四', 8, 1, null], null, 'the geometry is damaged'],
    ])
    expect(source.notes.map(({ zh }) => zh)).toEqual(['1 条记录没有图形', '1 个图形带高程（Z）或测量值（M），已略去'])
  })

  it('passes over what QGIS keeps beside the layers', async () => {
    const styles = `create table layer_styles (id integer primary key, stylename text); insert into gpkg_contents values ('layer_styles', 'attributes', '', '', '', null, null, null, null, 0);`
    const { source } = await read(make(layer('a', 4490) + styles))
    expect([source.questions, source.layers?.length]).toEqual([[], 1])
  })

  it('asks which layer, and what an undefined or unknown system is', async () => {
    const path = make(
      layer('a', 4490) + layer('b', -1) + layer('c', 100_001) + layer('d', -1, '38525898, 3384441, 38529735, 3385560'),
    )
    const { source } = await read(path)
    expect(source.layers?.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
    expect(source.questions?.map(({ about }) => about)).toEqual(['layer'])
    expect((await read(path, { layer: 'a' })).source).toMatchObject({ crs: 'cgcs2000', questions: [] })
    expect((await read(path, { layer: 'b' })).source.questions?.[0]).toMatchObject({ about: 'crs' })
    expect((await read(path, { layer: 'c' })).source.questions?.[0]?.label.zh).toMatch('西安80')
    expect((await read(path, { layer: 'd' })).source).toMatchObject({ crs: 'EPSG:4526' })
    await expect(read(path, { layer: 'x"; drop table a; --' })).rejects.toThrow('没有图层')
  })

  it('reads no view, no virtual table, and nothing that its schema would compute', async () => {
    const contents = (name: string) =>
      `insert into gpkg_contents values ('${name}', 'features', '', '', '', 0, 0, 1, 1, 4490);`
    const views = make(
      `create view spy as with recursive n(i) as (select 1 union all select i + 1 from n) select i as fid from n; ${contents('spy')}`,
    )
    await expect(read(views)).rejects.toThrow('视图不能读取')
    const virtual = make(`create virtual table words using fts5(body); ${contents('words')}`)
    await expect(read(virtual)).rejects.toThrow('没有可以读取的图层')
    // Computed columns are not part of what is read.
    const generated = make(
      `create table g (fid integer primary key, n text generated always as (hex(zeroblob(1000))) virtual); ${contents('g')} insert into g values (1);`,
    )
    expect((await read(generated)).source.columns).toEqual(['fid'])
  })

  it('leaves the file and its folder as they are, also in write-ahead mode', async () => {
    const path = make(`pragma journal_mode = wal; ${layer('网格', 4490)}`, [
      ['网格', 1, point(114, 30), '一', 1, 1, null],
    ])
    const before = readFileSync(path)
    expect((await read(path)).rows).toHaveLength(1)
    expect(readdirSync(join(path, '..'))).toEqual(['map.gpkg'])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('refuses a file whose latest rows are only in the log beside it, and says where they may be', async () => {
    const path = make(`pragma journal_mode = wal; ${layer('网格', 4490)}`, [
      ['网格', 1, point(114, 30), '一', 1, 1, null],
    ])
    expect((await read(path)).source.notes[0]?.zh).toContain('若还在 QGIS 等软件中打开')
    const open = new DatabaseSync(path)
    open.exec(`insert into "网格" ("名称") values ('二')`)
    await expect(read(path)).rejects.toThrow('还有没写进去的修改')
    open.close()
    expect((await read(path)).rows).toHaveLength(2)
  })

  it('refuses what is no GeoPackage', async () => {
    await expect(read(folderOf({ 'a.gpkg': `SQLite format 3\0${'x'.repeat(200)}` }).path ?? '')).rejects.toThrow(
      '不是有效的 GeoPackage',
    )
    const empty = join(folder, 'empty.gpkg')
    const database = new DatabaseSync(empty)
    database.exec('create table x (y)')
    database.close()
    await expect(read(empty)).rejects.toThrow('不是 GeoPackage')
    await expect(openFile(inMemory('a.gpkg', 'SQLite format 3\0'))).rejects.toThrow('单独的文件')
  })
})
