import gcoordModule from 'gcoord'
import proj4 from 'proj4'
import type { SourceCrs } from '../domain/datum.ts'
import { definitionOf, isOldChineseSystem } from './cgcs2000.ts'

// The package is CommonJS: Node hands its exports out directly, its types describe a default among them.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default

export type Coordinates = [number, number]

/** From a source's coordinates (x before y; degrees or metres) to longitude and latitude in CGCS2000 degrees. */
export type ToLonLat = (x: number, y: number) => Coordinates

/**
 * The conversion of a coordinate system into what is stored. CGCS2000 and WGS84 pass unchanged.
 *
 * @throws RangeError in Chinese and English when the system is not known or has no published conversion.
 */
export function toLonLat(crs: SourceCrs): ToLonLat {
  switch (crs) {
    case 'wgs84':
    case 'cgcs2000':
      return (x, y) => [x, y]
    case 'gcj02':
      return fromGcj02
    case 'bd09':
      return fromBd09
    default: {
      const epsg = Number(crs.slice('EPSG:'.length))
      const definition = definitionOf(epsg)
      if (definition === null) throw new RangeError(unknownSystem(crs, epsg))
      const projection = proj4(definition)
      return (x, y) => {
        const [lon, lat] = projection.inverse([x, y])
        return [lon ?? Number.NaN, lat ?? Number.NaN]
      }
    }
  }
}

/** The coordinate system that a user or a file names, in the form that is kept; null when the name says nothing. */
export function parseCrs(name: string): SourceCrs | null {
  const key = name.trim().toLowerCase()
  const named = names[key.replaceAll(/[\s_-]/g, '')]
  if (named !== undefined) return named
  const epsg =
    /^(?:urn:(?:x-)?ogc:def:crs:epsg:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/epsg\/[\d.]+\/|epsg:)(\d{4,6})$/.exec(
      key,
    )
  if (epsg?.[1] === undefined) return /(?:^urn:.*:|\/)crs84$/.test(key) ? 'wgs84' : null
  const code = Number(epsg[1])
  if (code === 4326) return 'wgs84'
  if (code === 4490) return 'cgcs2000'
  return `EPSG:${code}`
}

const names: Record<string, SourceCrs> = {
  wgs84: 'wgs84',
  gps: 'wgs84',
  crs84: 'wgs84',
  cgcs2000: 'cgcs2000',
  国家2000: 'cgcs2000',
  gcj02: 'gcj02',
  火星坐标: 'gcj02',
  高德: 'gcj02',
  腾讯: 'gcj02',
  bd09: 'bd09',
  bd09ll: 'bd09',
  百度: 'bd09',
}

function unknownSystem(crs: string, epsg: number): string {
  if (isOldChineseSystem(epsg))
    return (
      `${crs} 属于北京54或西安80坐标系，与 CGCS2000 之间没有公开的转换参数，请先由测绘部门转换后再导入 · ` +
      `${crs} is a Beijing 1954 or Xian 1980 system without a published shift to CGCS2000: have it converted first`
    )
  return (
    `不认识坐标系 ${crs}；可用：wgs84、cgcs2000、gcj02、bd09、EPSG:3857、4326、4490–4554、32601–32660、32701–32760 · ` +
    `${crs} is not known here; use one of those listed, or convert the file first (e.g. ogr2ogr -t_srs EPSG:4490)`
  )
}

/** GCJ-02 has no closed inverse. The forward shift is a contraction, so walking back its error converges quickly. */
function fromGcj02(x: number, y: number): Coordinates {
  return invert(x, y, toGcj02)
}

/** The published BD-09 inverse is off by up to 0.13 m; the same walk on the exact forward formula is not. */
function fromBd09(x: number, y: number): Coordinates {
  if (!shifted(x, y)) return [x, y]
  const [gcjX, gcjY] = invert(x, y, (lon, lat) => gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.BD09))
  return fromGcj02(gcjX, gcjY)
}

/** WGS84 degrees to GCJ-02 degrees; unchanged outside China, where the shift does not exist. */
export function toGcj02(lon: number, lat: number): Coordinates {
  return gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
}

/** WGS84 degrees to BD-09 degrees; unchanged outside China. */
export function toBd09(lon: number, lat: number): Coordinates {
  return shifted(lon, lat) ? gcoord.transform([lon, lat], gcoord.WGS84, gcoord.BD09) : [lon, lat]
}

/** Fixed-point iteration to 1e-11° (a micrometre). Capped: at the edge of the shifted box it need not converge. */
function invert(x: number, y: number, forward: (lon: number, lat: number) => Coordinates): Coordinates {
  let lon = x
  let lat = y
  for (let step = 0; step < 30; step++) {
    const [forwardX, forwardY] = forward(lon, lat)
    const errorX = forwardX - x
    const errorY = forwardY - y
    lon -= errorX
    lat -= errorY
    if (Math.abs(errorX) < 1e-11 && Math.abs(errorY) < 1e-11) break
  }
  return [lon, lat]
}

/** The box in which the published formula shifts (gcoord's own limits). */
function shifted(lon: number, lat: number): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271
}

/** Rough limits of China, islands included: outside them a Chinese record deserves a question. */
export function isInChina(lon: number, lat: number): boolean {
  return lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54
}

/** Seven decimals, about a centimetre: what is stored and handed out. */
export function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}
