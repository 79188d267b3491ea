import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readGeojson } from './geojson.ts'
import { testData } from '../../test-data.ts'
import { allRows, inPieces } from '../test-bytes.ts'

const rowsOf = async (text: string, piece?: number) => allRows(readGeojson(inPieces(text, piece)))
const point = { type: 'Point', coordinates: [114.3, 30.6] }

describe('readGeojson', () => {
  it('reads a collection, one feature, and features line by line, with ids and lines', async () => {
    const feature = (id: string | number, name: string) => ({
      type: 'Feature',
      id,
      properties: { name },
      geometry: point,
    })
    const [first, second] = [feature(1, '甲'), feature('b', '乙')]
    const collection = `{"type":"FeatureCollection",\n"name":"x",\n"features":[\n${JSON.stringify(first)},\n${JSON.stringify(second)}\n]}`
    const expected = [
      ['1', '甲', point],
      ['b', '乙', point],
    ]
    const shown = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
      rows.map(({ id, cells, geometry }) => [id, cells[0], geometry])
    expect(shown(await rowsOf(collection))).toEqual(expected)
    expect((await rowsOf(collection)).map(({ line }) => line)).toEqual([4, 5])
    expect(shown(await rowsOf(`${JSON.stringify(first)}\n${JSON.stringify(second)}\n`))).toEqual(expected)
    expect(shown(await rowsOf(`\u001e${JSON.stringify(first)}\n\u001e${JSON.stringify(second)}`))).toEqual(expected)
    expect((await rowsOf(JSON.stringify(point)))[0]?.geometry).toEqual(point)
  })

  it('hands out the crs member, and refuses one that comes too late', async () => {
    const crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}'
    const feature = `{"type":"Feature","properties":{},"geometry":null}`
    const source = readGeojson(inPieces(`{"type":"FeatureCollection",${crs},"features":[${feature}]}`))
    await allRows(source)
    expect(source.crs).toBe('urn:ogc:def:crs:EPSG::4547')
    await expect(rowsOf(`{"type":"FeatureCollection","features":[${feature}],${crs}}`)).rejects.toThrow('--crs')
  })

  it('keeps the digits of a 17-digit code that JSON calls a number', async () => {
    const text =
      '{"type":"Feature","properties":{"code":42010201200100001,"area":12.5,"x":9007199254740993},"geometry":null}'
    expect((await rowsOf(text))[0]?.cells).toEqual(['42010201200100001', 12.5, '9007199254740993'])
  })

  it('reads the same from any cut', async () => {
    const feature = fc.record({
      type: fc.constant('Feature'),
      properties: fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true }),
      geometry: fc.constant(point),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(feature, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(3),
        async (features, piece, space) => {
          const text = JSON.stringify({ features, type: 'FeatureCollection' }, null, space)
          // Whole numbers beyond 2^53 stay digits, tested above.
          fc.pre(!/\d{16}/.test(text))
          const parsed = (JSON.parse(text) as { features: { properties: object }[] }).features
          const source = readGeojson(inPieces(text, piece))
          const rows = await allRows(source)
          const properties = rows.map(({ cells }) =>
            Object.fromEntries(source.columns.flatMap((name, i) => (cells[i] === undefined ? [] : [[name, cells[i]]]))),
          )
          expect(properties).toEqual(parsed.map((feature) => Object.fromEntries(Object.entries(feature.properties))))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('finds where strings of quotes and backslashes end, from any cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('\\', '"', 'a') }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        async (words, piece) => {
          const text = words.map((word) => JSON.stringify({ type: 'Feature', properties: { word } })).join('\n')
          expect((await rowsOf(text, piece)).map(({ cells }) => cells[0])).toEqual(words)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('refuses a feature that never ends, without holding more than the limit of it', async () => {
    let pieces = 0
    async function* endless() {
      yield '{"type":"Feature","properties":{"a":"'
      for (; ; pieces++) yield 'x'.repeat(65_536)
    }
    await expect(allRows(readGeojson(endless()))).rejects.toThrow('第 1 行开始的要素超过 16 百万字符')
    expect(pieces).toBe(Math.floor(16e6 / 65_536))
  })

  it.each([
    ['a missing comma', '{"type":"FeatureCollection","features":[{} {}]}', /逗号/],
    ['a comma too many', '{"type":"FeatureCollection","features":[{},]}', /缺少一个值/],
    ['an end in the middle', '{"type":"FeatureCollection","features":[{"a":1}', /中途结束/],
    ['something else', '[1,2]', /GeoJSON 对象/],
    ['nothing', ' \n', /空的/],
    ['a member twice', '{"type":"Feature","type":"Feature"}', /两次/],
  ])('refuses a file with %s', async (_, text, message) => {
    await expect(rowsOf(text)).rejects.toThrow(message)
  })

  const folder = testData('geojson')
  it.skipIf(folder === null)('takes every good file of the corpus (needs shared/data)', async () => {
    for (const file of readdirSync(`${folder}/good`)) {
      const rows = await rowsOf(readFileSync(`${folder}/good/${file}`, 'utf8'))
      expect([file, rows.map(({ fault }) => fault)]).toEqual([file, rows.map(() => null)])
      expect(rows.length).toBeGreaterThan(0)
    }
  })

  it.skipIf(folder === null)(
    'refuses every bad file of the corpus, or says what it put right (needs shared/data)',
    async () => {
      /** What is for the check of a boundary (tested there): the winding and closing of rings. */
      const rings =
        /^(bad-polygon-interiorring-rhr|different-first-|polygon_winding_order|short-linearring|bad-polygonloop)/
      const harmless = /^excessive_precision/
      const files = readdirSync(`${folder}/bad`).filter(
        (name) => name.endsWith('.geojson') && !rings.test(name) && !harmless.test(name),
      )
      expect(files.length).toBeGreaterThan(30)
      for (const file of files) {
        const source = readGeojson(inPieces(readFileSync(`${folder}/bad/${file}`, 'utf8')))
        const outcome = await allRows(source).then(
          (rows) =>
            rows.some(({ fault }) => fault !== null) ? 'refused' : source.notes.length > 0 ? 'noted' : 'passed',
          () => 'refused',
        )
        expect([file, outcome]).not.toEqual([file, 'passed'])
      }
    },
  )

  it.each([
    ['Esri JSON', '{"geometryType":"esriGeometryPoint","features":[{"attributes":{},"geometry":{"x":114,"y":30}}]}'],
    ['TopoJSON', '{"type":"Topology","objects":{},"arcs":[]}'],
    ['Overpass 的 JSON', '{"version":0.6,"osm3s":{},"elements":[]}'],
    ['JSON', '[{"a":1}]'],
  ])('says of %s that it is that, and what to do', async (name, text) => {
    await expect(rowsOf(text)).rejects.toThrow(new RegExp(`${name}.*后再导入`))
  })

  it.each([
    ['a box of three numbers', '{"type":"Point","coordinates":[2,2],"bbox":[1,2,3]}', 'wrong bboxes'],
    ['a fourth number', '{"type":"Point","coordinates":[2,4,6,8]}', 'more than three numbers'],
    ['a box of words', '{"type":"FeatureCollection","bbox":"x","features":[]}', 'wrong bboxes'],
    [
      'collections in collections',
      '{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]},{"type":"Point","coordinates":[1,2]}]}',
      'inside another',
    ],
  ])('reads over %s, and says so', async (_, text, note) => {
    const source = readGeojson(inPieces(text))
    expect((await allRows(source)).every(({ fault }) => fault === null)).toBe(true)
    expect(source.notes[0]?.en).toContain(note)
  })
})
