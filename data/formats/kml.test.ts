import { describe, expect, it } from 'vitest'
import { openFile } from './open-file.ts'
import { allRows, inMemory } from './test-data.ts'
import { zip } from './test-zip.ts'

const document = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${body}</Document></kml>`
const read = async (body: string, name = 'map.kml') => {
  const source = await openFile(inMemory(name, document(body), 61))
  const rows = await allRows(source)
  return {
    source,
    rows: rows.map(({ cells, geometry, fault }) => ({
      ...Object.fromEntries(source.columns.map((column, i) => [column, cells[i]])),
      geometry,
      fault,
    })),
  }
}
const ring = '114,30 114.1,30 114.1,30.1 114,30'
const corners = [
  [114, 30],
  [114.1, 30],
  [114.1, 30.1],
  [114, 30],
]

describe('readKml', () => {
  it('reads names, descriptions, folders and both kinds of extended data', async () => {
    const { source, rows } = await read(`<name>全部</name><Folder><name>胜利社区</name><Folder><name>网格</name>
      <Placemark id="p1"><name>第一网格</name><description><![CDATA[<b>312 户</b>]]></description>
        <ExtendedData><Data name="网格编码"><displayName>编码</displayName><value>420102012001001</value></Data>
        <SchemaData schemaUrl="#s"><SimpleData name="户数">312</SimpleData></SchemaData></ExtendedData>
        <Point><coordinates>114.27,30.58,12</coordinates></Point></Placemark></Folder></Folder>
      <Placemark><name>&lt;无图形&gt;</name></Placemark>`)
    expect(source).toMatchObject({ format: 'kml', crs: 'wgs84' })
    expect(rows).toEqual([
      {
        name: '第一网格',
        description: '<b>312 户</b>',
        网格编码: '420102012001001',
        户数: '312',
        folder: '胜利社区/网格',
        geometry: { type: 'Point', coordinates: [114.27, 30.58] },
        fault: null,
      },
      expect.objectContaining({ name: '<无图形>', geometry: null }),
    ])
    expect(source.notes.map(({ zh }) => zh)).toEqual(['1 个地标没有图形'])
  })

  it('reads every kind of shape', async () => {
    const polygon = `<Polygon><outerBoundaryIs><LinearRing><coordinates> ${ring}\n</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>114.05, 30.01, 0 114.06, 30.01 114.06,30.02 114.05,30.01</coordinates></LinearRing></innerBoundaryIs></Polygon>`
    const shapes = async (body: string) => (await read(`<Placemark>${body}</Placemark>`)).rows[0]?.geometry
    expect(await shapes(polygon)).toMatchObject({
      type: 'Polygon',
      coordinates: [corners, [[114.05, 30.01], {}, {}, {}]],
    })
    expect(
      await shapes(`<MultiGeometry>${polygon}<MultiGeometry>${polygon}</MultiGeometry></MultiGeometry>`),
    ).toMatchObject({ type: 'MultiPolygon', coordinates: [{}, {}] })
    expect(await shapes(`<LinearRing><coordinates>${ring}</coordinates></LinearRing>`)).toEqual({
      type: 'Polygon',
      coordinates: [corners],
    })
    expect(await shapes(`<LineString><coordinates>${ring}</coordinates></LineString>`)).toEqual({
      type: 'LineString',
      coordinates: corners,
    })
    expect(
      await shapes(
        `<MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry>`,
      ),
    ).toMatchObject({ type: 'GeometryCollection' })
  })

  it('says where coordinates are none, and what it left alone', async () => {
    const { rows, source } = await read(
      '<NetworkLink><Link><href>http://example.invalid/a.kml</href></Link></NetworkLink><Placemark><Point><coordinates>114;30</coordinates></Point></Placemark><Placemark><gx:Track xmlns:gx="x"><gx:coord>1 2 3</gx:coord></gx:Track></Placemark>',
    )
    expect(rows.map(({ fault }) => fault?.en)).toEqual(['coordinates are not numbers', undefined])
    expect(source.notes.map(({ en }) => en)).toEqual([
      '1 network links were not followed: save what they show as KML',
      '1 tracks or models, which were left out',
      '1 placemarks without a shape',
    ])
  })

  it('reads a KMZ', async () => {
    const content = document(`<Placemark><Point><coordinates>114,30</coordinates></Point></Placemark>`)
    const kmz = zip({ name: 'files/icon.png', content: 'x' }, { name: 'doc.kml', content })
    expect(await allRows(await openFile(inMemory('map.kmz', kmz)))).toMatchObject([{ geometry: { type: 'Point' } }])
    await expect(openFile(inMemory('map.kmz', zip({ name: 'a.txt', content: 'x' })))).rejects.toThrow('KML')
  })

  it.each([
    [
      'an entity of its own',
      '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><Placemark><name>&x;</name></Placemark></kml>',
      /DOCTYPE/,
    ],
    ['an end in the middle', document('<Placemark>').slice(0, -30), /XML/],
    ['something else inside', '<osmx></osmx>', /的内容不是 kml/],
    ['folders without end', `<kml>${'<Folder>'.repeat(5000)}`, /嵌套/],
  ])('refuses %s', async (_, text, reason) => {
    await expect((async () => allRows(await openFile(inMemory('map.kml', text))))()).rejects.toThrow(reason)
  })
})
