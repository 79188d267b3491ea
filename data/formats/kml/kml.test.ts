import { describe, expect, it } from 'vitest'
import { openFile } from '../open-file.ts'
import { allRows, inMemory } from '../test-bytes.ts'
import { zip } from '../archive/test-zip.ts'

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
        description: '312 户',
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
      '1 tracks or models, which were left out',
      '1 placemarks without a shape',
      '1 network links were not followed: save what they show as KML',
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

  it('reads times, and descriptions without their markup', async () => {
    const html = '<table><tr><td>楼道</td><td>堆物</td></tr></table><br/>a &lt; b &amp; c'
    const { rows } = await read(
      `<Placemark><TimeStamp><when>2026-05-01T08:05:00Z</when></TimeStamp>
      <description><![CDATA[${html}]]></description></Placemark>
      <Placemark><TimeSpan><begin>2026-05-01</begin><end>2026-05-02</end></TimeSpan><description>a < b</description></Placemark>`.replace(
        'a < b</d',
        'a &lt; b</d',
      ),
    )
    expect(rows).toMatchObject([
      { timestamp: '2026-05-01T08:05:00Z', description: '楼道 堆物\na < b & c' },
      { begin: '2026-05-01', end: '2026-05-02', description: 'a < b' },
    ])
  })

  it('reads the attributes that a table in the description holds', async () => {
    const cell = (...cells: string[]) =>
      `<tr bgcolor="#fff">\n${cells.map((text) => `<td>${text}</td>`).join('\n')}</tr>`
    const table = (...rows: string[]) =>
      `<html><table><tr><td><table>${rows.join('\n')}</table></td></tr></table></html>`
    const { rows } = await read(
      [
        table(cell('网格编码', '420102012001001'), cell('网格员', '&lt;Null&gt;'), cell('name', '乙')),
        table(cell('楼道', '堆物')),
        table(cell('甲', '1'), cell('甲', '2')),
      ]
        .map((html) => `<Placemark><name>甲</name><description><![CDATA[${html}]]></description></Placemark>`)
        .join(''),
    )
    expect(rows[0]).toMatchObject({ name: '甲', 网格编码: '420102012001001', 网格员: '<Null>' })
    expect([rows[1], rows[2]].map((row) => Object.keys(row ?? {}))).toEqual([
      expect.not.arrayContaining(['楼道']),
      expect.not.arrayContaining(['甲']),
    ])
  })

  it('follows links within a KMZ, and names what it did not read', async () => {
    const place = (name: string) =>
      `<Placemark><name>${name}</name><Point><coordinates>114,30</coordinates></Point></Placemark>`
    const link = (href: string) => `<NetworkLink><Link><href>${href}</href></Link></NetworkLink>`
    const kmz = zip(
      {
        name: 'doc.kml',
        content: document(link('layers/%E7%BD%91%E6%A0%BC.kml') + link('http://example.com/a.kml') + place('甲')),
      },
      { name: 'layers/网格.kml', content: document(link('../doc.kml') + link('b.kml#x') + place('乙')) },
      { name: 'layers/b.kml', content: document(place('丙')) },
      { name: '其他.kml', content: document(place('丁')) },
    )
    const source = await openFile(inMemory('a.kmz', kmz))
    const rows = await allRows(source)
    expect(rows.map(({ cells, ordinal }) => [cells[0], ordinal])).toEqual([
      ['甲', 1],
      ['乙', 2],
      ['丙', 3],
    ])
    expect(source.notes.map(({ zh }) => zh)).toEqual([
      expect.stringMatching(/^2 个网络链接/),
      expect.stringContaining('另有 1 个 KML 没有读取：其他.kml'),
    ])
  })

  // Work that grows with the square of the length would outlast the time that a test may take.
  it('takes no time for coordinates of blanks alone, and reads those that have many', async () => {
    const blanks = ' '.repeat(15_000_000)
    const { rows } = await read(`<Placemark><Point><coordinates>${blanks}</coordinates></Point></Placemark>`)
    expect(rows).toHaveLength(1)
    const line = `114 , 30${blanks.slice(0, 1_000)}115,30 ,7\n`
    const shape = (await read(`<Placemark><LineString><coordinates>${line}</coordinates></LineString></Placemark>`))
      .rows
    expect(shape[0]?.geometry).toMatchObject({
      coordinates: [
        [114, 30],
        [115, 30],
      ],
    })
  })

  it.each(['<a', '<style>', '<br>', ' ', '\n ', '&lt;'])(
    'takes no time for a description of %j alone',
    async (part) => {
      const html = `<b>${part.repeat(1_000_000)}</b>`
      const { rows } = await read(`<Placemark><description><![CDATA[${html}]]></description></Placemark>`)
      expect(rows).toHaveLength(1)
    },
  )
})
