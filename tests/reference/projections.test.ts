import { spawnSync } from 'node:child_process'
import { SourceCrs } from '@minqing/data/domain/datum'
import { toLonLat } from '@minqing/data/geo/crs'
import { expect, test } from 'vitest'

/** Projected systems of Chinese surveys: CGCS2000 by 6° and 3° with and without zone, UTM, web Mercator. */
const systems = [
  { crs: 'EPSG:4547', eastings: [400_000, 600_000] },
  { crs: 'EPSG:4526', eastings: [38_400_000, 38_600_000] },
  { crs: 'EPSG:4508', eastings: [300_000, 700_000] },
  { crs: 'EPSG:4497', eastings: [19_300_000, 19_700_000] },
  { crs: 'EPSG:32650', eastings: [300_000, 700_000] },
  { crs: 'EPSG:3857', eastings: [12_500_000, 12_900_000] },
] as const
const northings = [2_500_000, 3_384_567.891, 4_600_000]

test('every projected system becomes degrees as PROJ makes them, to a millimetre', ({ skip }) => {
  const installed = spawnSync('gdaltransform', ['--version'], { stdio: 'ignore' }).status === 0
  skip(!installed, 'gdaltransform is not installed (apt-get install gdal-bin)')
  for (const { crs, eastings } of systems) {
    const points = eastings.flatMap((x) => northings.map((y) => [x, y] as const))
    // Web Mercator is one of WGS 84; to go on to CGCS2000 GDAL would need a shift that it takes as none.
    const target = crs === 'EPSG:3857' || crs === 'EPSG:32650' ? 'EPSG:4326' : 'EPSG:4490'
    const { stdout, stderr } = spawnSync('gdaltransform', ['-s_srs', crs, '-t_srs', target, '-output_xy'], {
      input: points.map(([x, y]) => `${x} ${y}`).join('\n'),
      encoding: 'utf8',
      env: { ...process.env, OGR_CT_FORCE_TRADITIONAL_GIS_ORDER: 'YES' },
    })
    const expected = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number))
    expect(expected, `${crs}: ${stderr}`).toHaveLength(points.length)
    const convert = toLonLat(SourceCrs.parse(crs))
    for (const [index, [x, y]] of points.entries()) {
      const [lon = Number.NaN, lat = Number.NaN] = expected[index] ?? []
      const [ourLon, ourLat] = convert(x, y)
      const metres = Math.hypot((ourLon - lon) * Math.cos((lat * Math.PI) / 180), ourLat - lat) * 111_320
      expect(metres, `${crs} ${x} ${y}`).toBeLessThan(0.001)
    }
  }
})
