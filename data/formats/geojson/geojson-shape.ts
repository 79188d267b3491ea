import type { Label } from '../../domain/label.ts'

/** What is wrong with a geometry's structure; null where nothing is. `note` is called for what does no harm. */
export function checkShape(geometry: unknown, note: (what: Label) => void, depth = 0): Label | null {
  if (geometry === null || geometry === undefined) return null
  if (typeof geometry !== 'object' || Array.isArray(geometry))
    return say('几何应是一个对象', 'a geometry should be an object')
  const { type, coordinates, geometries, bbox } = geometry as Record<string, unknown>
  if (bbox !== undefined) checkBox(bbox, note)
  if (type === 'GeometryCollection') return checkParts(geometries, note, depth)
  const levels = depths.get(type)
  if (levels === undefined) return say(`未知的几何类型 ${nameOf(type)}`, `unknown type of geometry ${nameOf(type)}`)
  if (coordinates === undefined)
    return say(`${String(type)} 没有 coordinates`, `the ${String(type)} has no “coordinates”`)
  if (Array.isArray(coordinates) && coordinates.length === 0) return null
  return checkLevel(coordinates, levels, type === 'LineString' || type === 'MultiLineString', note)
}

/** Whether arrays and objects are nested deeper than so many levels: what is written again would then exhaust the stack. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1))
}

/** A `bbox` is only a hint: one that is wrong is passed over. */
export function checkBox(bbox: unknown, note: (what: Label) => void): void {
  const valid =
    Array.isArray(bbox) && (bbox.length === 4 || bbox.length === 6) && bbox.every((value) => typeof value === 'number')
  if (!valid) note(wrongBox)
}

const depths: ReadonlyMap<unknown, number> = new Map([
  ['Point', 0],
  ['MultiPoint', 1],
  ['LineString', 1],
  ['MultiLineString', 2],
  ['Polygon', 2],
  ['MultiPolygon', 3],
])

function checkParts(geometries: unknown, note: (what: Label) => void, depth: number): Label | null {
  if (!Array.isArray(geometries))
    return say('GeometryCollection 没有 geometries', 'the GeometryCollection has no “geometries”')
  if (depth > 0) note(nested)
  if (depth > 8) return say('几何嵌套过深', 'geometries are nested too deep')
  if (geometries.length === 1) note(single)
  for (const part of geometries as unknown[]) {
    const wrong =
      typeof part === 'object' && part !== null
        ? checkShape(part, note, depth + 1)
        : say('geometries 里应全是几何对象', '“geometries” should hold geometry objects alone')
    if (wrong !== null) return wrong
  }
  return null
}

function checkLevel(value: unknown, levels: number, isLine: boolean, note: (what: Label) => void): Label | null {
  if (!Array.isArray(value))
    return say(
      '坐标的层数太少：应是数组的地方是一个值',
      'coordinates are nested too little: a value where an array should be',
    )
  if (levels === 0) return checkPosition(value as unknown[], note)
  if (levels === 1 && isLine && value.length < 2) return say('线至少要有两个点', 'a line needs two positions at least')
  for (const part of value as unknown[]) {
    const wrong = checkLevel(part, levels - 1, isLine, note)
    if (wrong !== null) return wrong
  }
  return null
}

function checkPosition(position: readonly unknown[], note: (what: Label) => void): Label | null {
  if (position.length < 2) return say('坐标应有两个数字', 'a position should have two numbers')
  if (position.some((value) => Array.isArray(value))) return say('坐标的层数太多', 'coordinates are nested too deep')
  if (position.some((value) => typeof value !== 'number'))
    return say('坐标里有不是数字的值', 'a position holds something that is no number')
  if (position.length > 3) note(moreNumbers)
  return null
}

/** A `type` as a message quotes it. */
export function nameOf(type: unknown): string {
  return typeof type === 'object' && type !== null ? 'object' : JSON.stringify(type)?.slice(0, 100)
}

const wrongBox = {
  zh: '处 bbox 写错了（应是 4 或 6 个数字），没有使用',
  en: 'wrong bboxes (there should be 4 or 6 numbers), not used',
}
const nested = { zh: '个 GeometryCollection 套在另一个里面', en: 'GeometryCollections inside another' }
const single = { zh: '个 GeometryCollection 里只有一个几何', en: 'GeometryCollections of a single geometry' }
const moreNumbers = {
  zh: '个坐标有三个以上的数字，只取前两个',
  en: 'positions of more than three numbers, of which the first two were taken',
}

function say(zh: string, en: string): Label {
  return { zh, en }
}
