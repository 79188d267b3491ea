import * as fc from 'fast-check'
import { accepted, hostile, mutated } from './hostile-values.ts'
import type { Schema } from './openapi-operations.ts'

/** Values for the choices of an import that are more than a type: words that the reader looks up. */
const words: ReadonlyMap<string, readonly string[]> = new Map([
  ['encoding', ['utf-8', 'gb18030', 'latin1']],
  ['crs', ['wgs84', 'gcj02', 'bd09', 'EPSG:4549', 'EPSG:999999', 'EPSG:2437', 'urn:ogc:def:crs:EPSG::4326']],
  ['delimiter', [',', ';', 'tab', '\t', 'ab']],
  ['timeZone', ['Asia/Shanghai', 'Mars/Olympus', '+25:00']],
  ['street', ['420102012=丹水池街道', '960101001', '1', '960101001=']],
  ['map', ['title=标题', 'lon=经度', 'nothing=标题', 'title=', '=标题', 'title=没有']],
  ['ignore', ['标题', '经度']],
  ['set', ['risk=red', 'type=D02', 'status=constructor', 'number=1']],
  ['type', ['邻里=D02', '邻里=X99', 'constructor=E04']],
])

const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000)

/** Bodies that are JSON for a schema, nearly, or not at all. */
export function jsonBodies(schema: Schema): fc.Arbitrary<string> {
  const good = document(schema)
  return fc.oneof(
    { weight: 5, arbitrary: good },
    { weight: 3, arbitrary: mutated(good) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '',
        '{',
        '}',
        '[]',
        'null',
        '"text"',
        '1e999',
        '{"crs":}',
        "{'crs':'wgs84'}",
        '{"crs":"wgs84",}',
        '\ufeff{}',
        '{"__proto__":{"crs":"wgs84"}}',
        '{"constructor":{"prototype":{}}}',
        '{"crs":"a\\u0000b"}',
        '{"crs":"\\ud800"}',
        '{"crs":"a\0b"}',
        '{"headerRow":1e-400}',
        '{"headerRow":9007199254740993}',
        deep('[', ']'),
        `{"map":${deep('[', ']')}}`,
        deep('{"a":', '}'),
      ),
    },
  )
}

function document({ properties = {} }: Schema): fc.Arbitrary<string> {
  const members = Object.entries(properties).map(([name, schema]) =>
    valueOf(name, schema).map((value) => [name, value]),
  )
  return fc
    .subarray(members, { maxLength: Math.min(5, members.length) })
    .chain((chosen) =>
      chosen.length === 0
        ? fc.constant('{}')
        : fc.tuple(...chosen).map((pairs) => JSON.stringify(Object.fromEntries(pairs))),
    )
}

function valueOf(name: string, schema: Schema): fc.Arbitrary<unknown> {
  const word = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...(words.get(name) ?? ['标题'])) }, hostile)
  switch (schema.type ?? 'string') {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.oneof(accepted(schema).map(Number), fc.constantFrom(0, -1, 1.5, 1e15))
    case 'array':
      return fc.array(word, { maxLength: 3 })
    default:
      return schema.enum === undefined ? word : accepted(schema)
  }
}

const square = '[[[114.3,30.6],[114.31,30.6],[114.31,30.61],[114.3,30.61],[114.3,30.6]]]'
const files = [
  '编号,标题,经度,纬度,时间,事项\n1,漏水,114.305,30.605,2024-05-01,邻里\n',
  '编号,标题,wkt\n1,漏水,POINT (114.3 30.6)\n2,漏水,"{""type"":""Point""}"\n',
  `网格编码,名称,geometry\n960101001001001,一网格,"{""type"":""Polygon"",""coordinates"":${square}}"\n`,
  `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"一"},"geometry":{"type":"Polygon","coordinates":${square}}}]}`,
  '{"type":"Feature","properties":{"name":"一","__proto__":{"a":1}},"geometry":{"type":"Point","coordinates":[114.3,30.6]}}',
  '<?xml version="1.0"?><kml><Document><Placemark><name>一</name><Point><coordinates>114.3,30.6</coordinates></Point></Placemark></Document></kml>',
  '<?xml version="1.0"?><osm><node id="1" lat="30.6" lon="114.3"><tag k="__proto__" v="a"/><tag k="amenity" v="clinic"/></node></osm>',
]
const broken = [
  '',
  '\0',
  'PK\u0003\u0004',
  'SQLite format 3\0',
  `{"type":"Feature","properties":{"a":${deep('[', ']')}},"geometry":null}`,
  `{"type":${deep('[', ']')},"properties":{},"geometry":null}`,
  `编号,wkt\n1,"POINT ${deep('(', ')')}"\n`,
  `编号,geometry\n1,"${deep('[', ']')}"\n`,
]

/** Small files of several formats, whole and damaged: what large ones do is the subject of the readers' own tests. */
export const uploads: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...files) },
  { weight: 3, arbitrary: mutated(fc.constantFrom(...files)) },
  { weight: 1, arbitrary: fc.constantFrom(...broken) },
)
