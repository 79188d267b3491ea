import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileProblem } from './file-problem.ts'
import { openFile } from './open-file.ts'
import type { Bytes } from './source-row.ts'
import { testFolder } from '../test-data.ts'
import { inMemory, onDisk } from './test-bytes.ts'
import { dbf, shp } from './shapefile/test-shapefile.ts'
import { osmPbf, osmXml, type TestOsm } from './osm/test-osm.ts'
import { zip } from './archive/test-zip.ts'
import { readWkb } from './geometry/wkb.ts'

const folder = testFolder('hostile')

/** Reads a file to its end; only a sentence may come out instead. */
async function outcomeOf(bytes: Bytes): Promise<'rows' | 'sentence'> {
  try {
    const source = await openFile(bytes)
    for await (const batch of source.batches) if (batch.length > 100_000) throw new Error('rows without end')
    return 'rows'
  } catch (error) {
    if (error instanceof FileProblem) return 'sentence'
    throw error
  }
}

/** No crash; what never ends runs into the test's timeout. */
async function expectAnEnd(bytes: Bytes): Promise<void> {
  expect(['rows', 'sentence']).toContain(await outcomeOf(bytes))
}

/** A valid file with some of its bytes changed, a piece taken out or put in twice, or cut off. */
function mutations(valid: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(valid.length - 1)
  const extreme = fc.constantFrom(0, 1, 0x7f, 0x80, 0xfe, 0xff)
  const changed = fc.array(fc.tuple(place, fc.oneof(fc.integer({ min: 0, max: 255 }), extreme)), {
    minLength: 1,
    maxLength: 12,
  })
  return fc.oneof(
    changed.map((changes) => {
      const copy = valid.slice()
      for (const [at, value] of changes) copy[at] = value
      return copy
    }),
    fc
      .tuple(place, fc.nat(64), fc.boolean())
      .map(([at, length, twice]) =>
        twice
          ? Buffer.concat([valid.subarray(0, at + length), valid.subarray(at)])
          : Buffer.concat([valid.subarray(0, at), valid.subarray(at + length)]),
      ),
    place.map((at) => valid.slice(0, at)),
  )
}

const square = [
  [114, 30],
  [114, 31],
  [115, 31],
  [115, 30],
  [114, 30],
]
const shapes = shp([{ type: 5, parts: [square, square] }, null, { point: [114, 30] }, { type: 15, parts: [square] }])
const table = dbf(
  [
    { name: '名称', type: 'C', length: 8 },
    { name: 'n', type: 'N', length: 4 },
  ],
  [
    ['一', '1'],
    ['二', '2'],
    ['三', '3'],
    ['四', 'x'],
  ],
)

const kml = Buffer.from(
  '<kml><Folder><name>甲</name><Placemark id="1"><name>&lt;一</name><ExtendedData><Data name="户数"><value>3</value></Data></ExtendedData><MultiGeometry><Point><coordinates>1,2</coordinates></Point><Polygon><outerBoundaryIs><LinearRing><coordinates>1,2 3,4 5,6 1,2</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark></Folder></kml>',
)

function gpkg(): Uint8Array {
  const database = new DatabaseSync(':memory:')
  database.exec(`
    create table gpkg_spatial_ref_sys (srs_name, srs_id integer primary key, organization, organization_coordsys_id, definition);
    create table gpkg_contents (table_name, data_type, identifier, description, last_change, min_x, min_y, max_x, max_y, srs_id);
    create table gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);
    insert into gpkg_spatial_ref_sys values ('x', 4490, 'EPSG', 4490, '');
    create table a (fid integer primary key, geom blob, n text);
    insert into gpkg_contents values ('a', 'features', '', '', '', 0, 0, 1, 1, 4490);
    insert into gpkg_geometry_columns values ('a', 'geom', 'POINT', 4490, 0, 0);
    insert into a values (1, x'4750000100000000010100000000000000000000000000000000000000', 'x');`)
  const path = join(folder, 'valid.gpkg')
  database.exec(`vacuum into '${path}'`)
  database.close()
  return readFileSync(path)
}

describe('readers of geodata, fed with what no program writes, end with rows or a sentence', () => {
  const options = { numRuns: 150 }

  it('Shapefile', async () => {
    const parts = {
      'a.shp': shapes,
      'a.dbf': table,
      'a.prj': Buffer.from('GEOGCS["x",DATUM["D_China_2000"],UNIT["Degree",0.0174532925199433]]'),
    }
    const mutated = fc
      .tuple(fc.constantFrom(...(Object.keys(parts) as (keyof typeof parts)[])), fc.nat())
      .chain(([name]) => mutations(parts[name]).map((content) => ({ ...parts, [name]: content })))
    await fc.assert(
      fc.asyncProperty(mutated, async (files) => {
        await expectAnEnd(
          inMemory('a.zip', zip(...Object.entries(files).map(([name, content]) => ({ name, content, stored: true })))),
        )
      }),
      options,
    )
  })

  it('KML', async () => {
    await fc.assert(
      fc.asyncProperty(mutations(kml), (content) => expectAnEnd(inMemory('a.kml', content, 13))),
      options,
    )
  })

  it('GeoJSON', async () => {
    const valid = Buffer.from(
      '{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:4547"}},"features":[{"type":"Feature","id":1,"properties":{"a":"\\u4e00","b":[1e308]},"geometry":{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6],[1,2]]]}}]}',
    )
    await fc.assert(
      fc.asyncProperty(mutations(valid), (content) => expectAnEnd(inMemory('a.geojson', content, 13))),
      options,
    )
  })

  it('GeoPackage', async () => {
    const valid = gpkg()
    let number = 0
    await fc.assert(
      fc.asyncProperty(mutations(valid), (content) => {
        const path = join(folder, `${number++}.gpkg`)
        writeFileSync(path, content)
        return expectAnEnd(onDisk(path))
      }),
      { numRuns: 60 },
    )
  })

  it('OpenStreetMap, XML and PBF', async () => {
    const town: TestOsm = {
      nodes: [
        [1, 114, 30],
        [2, 114.1, 30],
        [3, 114, 30.1],
      ],
      ways: [[4, [1, 2, 3, 1], { building: 'yes' }]],
      relations: [[5, [['way', 4, 'outer']], { type: 'multipolygon', building: 'yes' }]],
    }
    const xml = mutations(Buffer.from(osmXml(town))).map((content) => inMemory('a.osm', content, 31))
    const pbf = mutations(osmPbf(town)).map((content) => inMemory('a.osm.pbf', content, 31))
    await fc.assert(fc.asyncProperty(fc.oneof(xml, pbf), expectAnEnd), { numRuns: 300 })
  })

  it.each(['a.shp', 'a.dbf', 'a.kml', 'a.kmz', 'a.zip', 'a.geojson'])('bytes at random, called %s', async (name) => {
    const begin =
      { 'a.shp': '\0\0\x27\x0a', 'a.kml': '<kml>', 'a.kmz': 'PK\x03\x04', 'a.zip': 'PK\x03\x04', 'a.geojson': '{' }[
        name
      ] ?? ''
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (rest) =>
        expectAnEnd(inMemory(name, Buffer.concat([Buffer.from(begin, 'latin1'), rest]))),
      ),
      { numRuns: 60 },
    )
  })

  it('well-known binary', () => {
    const line = Buffer.from('0102000000ffffffff', 'hex')
    expect(readWkb(line)).toHaveProperty('fault')
    const nested = Buffer.concat(Array.from({ length: 100 }, () => Buffer.from('010700000001000000', 'hex')))
    expect(readWkb(nested)).toHaveProperty('fault.en', 'geometries are nested too deep')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 0, max: 20 }), (rest, type) => {
        const reading = readWkb(Buffer.concat([Buffer.from([1, type, 0, 0, 0]), rest]))
        expect('fault' in reading || 'geometry' in reading).toBe(true)
      }),
    )
  })
})
