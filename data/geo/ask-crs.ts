import type { SourceCrs } from '../domain/datum.ts'
import type { Label } from '../domain/label.ts'
import { definitionOf } from './cgcs2000.ts'
import type { CrsProof, Pair } from './prove-crs.ts'

/** What to ask a person about the coordinate system of data that does not name one; null when it is proven. */
export function askCrs(proof: CrsProof): Label | null {
  switch (proof.kind) {
    case 'proven':
      return null
    case 'degrees':
      return {
        zh: '坐标是经纬度，但没有写明坐标系，从数值也看不出来（相差约 500 米）。请用 --crs 指明：测绘、规划部门的数据一般是 cgcs2000，GPS 是 wgs84，高德、腾讯是 gcj02，百度是 bd09',
        en: 'The coordinates are degrees of an unnamed system, and numbers do not tell which (they lie some 500 m apart). Say it with --crs: cgcs2000 for survey data, wgs84 for GPS, gcj02 for Amap and Tencent, bd09 for Baidu',
      }
    case 'ask':
      return proof.candidates.length === 0 ? anyZone : oneOf(proof.candidates)
    case 'neither':
      return neither(proof.example)
    case 'nothing':
      return {
        zh: '没有写明坐标系，也没有坐标可供判断。请用 --crs 指明（例如 cgcs2000 或 EPSG:4547）',
        en: 'No coordinate system is named, and there are no coordinates to judge by. Say it with --crs (e.g. cgcs2000 or EPSG:4547)',
      }
  }
}

function neither([x, y]: Pair): Label {
  return {
    zh: `坐标（如 ${x}, ${y}）既不是以度为单位的经纬度，也不像国内常用的米制坐标。若是秒、百万分之一度或“度分”，请换算成度；若是地方坐标系，请先由测绘部门转换；若确是某个坐标系，请用 --crs 指明`,
    en: `The coordinates (like ${x}, ${y}) are neither degrees nor metres of a system that is common in China. If they are seconds, millionths or degrees with minutes, give degrees; have a local system converted first; if you know the system, say it with --crs`,
  }
}

const anyZone: Label = {
  zh: '坐标以米为单位，但没有写明坐标系，坐标前也没有带号，无法知道中央经线。请向提供数据的部门问清，再用 --crs 指明（例如中央经线 114° 的 3 度带是 EPSG:4547）',
  en: 'The coordinates are metres of an unnamed system without a zone number, so that the central meridian is unknown. Ask where the data comes from, then say it with --crs (e.g. EPSG:4547 for the 3° zone of 114°E)',
}

function oneOf(candidates: readonly SourceCrs[]): Label {
  return {
    zh: `坐标以米为单位，但没有写明坐标系。可能是：${candidates.map((crs) => describeCrs(crs).zh).join('；')}。请用 --crs 指明`,
    en: `The coordinates are metres of an unnamed system. It may be: ${candidates.map((crs) => describeCrs(crs).en).join('; ')}. Say it with --crs`,
  }
}

/** A system in words: `EPSG:4547（CGCS2000 高斯–克吕格，中央经线 114°）`. */
export function describeCrs(crs: SourceCrs): Label {
  if (crs === 'EPSG:3857') return { zh: 'EPSG:3857（Web 墨卡托）', en: 'EPSG:3857 (Web Mercator)' }
  const definition = crs.startsWith('EPSG:') ? definitionOf(Number(crs.slice(5))) : null
  const [, meridian, easting] = /\+proj=tmerc.*\+lon_0=(\d+).*\+x_0=(\d+)/.exec(definition ?? '') ?? []
  if (meridian === undefined) return { zh: crs, en: crs }
  const zone = Math.floor(Number(easting) / 1e6)
  return {
    zh: `${crs}（CGCS2000 高斯–克吕格，中央经线 ${meridian}°${zone > 0 ? `，带号 ${zone}` : '，不带带号'}）`,
    en: `${crs} (CGCS2000 Gauss–Krüger, central meridian ${meridian}°${zone > 0 ? `, zone ${zone}` : ', no zone number'})`,
  }
}

/** A note for the report where coordinates themselves proved the system. */
export function provenBy(crs: SourceCrs): Label {
  const { zh, en } = describeCrs(crs)
  return {
    zh: `没有写明坐标系；从坐标的数值可以断定是 ${zh}`,
    en: `No coordinate system is named; the coordinates themselves prove ${en}`,
  }
}
