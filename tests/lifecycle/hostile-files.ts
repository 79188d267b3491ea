import { workbook } from '@minqing/data/formats/xlsx/test-workbook'
import { zip } from '@minqing/data/formats/archive/test-zip'

export type HostileFile = { what: string; name: string; content: () => Buffer | string }

const megabyte = 1024 * 1024
const header = '编号,标题,经度,纬度,时间\n'
const row = '1,好,114.3,30.6,2024-05-01\n'
const cells = (count: number, cell: string) => Array.from({ length: count }, () => cell).join(',')
const feature = (geometry: string, properties = '{"number":"1"}') =>
  `{"type":"FeatureCollection","features":[{"type":"Feature","properties":${properties},"geometry":${geometry}}]}`
const sheetRow = (inner: string) => `<row r="1">${inner}</row>`
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
/** Noise that is the same in every run. */
const noise = (length: number) => {
  let state = 1
  return Buffer.from(Uint8Array.from({ length }, () => (state = (state * 48_271) % 2_147_483_647) & 255))
}
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

/** Files made to do harm, or broken in ways that files break. */
export const hostileFiles: HostileFile[] = [
  { what: 'nothing', name: 'a.csv', content: () => '' },
  { what: 'a byte-order mark alone', name: 'a.csv', content: () => '\ufeff' },
  { what: 'noise as a table', name: 'a.csv', content: () => noise(4 * megabyte) },
  { what: 'noise as a workbook', name: 'a.xlsx', content: () => noise(megabyte) },
  {
    what: 'noise after a zip’s mark',
    name: 'a.xlsx',
    content: () => Buffer.concat([Buffer.from('PK\u0003\u0004'), noise(megabyte)]),
  },
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
  { what: 'zeros', name: 'a.csv', content: () => Buffer.alloc(8 * megabyte) },
  { what: 'one line without an end', name: 'a.csv', content: () => header + 'x'.repeat(40 * megabyte) },
  { what: 'a quote that never closes', name: 'a.csv', content: () => `${header}1,"${'x\n'.repeat(10 * megabyte)}` },
  { what: 'a million columns', name: 'a.csv', content: () => `${cells(1_000_000, 'x')}\n${cells(1_000_000, '1')}\n` },
  { what: 'a million cells in one row', name: 'a.csv', content: () => `${header}${cells(1_000_000, '1')}\n` },
  { what: 'ten million empty lines', name: 'a.csv', content: () => header + '\n'.repeat(10_000_000) },
  { what: 'quotes and nothing else', name: 'a.csv', content: () => header + '"'.repeat(5 * megabyte) },
  {
    what: 'a cell of ten million characters',
    name: 'a.csv',
    content: () => `${header}1,${'长'.repeat(3_500_000)},114.3,30.6,2024-05-01\n`,
  },
  {
    what: 'columns named like the parts of objects',
    name: 'a.csv',
    content: () => '__proto__,constructor,toString,经度,纬度,时间\n1,2,3,114.3,30.6,2024-05-01\n',
  },
  {
    what: 'formulas',
    name: 'a.csv',
    content: () => `${header}=cmd|'/c calc'!A1,"=HYPERLINK(""x"")",114.3,30.6,去年\n`,
  },
  {
    what: 'not-a-number and infinity',
    name: 'a.csv',
    content: () => `${header}1,a,NaN,Infinity,2024-05-01\n2,b,1e400,-1e400,2024-05-01\n`,
  },
  {
    what: 'dates from beyond the calendar',
    name: 'a.csv',
    content: () =>
      `${header}1,a,114.3,30.6,99999-99-99\n2,b,114.3,30.6,0000-00-00\n3,c,114.3,30.6,${'9'.repeat(5000)}\n`,
  },
  {
    what: 'numbers that are slow to match',
    name: 'a.csv',
    content: () => `${header}1,a,${'1,'.repeat(0)}"${'1,111'.repeat(100_000)}x",30.6,2024-05-01\n`,
  },
  {
    what: 'control characters and NUL',
    name: 'a.csv',
    content: () => `${header}1,\u0000\u0001\u001b[2J,114.3,30.6,2024-05-01\n`,
  },
  {
    what: 'half a character at the end',
    name: 'a.csv',
    content: () => Buffer.concat([Buffer.from(header + row), Buffer.from([0xe4, 0xb8])]),
  },
  {
    what: 'UTF-16 cut in the middle',
    name: 'a.csv',
    content: () => Buffer.from(`\ufeff${header}${row}`, 'utf16le').subarray(0, -1),
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
    what: 'a zip bomb of a gigabyte',
    name: 'a.xlsx',
    content: () => zip({ name: 'xl/workbook.xml', content: Buffer.alloc(256 * megabyte), size: 1024 * megabyte }),
  },
  {
    what: 'a sheet that inflates a thousandfold',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: sheetRow(text(' '.repeat(64 * megabyte))) }]),
  },
  {
    what: 'strings that inflate a thousandfold',
    name: 'a.xlsx',
    content: () =>
      workbook([{ name: '表', rows: sheetRow('<c t="s"><v>0</v></c>') }], {
        strings: `<si><t>${'a'.repeat(64 * megabyte)}</t></si>`,
      }),
  },
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
  {
    what: 'entries that share their bytes',
    name: 'a.xlsx',
    content: () =>
      zip(
        { name: 'a', content: Buffer.alloc(megabyte) },
        ...Array.from({ length: 200 }, (_, at) => ({
          name: `b${at}`,
          content: Buffer.alloc(megabyte),
          offset: 0,
          nothing: true,
        })),
      ),
  },
  {
    what: 'an archive that says it is encrypted',
    name: 'a.xlsx',
    content: () => zip({ name: 'xl/workbook.xml', content: 'x', flags: 1 }),
  },
  {
    what: 'a workbook cut in the middle',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: sheetRow(text('编号')) }]).subarray(0, 400),
  },
  {
    what: 'a cell in column one million',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: '<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>' }]),
  },
  {
    what: 'a merge over the whole sheet',
    name: 'a.xlsx',
    content: () =>
      workbook([
        {
          name: '表',
          rows: sheetRow(text('编号')),
          after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        },
      ]),
  },
  {
    what: 'a shared string that is not there',
    name: 'a.xlsx',
    content: () => workbook([{ name: '表', rows: sheetRow('<c t="s"><v>99999999</v></c>') }]),
  },
  {
    what: 'a workbook with entities',
    name: 'a.xlsx',
    content: () =>
      zip({
        name: 'xl/workbook.xml',
        content: `<?xml version="1.0"?>${entities}<workbook>&bbbbbbbbbbbbbbbbbbbb;</workbook>`,
      }),
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
]
