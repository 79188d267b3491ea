import { IconLayer } from '@deck.gl/layers'
import { noPosition, type IncidentColumns } from '@minqing/data/domain/incident-columns'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { positionSources } from '@minqing/data/domain/position-source'
import { riskLabels, risks, type Risk } from '@minqing/data/domain/risk'
import type { Map as MapLibreMap, Point } from 'maplibre-gl'
import { palettes } from '../palette.ts'
import { fadingInputs, incidentsFrom, incidentsOpacity } from './crossfade.ts'
import { onGround } from './density-classes.ts'
import { defineLayer, lastCall, type Found, type LayerInputs } from './map-layer.ts'

/** Pixels around a mark that still mean it; half a finger on touch screens. */
const tolerance = { fine: 11, coarse: 20 } as const

/** One mark for each incident that the filter leaves, near enough to be distinguished. */
export const incidents = defineLayer({
  id: 'incidents',
  switch: { kind: 'checkbox', label: { zh: '案件点位', en: 'Case points' }, initial: true },
  hitRank: 1,
  attach: (map) => {
    const search = lastCall(incidentsInView)
    const box = lastCall(surroundings)
    const marks = lastCall((theme: LayerInputs['theme']) => incidentMarks(palettes[theme].halo))
    let drawn = noIncidents
    return {
      deck: {
        slot: 'incidents',
        uses: ['mask', 'theme', 'scale', ...fadingInputs],
        layers: (inputs) => {
          const { columns, mask, resting, theme, scale } = inputs
          const isNear = resting !== null && resting.zoom >= (inputs.incidentsFrom ?? incidentsFrom)
          drawn = isNear && columns !== undefined ? search(columns, mask, box(resting)) : noIncidents
          return [iconLayer(drawn, marks(theme), resting?.zoom ?? 0, scale, incidentsOpacity(inputs))]
        },
      },
      hit: (point, inputs) => incidentAt(map, drawn, point, inputs),
    }
  },
})

/** The part of the map in view and a quarter of it on each side, so that a short pan stays filled. */
function surroundings({ west, south, east, north }: NonNullable<LayerInputs['resting']>): Box {
  const [width, height] = [(east - west) * 0.25, (north - south) * 0.25]
  return { west: west - width, south: south - height, east: east + width, north: north + height }
}

/** The incident whose mark is nearest to a point, within the tolerance. */
function incidentAt(map: MapLibreMap, drawn: IncidentsInView, point: Point, inputs: LayerInputs): Found | null {
  const { columns } = inputs
  if (columns === undefined) return null
  const distance = tolerance[matchMedia('(pointer: coarse)').matches ? 'coarse' : 'fine'] * inputs.scale
  const corners = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(([dx, dy]) => map.unproject([point.x + dx! * distance * 2, point.y + dy! * distance * 2]))
  const [west, east] = [Math.min(...corners.map(({ lng }) => lng)), Math.max(...corners.map(({ lng }) => lng))]
  const [south, north] = [Math.min(...corners.map(({ lat }) => lat)), Math.max(...corners.map(({ lat }) => lat))]
  const { rows, places } = drawn
  let best = -1
  let nearest = distance
  for (let i = rows.length - 1; i >= 0; i--) {
    const [lon, lat] = [places[i * 2]!, places[i * 2 + 1]!]
    if (lon < west || lon > east || lat < south || lat > north) continue
    const away = map.project([lon, lat]).dist(point)
    if (away < nearest) [best, nearest] = [i, away]
  }
  if (best < 0) return null
  const row = rows[best]!
  const number = columns.number(row)
  const risk = risks[columns.risk[row]!]!
  const properties = {
    number,
    type: incidentTypes[columns.type[row]!],
    status: incidentStatuses[columns.status[row]!],
    risk,
    riskLabel: riskLabels[risk],
    reportedAt: new Date(columns.reported[row]! * 1000).toISOString(),
    positionSource: positionSources[columns.positionSource[row]!],
  }
  return { kind: 'incident', id: `${columns.street(row)}-${number}`, properties }
}

/** Size of a mark relative to the others: higher risks are larger. */
const weight: Record<Risk, number> = { red: 1.3, orange: 1.1, yellow: 0.9, blue: 0.8 }

function iconLayer(
  drawn: IncidentsInView,
  marks: ReturnType<typeof incidentMarks>,
  zoom: number,
  scale: number,
  opacity: number,
) {
  const pixels = 7 + 10 * Math.max(0, Math.min(1, (zoom - incidentsFrom) / 2.2))
  return new IconLayer({
    id: 'incidents',
    opacity,
    visible: drawn.rows.length > 0,
    data: { length: drawn.rows.length, attributes: { getPosition: { value: drawn.places, size: 2 } } },
    getIcon: (_: unknown, { index }: { index: number }) =>
      markName(risks[drawn.risk[index]!]!, drawn.hollow[index] === 1),
    iconAtlas: marks.atlas,
    iconMapping: marks.places,
    getSize: (_: unknown, { index }: { index: number }) => weight[risks[drawn.risk[index]!]!],
    sizeScale: pixels * scale,
    sizeUnits: 'pixels',
    alphaCutoff: 0.02,
    parameters: onGround,
    updateTriggers: { getIcon: drawn, getSize: drawn },
  } as unknown as ConstructorParameters<typeof IconLayer>[0])
}

const measured = positionSources.indexOf('measured')

/** More marks than this cover each other: the newest are drawn. */
const most = 20_000

type Box = { west: number; south: number; east: number; north: number }

/** The incidents that are drawn one by one: what the filter holds within a box. */
export type IncidentsInView = {
  rows: Uint32Array
  /** Longitude and latitude, in pairs, in the order of `rows`. */
  places: Float64Array
  risk: Uint8Array
  /** 1 where the position is that of an address and was not measured. */
  hollow: Uint8Array
}

const noIncidents: IncidentsInView = {
  rows: new Uint32Array(0),
  places: new Float64Array(0),
  risk: new Uint8Array(0),
  hollow: new Uint8Array(0),
}

/** Reads all rows, which takes 2 ms for a million: less than updating an index. */
export function incidentsInView(columns: IncidentColumns, mask: Uint8Array | undefined, box: Box): IncidentsInView {
  const [west, south, east, north] = [box.west, box.south, box.east, box.north].map((degrees) =>
    Math.round(degrees * 1e7),
  )
  const found: number[] = []
  // Newest first, so that the limit leaves out the oldest.
  for (let row = columns.length - 1; row >= 0 && found.length < most; row--) {
    const x = columns.x[row]!
    const y = columns.y[row]!
    if (x < west! || x > east! || y < south! || y > north! || x === noPosition) continue
    if (mask === undefined || mask[row] === 1) found.push(row)
  }
  // Higher risks last, so that they are drawn on top.
  const rows = Uint32Array.from(found).sort((a, b) => columns.risk[b]! - columns.risk[a]! || a - b)
  const places = new Float64Array(rows.length * 2)
  const risk = new Uint8Array(rows.length)
  const hollow = new Uint8Array(rows.length)
  for (const [i, row] of rows.entries()) {
    places[i * 2] = columns.x[row]! * 1e-7
    places[i * 2 + 1] = columns.y[row]! * 1e-7
    risk[i] = columns.risk[row]!
    hollow[i] = columns.positionSource[row] === measured ? 0 : 1
  }
  return { rows, places, risk, hollow }
}

/** Colour of each risk, and a shape as the second signal: diamond, triangle, square, circle. */
const riskColours: Record<Risk, string> = { red: '#e5484d', orange: '#f76b15', yellow: '#ffc53d', blue: '#3e93d6' }

const markSize = 64
const middle = markSize / 2

function outline(risk: Risk): Path2D {
  const path = new Path2D()
  switch (risk) {
    case 'red':
      polygon(path, [
        [middle, 4],
        [markSize - 4, middle],
        [middle, markSize - 4],
        [4, middle],
      ])
      break
    case 'orange':
      polygon(path, [
        [middle, 6],
        [markSize - 5, markSize - 9],
        [5, markSize - 9],
      ])
      break
    case 'yellow':
      path.roundRect(11, 11, markSize - 22, markSize - 22, 5)
      break
    case 'blue':
      path.arc(middle, middle, 21, 0, 2 * Math.PI)
      break
  }
  return path
}

function polygon(path: Path2D, points: [number, number][]): void {
  for (const [x, y] of points) path.lineTo(x, y)
  path.closePath()
}

/** A mark by its risk; positions from addresses have a hollow one. */
function markName(risk: Risk, hollow: boolean): string {
  return hollow ? `${risk}-hollow` : risk
}

/** All marks side by side, the hollow ones below the filled, and where each one is. */
function incidentMarks(halo: string) {
  const canvas = document.createElement('canvas')
  canvas.width = markSize * risks.length
  canvas.height = markSize * 2
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no 2D canvas, which the map needs for its marks')
  context.lineJoin = 'round'
  const places = risks.flatMap((risk, index) =>
    [false, true].map((hollow) => {
      const [x, y] = [index * markSize, hollow ? markSize : 0]
      context.setTransform(1, 0, 0, 1, x, y)
      const path = outline(risk)
      context.strokeStyle = halo
      context.lineWidth = hollow ? 14 : 8
      context.stroke(path)
      context.fillStyle = hollow ? halo : riskColours[risk]
      context.fill(path)
      if (hollow) {
        context.strokeStyle = riskColours[risk]
        context.lineWidth = 8
        context.stroke(path)
      }
      return [markName(risk, hollow), { x, y, width: markSize, height: markSize }] as const
    }),
  )
  return { atlas: context.getImageData(0, 0, canvas.width, canvas.height), places: Object.fromEntries(places) }
}
