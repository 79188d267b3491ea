import gcoordModule from 'gcoord'
import proj4 from 'proj4'
import type { ExportDatum, SourceCrs } from '../domain/datum.ts'
import type { Label } from '../domain/label.ts'
import { loadRegistry, registryDefinition, type RegistryGap } from './epsg-registry.ts'

// The package is CommonJS, and Node gives its exports as the default; a bundler's types describe the default itself.
type Gcoord = typeof gcoordModule extends { default: infer Default } ? Default : typeof gcoordModule
const gcoord = gcoordModule as unknown as Gcoord

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
      if (definition === null) throw new RangeError(unreadable(crs, epsg))
      const projection = proj4(definition)
      return (x, y) => {
        const [lon, lat] = projection.inverse([x, y])
        return [lon ?? Number.NaN, lat ?? Number.NaN]
      }
    }
  }
}

/** Loads what a named system needs, unless it is one of those that are defined here: call it before `toLonLat`. */
export async function prepareCrs(name: string | null): Promise<void> {
  const crs = name === null ? null : parseCrs(name)
  if (crs?.startsWith('EPSG:') === true && ownDefinition(Number(crs.slice('EPSG:'.length))) === null)
    await loadRegistry()
}

/** The coordinate system that a user or a file names, in the form that is stored; null when the name says nothing. */
export function parseCrs(name: string): SourceCrs | null {
  const key = name.trim().toLowerCase()
  const named = names.get(key.replaceAll(/[\s_-]/g, ''))
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

const names: ReadonlyMap<string, SourceCrs> = new Map<string, SourceCrs>([
  ['wgs84', 'wgs84'],
  ['gps', 'wgs84'],
  ['crs84', 'wgs84'],
  ['cgcs2000', 'cgcs2000'],
  ['国家2000', 'cgcs2000'],
  ['gcj02', 'gcj02'],
  ['火星坐标', 'gcj02'],
  ['高德', 'gcj02'],
  ['腾讯', 'gcj02'],
  ['bd09', 'bd09'],
  ['bd09ll', 'bd09'],
  ['百度', 'bd09'],
])

/** What to ask a survey office for, where a system has no published shift to CGCS2000. */
export const askSurveyors: Label = {
  zh: '请向当地测绘（自然资源）部门索取同一数据的 CGCS2000 成果，或该地区的七参数并请其转换；若偏移约一百米可以接受，可用 --crs 指明同一中央经线的 CGCS2000 投影（如 EPSG:4547）继续导入',
  en: 'Ask the local survey office for the same data in CGCS2000, or for the seven parameters of the area and have it converted; where an offset of some hundred metres does not matter, go on with --crs and the CGCS2000 projection of the same central meridian (e.g. EPSG:4547)',
}

function unreadable(crs: string, epsg: number): string {
  if (isOldChineseSystem(epsg))
    return (
      `${crs} 属于北京54或西安80坐标系（克拉索夫斯基或 IAG 75 椭球），与 CGCS2000 之间没有公开的转换参数。${askSurveyors.zh} · ` +
      `${crs} is a Beijing 1954 or Xian 1980 system, without a published shift to CGCS2000. ${askSurveyors.en}`
    )
  const found = registryDefinition(epsg)
  const gap = 'gap' in found ? found.gap : 'unknown'
  const { zh, en } = gaps[gap]
  return (
    `${crs} ${zh}。请先转换再导入，例如 ogr2ogr -t_srs EPSG:4490 新文件 原文件 · ` +
    `${crs} ${en}. Convert the file first, e.g. ogr2ogr -t_srs EPSG:4490 new old`
  )
}

const gaps: Record<RegistryGap, Label> = {
  unknown: { zh: '不在 EPSG 登记的坐标系之中', en: 'is no number of the EPSG registry' },
  projection: { zh: '使用的投影无法在这里计算', en: 'has a projection that cannot be computed here' },
  shift: {
    zh: '与 WGS 84 之间没有公开的转换参数，或转换需要格网文件',
    en: 'has no published shift to WGS 84, or one that needs a file of corrections',
  },
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

/** From what is stored to a datum of exports, in degrees with 7 decimals (1 cm). CGCS2000 and WGS84 are unchanged. */
export function fromLonLat(datum: ExportDatum): ToLonLat {
  switch (datum) {
    case 'wgs84':
    case 'cgcs2000':
      return (lon, lat) => [lon, lat]
    case 'gcj02':
      return (lon, lat) => {
        const [x, y] = toGcj02(lon, lat)
        return [Math.round(x * 1e7) / 1e7, Math.round(y * 1e7) / 1e7]
      }
  }
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

/** CGCS2000 by Gauss–Krüger, as Chinese survey files have it. */
const kruger = (centralMeridian: number, falseEasting: number) =>
  `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`

/** proj4 definition of `EPSG:n`: those of Chinese surveys and of GPS by their numbering, others from the registry; or null. */
export function definitionOf(epsg: number): string | null {
  const own = ownDefinition(epsg)
  if (own !== null || isOldChineseSystem(epsg)) return own
  const found = registryDefinition(epsg)
  return 'definition' in found ? found.definition : null
}

function ownDefinition(epsg: number): string | null {
  if (epsg === 3857) return 'EPSG:3857'
  // CGCS2000 Gauss–Krüger: 6° zones 13–23 and 3° zones 25–45, with the zone number before the easting or without.
  if (epsg >= 4491 && epsg <= 4501) return kruger(75 + 6 * (epsg - 4491), (13 + epsg - 4491) * 1e6 + 500_000)
  if (epsg >= 4502 && epsg <= 4512) return kruger(75 + 6 * (epsg - 4502), 500_000)
  if (epsg >= 4513 && epsg <= 4533) return kruger(75 + 3 * (epsg - 4513), (25 + epsg - 4513) * 1e6 + 500_000)
  if (epsg >= 4534 && epsg <= 4554) return kruger(75 + 3 * (epsg - 4534), 500_000)
  if (epsg >= 32601 && epsg <= 32660) return `+proj=utm +zone=${epsg - 32600} +datum=WGS84 +units=m +no_defs`
  if (epsg >= 32701 && epsg <= 32760) return `+proj=utm +zone=${epsg - 32700} +south +datum=WGS84 +units=m +no_defs`
  return null
}

/** Whether a system is one of degrees. */
export function isInDegrees(crs: SourceCrs): boolean {
  return !crs.startsWith('EPSG:') || definitionOf(Number(crs.slice('EPSG:'.length)))?.includes('+proj=longlat') === true
}

/**
 * The CGCS2000 Gauss–Krüger system with a central meridian (degrees) and false easting (metres), or null. Where a
 * meridian belongs to a 3° and a 6° zone, both are the same projection and the 3° one is named.
 */
export function krugerEpsg(centralMeridian: number, falseEasting: number): number | null {
  const step = (centralMeridian - 75) / 3
  if (!Number.isInteger(step) || step < 0 || step > 20) return null
  if (falseEasting === 500_000) return 4534 + step
  const zone = (falseEasting - 500_000) / 1e6
  if (zone === step + 25) return 4513 + step
  return zone === (centralMeridian + 3) / 6 && zone <= 23 ? 4491 + zone - 13 : null
}

/** Beijing 1954 and Xian 1980: their shift to CGCS2000 is not published, so a converted position would be a guess. */
export function isOldChineseSystem(epsg: number): boolean {
  return oldSystems.some(([first, last]) => epsg >= first && epsg <= last)
}

/** Numbers of Xian 1980, Beijing 1954 and New Beijing. */
const oldSystems = [
  [2327, 2390],
  [2401, 2442],
  [4214, 4214],
  [4555, 4555],
  [4568, 4589],
  [4610, 4610],
  [4652, 4656],
  [4766, 4800],
  [21413, 21423],
  [21453, 21463],
] as const
