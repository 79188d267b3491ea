import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { useQuery } from '@tanstack/react-query'
import type { Position as Point } from '@minqing/data/domain/position'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { type AreaFeature, areaFeaturesQuery } from '../../api/collections.ts'
import { useMay } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { allStreetsCode } from '../../view/parameters.ts'
import styles from './area-map.module.css'

const messages = defineMessages({
  zh: { label: '{place}：{shown, number} 个单元中有 {chosen, number} 个在负责区域内' },
  en: { label: '{place}: {chosen, number} of {shown, number} units lie within the areas' },
})

/** Which parts of a place lie within areas (codes that the areas begin with, or `all`): grids of a sub-district, or communities of all. `mark`: a point in it. */
export function AreaMap({ areas, mark = null }: { areas: readonly string[]; mark?: Point | null }) {
  const t = useMessages(messages)
  const mayRead = useMay('read', 'area')
  const { data: status } = useQuery({ ...statusQuery(), enabled: mayRead })
  const street = streetShown(
    areas,
    status?.streets.map(({ code }) => code),
  )
  const { data } = useQuery({ ...areaFeaturesQuery(street), enabled: mayRead && street !== undefined })
  if (data === undefined) return null
  const units = [data.grids, data.communities, data.streets].find(({ features }) => features.length > 0)?.features ?? []
  const isChosen = ({ properties }: AreaFeature) =>
    areas.some((area) => area === 'all' || properties.code.startsWith(area))
  const place = data.streets.features.map(({ properties }) => properties.name)
  const label = t('label', {
    place: place.slice(0, 3).join(' '),
    shown: units.length,
    chosen: units.filter(isChosen).length,
  })
  const shape = shapeOf(units)
  if (shape === undefined) return null
  return (
    <svg className={styles.map} viewBox={shape.viewBox} role="img" aria-label={label}>
      {units.map((unit) => (
        <path key={unit.properties.code} d={shape.path(unit.geometry)} data-chosen={isChosen(unit) || undefined} />
      ))}
      {mark !== null && <circle {...shape.at([mark.lon, mark.lat])} r={5} />}
    </svg>
  )
}

/** The one sub-district that the areas belong to, or all. */
function streetShown(areas: readonly string[], streets: readonly string[] | undefined): string | undefined {
  const within = areas.map((area) => (area.length >= codeLength.street ? streetOf(area) : allStreetsCode))
  const [first, ...others] = new Set(within)
  if (first === undefined || streets === undefined) return undefined
  if (others.length > 0) return allStreetsCode
  return first === allStreetsCode && streets.length === 1 ? streets[0] : first
}

const size = 200

/** Metres enough for a picture: degrees of longitude are shortened by the latitude. */
function shapeOf(units: readonly AreaFeature[]) {
  const corners = units.flatMap(({ geometry }) => ringsOf(geometry).flat())
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = 0, y = 0] of corners)
    [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)]
  if (!(east > west && north > south)) return undefined
  const shortened = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = size / Math.max((east - west) * shortened, north - south)
  const [width, height] = [(east - west) * shortened * scale, (north - south) * scale]
  const across = (x: number) => ((x - west) * shortened * scale).toFixed(1)
  const down = (y: number) => ((north - y) * scale).toFixed(1)
  const point = ([x = 0, y = 0]: Position) => `${across(x)} ${down(y)}`
  return {
    viewBox: `-2 -2 ${(width + 4).toFixed(1)} ${(height + 4).toFixed(1)}`,
    at: ([x = 0, y = 0]: Position) => ({ cx: across(x), cy: down(y) }),
    path: (geometry: Polygon | MultiPolygon) =>
      ringsOf(geometry)
        .map((ring) => `M${ring.map(point).join('L')}Z`)
        .join(''),
  }
}

function ringsOf(geometry: Polygon | MultiPolygon): Position[][] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}
