import type { Label } from '@minqing/data/domain/label'
import { readBoundary, type Boundary, type Mending } from '@minqing/data/geo/boundary'
import { isInChina } from '@minqing/data/geo/crs'
import type { CheckContext } from './check-context.ts'
import { reasons } from './reasons.ts'
import type { RowView } from './row-view.ts'

/** The polygon of a row, checked and mended; null with a fault noted. */
export function boundaryOf(view: RowView, { convert, nameRow, note }: CheckContext, absent: Label): Boundary | null {
  const given = view.geometry('geometry')
  const geometry = polygonsOf(given)
  if (geometry !== given)
    note(
      { zh: '边界之外的标注点和线没有使用', en: 'points and lines beside the boundary, not used' },
      called(view, nameRow),
    )
  if (geometry === undefined) {
    if (view.faults.length === 0) view.fault('geometry', '', absent)
    return null
  }
  if (isTooMuch(geometry)) {
    view.fault('geometry', '', reasons.tooManyCorners(most.corners, most.rings))
    return null
  }
  const boundary = readBoundary(geometry, convert)
  if ('fault' in boundary) {
    view.fault('geometry', '', boundary.fault)
    return null
  }
  for (const mending of boundary.mended) note(mendings[mending], called(view, nameRow))
  const [lon, lat] = boundary.center
  if (isInChina(lon, lat)) return boundary
  if (isInChina(lat, lon)) view.fault('geometry', `${lon}, ${lat}`, reasons.swapped)
  note({ zh: '位于中国境外', en: 'outside China' })
  return boundary
}

/** The polygons of a collection that holds them with a label's point or a line, as KML often does; else what was given. */
function polygonsOf(geometry: unknown): unknown {
  const { type, geometries } = (geometry ?? {}) as { type?: unknown; geometries?: unknown }
  if (type !== 'GeometryCollection' || !Array.isArray(geometries)) return geometry
  const coordinates = (geometries as ({ type?: unknown; coordinates?: unknown } | null)[]).flatMap((part) => {
    if (part?.type === 'Polygon') return [part.coordinates]
    return part?.type === 'MultiPolygon' && Array.isArray(part.coordinates) ? (part.coordinates as unknown[]) : []
  })
  return coordinates.length === 0 ? geometry : { type: 'MultiPolygon', coordinates }
}

/** How a person finds the row again. */
function called(view: RowView, nameRow: CheckContext['nameRow']): Label {
  const name = view.text('name', 1000) || view.row.id || ''
  const { zh, en } = nameRow(view.row)
  return { zh: `${zh}${name}`, en: `${en}${name === '' ? '' : ` ${name}`}` }
}

/** The outline of a whole province has some ten thousand corners; checking takes longer than they are many. */
const most = { corners: 100_000, rings: 2_000 }

function isTooMuch(geometry: unknown): boolean {
  let corners = 0
  let rings = 0
  const count = (value: unknown): boolean => {
    if (!Array.isArray(value)) return false
    if (typeof value[0] === 'number') return ++corners > most.corners
    if (Array.isArray(value[0]) && typeof value[0][0] === 'number' && ++rings > most.rings) return true
    return value.some(count)
  }
  return count((geometry as { coordinates?: unknown } | null)?.coordinates)
}

const mendings: Record<Mending, { zh: string; en: string }> = {
  closed: { zh: '边界没有闭合，已闭合', en: 'unclosed boundaries, closed' },
  winding: { zh: '边界的方向不合 RFC 7946，已改正', en: 'boundaries wound against RFC 7946, turned' },
  spike: { zh: '边界上有来回重叠的尖刺，已去掉', en: 'boundaries with spikes of no width, cut off' },
  sliver: { zh: '边界含有没有面积的部分，已去掉', en: 'boundaries with parts of no area, dropped' },
  touching: {
    zh: '边界自相接触，或几个部分共用一段边，已改为合法的多边形（面积不变）',
    en: 'boundaries that touch themselves or whose parts share an edge, made valid polygons of the same area',
  },
  self_crossing: {
    zh: '边界略有自相交（面积变化不超过 1%），已修复',
    en: 'boundaries that cross themselves slightly (the area changes by 1 % at most), mended',
  },
}
