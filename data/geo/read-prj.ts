import type { SourceCrs } from '../domain/datum.ts'
import type { Label } from '../domain/label.ts'
import { askSurveyors, prepareCrs, definitionOf, isOldChineseSystem, krugerEpsg } from './crs.ts'

/** What a well-known text says: a system we read, or why it is none. */
export type PrjReading = { crs: SourceCrs } | { fault: Label }

/**
 * The coordinate system of a `.prj` file or of a GeoPackage's definition: WKT 1 as ESRI and GDAL write it, and WKT 2
 * (OGC 18-010). What counts are datum, projection and parameters; an EPSG number alone is trusted where nothing in the
 * text contradicts it. Names are not trusted: people rename layers.
 */
export async function readPrj(text: string): Promise<PrjReading> {
  const wkt = text.replace(/^\uFEFF/, '').slice(0, 20_000)
  const name = /^\s*\w+\s*\[\s*"([^"]*)"/.exec(wkt)?.[1] ?? ''
  const kind = /^\s*(?:BOUNDCRS\s*\[\s*SOURCECRS\s*\[\s*)?(\w+)/i.exec(wkt)?.[1]?.toUpperCase() ?? ''
  const datum = datumOf(wkt)
  const epsg = Number(
    /(?:AUTHORITY|ID)\s*\[\s*"EPSG"\s*,\s*"?(\d{4,6})"?\s*[^\][]*\]\s*\]\s*$/i.exec(wkt)?.[1] ?? Number.NaN,
  )
  if (Number.isInteger(epsg)) await prepareCrs(`EPSG:${epsg}`)
  if (datum === 'old' || isOldChineseSystem(epsg)) return oldSystem(name)
  if (datum === null) return byNumber(wkt, epsg) ?? unknown(name)
  if (/^(GEOGCS|GEOGCRS|GEODCRS|GEOGRAPHICCRS|GEODETICCRS)$/.test(kind))
    return isDegree(wkt) ? { crs: datum } : unknown(name)
  if (!/^(PROJCS|PROJCRS|PROJECTEDCRS)$/.test(kind)) return unknown(name)
  const projected = isMetre(wkt) ? projectedEpsg(wkt, datum) : null
  if (projected !== null && definitionOf(projected) !== null) return { crs: `EPSG:${projected}` }
  return byNumber(wkt, epsg) ?? unknown(name)
}

/** The system of the registry that a text names by its number, where its meridian is that of the text. */
function byNumber(wkt: string, epsg: number): PrjReading | null {
  const definition = Number.isInteger(epsg) ? definitionOf(epsg) : null
  if (definition === null) return null
  const meridian = parameterOf(wkt, ['centralmeridian', 'longitudeofnaturalorigin', 'longitudeofcenter'])
  const listed = /\+lon_0=(-?[\d.]+)/.exec(definition)?.[1]
  const differs = meridian !== null && listed !== undefined && Math.abs(meridian - Number(listed)) > 1e-6
  return differs ? null : { crs: `EPSG:${epsg}` }
}

function datumOf(wkt: string): 'wgs84' | 'cgcs2000' | 'old' | null {
  const datum = /(?:DATUM|ENSEMBLE|TRF|GEODETICDATUM)\s*\[\s*"([^"]*)"/i.exec(wkt)?.[1] ?? ''
  const key = datum.toLowerCase().replaceAll(/[\s_-]/g, '')
  if (/^d?(china2000|cgcs2000|chinageodeticcoordinatesystem2000|chinese2000)$/.test(key)) return 'cgcs2000'
  if (/^d?(wgs1984|wgs84|worldgeodeticsystem1984(ensemble)?)$/.test(key)) return 'wgs84'
  return /beijing|xian1980|krass?ov?sky|新?北京54|西安80/.test(key) ? 'old' : null
}

function projectedEpsg(wkt: string, datum: 'wgs84' | 'cgcs2000'): number | null {
  const method = (/(?:PROJECTION|METHOD|CONVERSION)\s*\[\s*"([^"]*)"(?![^[]*(?:METHOD)\s*\[)/i.exec(wkt)?.[1] ?? '')
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '')
  const value = (...names: string[]) => parameterOf(wkt, names)
  const meridian = value('centralmeridian', 'longitudeofnaturalorigin')
  const easting = value('falseeasting')
  const northing = value('falsenorthing') ?? 0
  const origin = value('latitudeoforigin', 'latitudeofnaturalorigin') ?? 0
  const scale = value('scalefactor', 'scalefactoratnaturalorigin') ?? 1
  if (/^(mercatorauxiliarysphere|popularvisualisationpseudomercator)$/.test(method) || isPseudoMercator(wkt, method))
    return datum === 'wgs84' && easting === 0 && meridian === 0 ? 3857 : null
  if (!/^(transversemercator|gausskruger|gausskrüger)$/.test(method)) return null
  if (meridian === null || easting === null || origin !== 0) return null
  if (datum === 'cgcs2000') return scale === 1 && northing === 0 ? krugerEpsg(meridian, easting) : null
  const zone = (meridian + 183) / 6
  if (scale !== 0.9996 || easting !== 500_000 || !Number.isInteger(zone) || zone < 1 || zone > 60) return null
  if (northing === 0) return 32_600 + zone
  return northing === 10_000_000 ? 32_700 + zone : null
}

/** GDAL writes Web Mercator as a Mercator that only its extension distinguishes from the true one. */
function isPseudoMercator(wkt: string, method: string): boolean {
  return method === 'mercator1sp' && /\+proj=merc[^"]*\+a=6378137[^"]*\+b=6378137/.test(wkt)
}

function parameterOf(wkt: string, names: readonly string[]): number | null {
  for (const [, name = '', number = ''] of wkt.matchAll(/PARAMETER\s*\[\s*"([^"]*)"\s*,\s*([-+\d.eE]+)/gi))
    if (names.includes(name.toLowerCase().replaceAll(/[\s_-]/g, ''))) return Number(number)
  return null
}

/** Any spelling, as long as the factor is that of a degree (radians a unit). */
function isDegree(wkt: string): boolean {
  return /(?:ANGLEUNIT|UNIT)\s*\[\s*"[^"]*"\s*,\s*0\.01745329/i.test(wkt)
}

function isMetre(wkt: string): boolean {
  return /(?:LENGTHUNIT|UNIT)\s*\[\s*"(?:metre|meter|米|m)"\s*,\s*1(?:\.0*)?\s*[,\]]/i.test(wkt)
}

function oldSystem(name: string): PrjReading {
  return {
    fault: {
      zh: `坐标系“${name}”属于北京54（克拉索夫斯基椭球）或西安80，与 CGCS2000 之间没有公开的转换参数。${askSurveyors.zh}`,
      en: `The system “${name}” is Beijing 1954 (Krassovsky) or Xian 1980, without a published shift to CGCS2000. ${askSurveyors.en}`,
    },
  }
}

function unknown(name: string): PrjReading {
  return {
    fault: {
      zh: `不认识坐标系“${name}”。请先转换（例如 ogr2ogr -t_srs EPSG:4490），或确认后用 --crs 指明`,
      en: `The system “${name}” is not known here. Convert the file first (e.g. ogr2ogr -t_srs EPSG:4490), or, if you are sure, say it with --crs`,
    },
  }
}
