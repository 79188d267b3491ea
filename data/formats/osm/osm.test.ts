import { describe, expect, it } from 'vitest'
import { joinLines } from './join-lines.ts'
import { NodePositions } from './node-positions.ts'
import { openFile } from '../open-file.ts'
import type { Bytes } from '../source-row.ts'
import { testData } from '../../test-data.ts'
import { allRows, inMemory, onDisk } from '../test-bytes.ts'
import { osmPbf, osmXml, type TestOsm } from './test-osm.ts'

/** A street with a house, a courtyard building of four ways, and a pond that was cut at the edge. */
const town: TestOsm = {
  nodes: [
    [1, 114.2, 30.5],
    [2, 114.21, 30.5],
    [3, 114.21, 30.51],
    [4, 114.2, 30.51],
    [5, 114.203, 30.503],
    [6, 114.206, 30.503],
    [7, 114.206, 30.506],
    [8, 114.2001, 30.5001, { 'addr:housenumber': '12号', 'addr:street': '胜利街' }],
    [9, 114.25, 30.55, { place: 'neighbourhood', name: '胜利"新村"' }],
    [10, 114.26, 30.55, { amenity: 'clinic', name: '卫生站' }],
  ],
  ways: [
    [11, [1, 2], {}],
    [12, [3, 2], {}],
    [13, [3, 4, 1], {}],
    [14, [5, 6, 7, 5], {}],
    [15, [1, 2, 3, 4, 1], { building: 'apartments', 'building:levels': '6', 'name:fr': 'non', name: '一栋' }],
    [16, [1, 3], { highway: 'residential', name: '胜利街' }],
    [17, [1, 2, 99, 1], { natural: 'water' }],
    [18, [1, 2, 3, 1], { highway: 'service', building: 'no' }],
    [19, [1, 4, 3, 1], { leisure: 'park', name: '公园' }],
  ],
  relations: [
    [
      21,
      [
        ['way', 11, 'outer'],
        ['way', 12, 'outer'],
        ['way', 13, 'outer'],
        ['way', 14, 'inner'],
      ],
      { type: 'multipolygon', building: 'yes' },
    ],
    [
      22,
      [
        ['way', 11, 'outer'],
        ['way', 12, 'outer'],
      ],
      { type: 'multipolygon', building: 'yes' },
    ],
    [23, [['way', 11, 'outer']], { type: 'route', building: 'yes' }],
  ],
}
const read = async (bytes: Bytes, layer?: string) => {
  const source = await openFile(bytes, { layer })
  const rows = await allRows(source)
  return {
    source,
    features: rows.map(({ id, geometry, cells }) => ({
      id,
      ...(geometry as { type: string; coordinates: unknown }),
      tags: Object.fromEntries(
        source.columns.flatMap((column, i) => (cells[i] === undefined ? [] : [[column, cells[i]]])),
      ),
    })),
  }
}
const forms = [
  ['XML', inMemory('town.osm', osmXml(town), 97)],
  ['PBF', inMemory('town.osm.pbf', osmPbf(town), 97)],
] as const

describe('readOsm', () => {
  it('takes no PBF for XML because a byte of its header looks like a tag', async () => {
    const bytes = osmPbf(town, ['OsmSchema-V0.6', 'DenseNodes'], '<osm>'.repeat(9))
    expect(bytes.subarray(0, 200).includes('<osm>')).toBe(true)
    const rows = await allRows(await openFile(inMemory('town.osm.pbf', bytes)))
    expect(rows.length).toBeGreaterThan(1)
  })
})

describe.each(forms)('readOsm of %s', (_, bytes) => {
  it('reads buildings, ways and relations with their courtyards, by default', async () => {
    const { source, features } = await read(bytes)
    expect(source).toMatchObject({ format: 'osm', crs: 'wgs84' })
    expect(features.map(({ id, type, tags }) => [id, type, tags])).toEqual([
      ['way/15', 'Polygon', { building: 'apartments', 'building:levels': '6', name: '一栋', osm_id: 'way/15' }],
      ['relation/21', 'Polygon', { type: 'multipolygon', building: 'yes', osm_id: 'relation/21' }],
    ])
    expect((features[1]?.coordinates as unknown[][] | undefined)?.map((ring) => ring.length)).toEqual([5, 4])
    expect(source.notes.map(({ zh }) => zh)).toEqual([
      expect.stringContaining('--layer'),
      '1 个多边形关系没有闭合，已略去',
    ])
  })

  it('reads what a base map is drawn from, addresses and points', async () => {
    const { source, features } = await read(bytes, 'base')
    expect(features.map(({ id, type }) => [id, type])).toEqual([
      ['node/8', 'Point'],
      ['node/9', 'Point'],
      ['way/16', 'LineString'],
      ['way/18', 'LineString'],
      ['way/19', 'Polygon'],
    ])
    expect(features[1]?.tags['name']).toBe('胜利"新村"')
    expect(source.notes.map(({ zh }) => zh)).toEqual(['1 个对象在裁切的边缘缺了节点，已略去'])
    expect((await read(bytes, 'addresses')).features.map(({ tags }) => tags['addr:housenumber'])).toEqual(['12号'])
    expect((await read(bytes, 'points')).features.map(({ tags }) => tags['amenity'])).toEqual(['clinic'])
    await expect(read(bytes, 'x')).rejects.toThrow('没有图层“x”')
  })
})

describe('readOsm', () => {
  it('reads ways that bring the places of their nodes, as Overpass gives them', async () => {
    const nd = (ref: number, lon: number, lat: number) => `<nd ref="${ref}" lat="${lat}" lon="${lon}"/>`
    const ring = nd(1, 114.3, 30.6) + nd(2, 114.301, 30.6) + nd(3, 114.301, 30.601) + nd(1, 114.3, 30.6)
    const text = `<osm><way id="1">${ring}<tag k="building" v="yes"/></way><relation id="2"><member type="way" ref="1" role="outer"><nd lat="30.6" lon="114.3"/></member></relation></osm>`
    const { features } = await read(inMemory('a.osm', text))
    expect(features.map(({ id, coordinates }) => [id, coordinates])).toEqual([
      [
        'way/1',
        [
          [
            [114.3, 30.6],
            [114.301, 30.6],
            [114.301, 30.601],
            [114.3, 30.6],
          ],
        ],
      ],
    ])
  })

  const bad = (zone: Partial<TestOsm>): TestOsm => ({ nodes: [], ways: [], relations: [], ...zone })
  it.each([
    ['a node off the earth', inMemory('a.osm', osmXml(bad({ nodes: [[1, 3.141, 200]] }))), /节点 1 的坐标超出/],
    ['the same as PBF', inMemory('a.pbf', osmPbf(bad({ nodes: [[1, 3.141, 200]] }))), /节点 1 的坐标超出/],
    ['an id that is none', inMemory('a.osm', '<osm><node id="x" lon="1" lat="1"/></osm>'), /id 不是数字/],
    ['a feature that it does not know', inMemory('a.pbf', osmPbf(town, ['LocationsOnWays2'])), /LocationsOnWays2/],
    ['an end in the middle', inMemory('a.pbf', osmPbf(town).subarray(0, -5)), /已损坏/],
    ['only a beginning', inMemory('a.pbf', osmPbf(town).subarray(0, 20)), /已损坏/],
  ])('refuses %s', async (_, bytes, reason) => {
    await expect(read(bytes, 'base')).rejects.toThrow(reason)
  })

  const liechtenstein = testData('osm/liechtenstein-2013-08-03.osm.pbf')
  it.skipIf(liechtenstein === null)(
    'reads a country: as many buildings and roads as GDAL (needs shared/data)',
    async () => {
      const { features } = await read(onDisk(liechtenstein ?? ''))
      // ogrinfo -sql "select count(*) from multipolygons where building is not null"
      expect(features).toHaveLength(3723)
      const base = await read(onDisk(liechtenstein ?? ''), 'base')
      expect(base.features.filter(({ tags }) => 'highway' in tags).length).toBeGreaterThan(2000)
    },
  )

  const invalid = testData('osm/test_invalid_location.osm')
  it.skipIf(invalid === null)('refuses the invalid file with its reason (needs shared/data)', async () => {
    await expect(read(onDisk(invalid ?? ''), 'base')).rejects.toThrow('纬度 200')
  })
})

describe('joinLines and NodePositions', () => {
  it('close rings in any direction, and count what stays open', () => {
    const ring = joinLines([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [1, 1],
        [1, 0],
      ],
      [
        [1, 1],
        [0, 0],
      ],
      [
        [5, 5],
        [6, 6],
      ],
    ])
    expect(ring).toEqual({
      rings: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
      open: 1,
    })
  })

  it('know the place of each node that was wanted, however often', () => {
    const places = new NodePositions('x')
    for (let round = 0; round < 5; round++) places.want(Array.from({ length: 50_000 }, (_, i) => i * 3))
    places.settle()
    expect(places.count).toBe(50_000)
    places.put(2_999 * 3, -179.9999999, 89.9999999)
    places.put(1, 1, 1)
    expect(places.get(2_999 * 3)).toEqual([-179.9999999, 89.9999999])
    expect(places.get(1)).toBeNull()
    expect(places.get(3)).toBeNull()
    expect(() => {
      for (let from = 0; from < 9e6; from += 50_000) places.want(Array.from({ length: 50_000 }, (_, i) => from + i))
    }).toThrow('太大')
  })
})
