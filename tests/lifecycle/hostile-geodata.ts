import { zip } from '@minqing/data/formats/archive/test-zip'
import { header, megabyte, noise, row, type HostileFile } from './hostile-file.ts'

const feature = (geometry: string, properties = '{"number":"1"}') =>
  `{"type":"FeatureCollection","features":[{"type":"Feature","properties":${properties},"geometry":${geometry}}]}`
const ring = (points: number) =>
  `[${Array.from({ length: points }, (_, at) => {
    const angle = (at / (points - 1)) * 2 * Math.PI
    return `[${114 + Math.cos(angle) / 100},${30 + Math.sin(angle) / 100}]`
  }).join(',')}]`
const entities = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, at) => `<!ENTITY ${'b'.repeat(at + 1)} "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">`).join('')}]>`
const outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
const kml = (inner: string, head = '') =>
  `<?xml version="1.0"?>${head}<kml xmlns="urn:kml"><Document>${inner}</Document></kml>`
const placemark = (inner: string) => `<Placemark><name>&a;</name>${inner}</Placemark>`
/** A comb whose teeth stand so close and slanted that the boxes of all their edges overlap. */
const comb = (teeth: number) => {
  const tooth = (at: number, height: number) => `[${114 + at / 1e6 + height},${30 + height}]`
  const up = Array.from({ length: teeth }, (_, at) => `${tooth(at, 0.0001)},${tooth(at + 0.5, 0.05)}`)
  return `[${up.join(',')},[${114 + teeth / 1e6},30],[114,30],${tooth(0, 0.0001)}]`
}

/** Squares of a kilometre, each moved by a centimetre. */
const stacked = (grids: number) => {
  const square = (west: number, south: number) => {
    const [east, north] = [west + 0.01, south + 0.01]
    const corners = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ]
    return JSON.stringify([corners.map((corner) => corner.map((value) => Number(value.toFixed(7))))])
  }
  const code = (at: number) =>
    `420102012${String(Math.floor(at / 900) + 1).padStart(3, '0')}${String((at % 900) + 1).padStart(3, '0')}`
  const features = Array.from(
    { length: grids },
    (_, at) =>
      `{"type":"Feature","properties":{"网格编码":"${code(at)}"},"geometry":{"type":"Polygon","coordinates":${square(114 + at / 1e7, 30 + at / 1.3e7)}}}`,
  )
  return `{"type":"FeatureCollection","features":[${features.join(',')}]}`
}

/** Geodata in text and binary forms, and archives of it. */
export const hostileGeodata: HostileFile[] = [
  { what: 'noise as GeoJSON', name: 'a.geojson', content: () => noise(megabyte) },
  {
    what: 'noise as a Shapefile',
    name: 'a.shp',
    content: () => Buffer.concat([Buffer.from([0, 0, 0x27, 0x0a]), noise(megabyte)]),
  },
  {
    what: 'noise as a database',
    name: 'a.gpkg',
    content: () => Buffer.concat([Buffer.from('SQLite format 3\0'), noise(megabyte)]),
  },
  {
    what: 'noise as a map extract',
    name: 'a.osm.pbf',
    content: () => Buffer.concat([Buffer.from([0, 0, 0, 13, 10, 9]), Buffer.from('OSMHeader'), noise(megabyte)]),
  },
  {
    what: 'GeoJSON a hundred thousand arrays deep',
    name: 'a.geojson',
    content: () => feature(`{"type":"Polygon","coordinates":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  },
  {
    what: 'properties ten thousand objects deep',
    name: 'a.geojson',
    content: () => feature('null', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  },
  {
    what: 'a polygon of half a million corners',
    name: 'a.geojson',
    content: () => feature(`{"type":"Polygon","coordinates":[${ring(500_000)}]}`),
  },
  {
    what: 'a polygon that crosses itself everywhere',
    name: 'a.geojson',
    content: () =>
      feature(
        `{"type":"Polygon","coordinates":[[${Array.from({ length: 20_000 }, (_, at) => `[${114 + (at % 2) / 100},${30 + ((at * 7919) % 20_000) / 1e6}]`).join(',')},[114,30]]]}`,
      ),
  },
  {
    what: 'a hundred thousand holes',
    name: 'a.geojson',
    content: () =>
      feature(
        `{"type":"Polygon","coordinates":[${ring(5)},${Array.from({ length: 100_000 }, () => '[[114,30],[114.1,30],[114,30.1],[114,30]]').join(',')}]}`,
      ),
  },
  {
    what: 'a feature of eighty megabytes',
    name: 'a.geojson',
    content: () => feature('null', `{"a":"${'x'.repeat(80 * megabyte)}"}`),
  },
  {
    what: 'a hundred thousand properties',
    name: 'a.geojson',
    content: () => feature('null', `{${Array.from({ length: 100_000 }, (_, at) => `"p${at}":1`).join(',')}}`),
  },
  {
    what: 'coordinates of 1e308',
    name: 'a.geojson',
    content: () => feature('{"type":"Point","coordinates":[1e308,-1e308]}'),
  },
  {
    what: 'coordinates of text and nothing',
    name: 'a.geojson',
    content: () => feature('{"type":"Point","coordinates":["a",null]}'),
  },
  {
    what: 'GeoJSON cut off',
    name: 'a.geojson',
    content: () => feature('{"type":"Point","coordinates":[114,30]}').slice(0, -10),
  },
  { what: 'a million opening braces', name: 'a.geojson', content: () => '{"a":'.repeat(1_000_000) },
  {
    what: 'a zip in a zip',
    name: 'a.zip',
    content: () =>
      zip({ name: 'b.zip', content: zip({ name: 'c.zip', content: zip({ name: 'a.csv', content: header + row }) }) }),
  },
  {
    what: 'a zip of fifty thousand entries',
    name: 'a.zip',
    content: () => zip(...Array.from({ length: 50_000 }, (_, at) => ({ name: `${at}.txt`, content: '' }))),
  },
  {
    what: 'a path out of the archive',
    name: 'a.zip',
    content: () => zip({ name: '../../../../etc/passwd', content: 'x' }, { name: 'a.shp', content: 'x' }),
  },
  {
    what: 'an absolute path in the archive',
    name: 'a.zip',
    content: () => zip({ name: '/etc/cron.d/x', content: 'x' }),
  },
  {
    what: 'a link in the archive',
    name: 'a.zip',
    content: () => zip({ name: 'a.shp', content: '/etc/passwd', madeBy: 3, attributes: 0o120777 * 65_536 }),
  },
  { what: 'a billion laughs', name: 'a.kml', content: () => kml(placemark(''), entities) },
  {
    what: 'an entity that reads a file',
    name: 'a.kml',
    content: () => kml(placemark('<Point><coordinates>114,30</coordinates></Point>'), outside),
  },
  { what: 'elements a million deep', name: 'a.kml', content: () => kml('<Folder>'.repeat(1_000_000)) },
  {
    what: 'an element with a million attributes',
    name: 'a.kml',
    content: () => kml(`<Placemark ${Array.from({ length: 1_000_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`),
  },
  {
    what: 'a link to another server',
    name: 'a.kml',
    content: () => kml('<NetworkLink><Link><href>http://127.0.0.1:9/x</href></Link></NetworkLink>'),
  },
  {
    what: 'OSM with an entity',
    name: 'a.osm',
    content: () =>
      `<?xml version="1.0"?>${outside}<osm><node id="1" lat="1" lon="1"><tag k="name" v="&a;"/></node></osm>`,
  },
  {
    what: 'a comb of fifty thousand slanted teeth',
    name: 'a.geojson',
    content: () => feature(`{"type":"Polygon","coordinates":[${comb(49_000)}]}`),
  },
  {
    what: 'two thousand holes in a ring of ninety thousand corners',
    name: 'a.geojson',
    content: () =>
      feature(
        `{"type":"Polygon","coordinates":[${ring(90_000)},${Array.from({ length: 1_990 }, (_, at) => `[[114,${30 + at / 1e6}],[114.000001,${30 + at / 1e6}],[114,${30 + (at + 0.5) / 1e6}],[114,${30 + at / 1e6}]]`).join(',')}]}`,
      ),
  },
  {
    what: 'two and a half thousand grids that all lie on each other',
    name: 'a.geojson',
    content: () => stacked(2_500),
  },
  {
    what: 'coordinates of three million blanks',
    name: 'a.kml',
    content: () => kml(`<Placemark><Point><coordinates>${' '.repeat(3_000_000)}</coordinates></Point></Placemark>`),
  },
  {
    what: 'a folder with a name of a megabyte around ten thousand places',
    name: 'a.kml',
    content: () => kml(`<Folder><name>${'长'.repeat(900_000)}</name>${'<Placemark/>'.repeat(10_000)}</Folder>`),
  },
]
