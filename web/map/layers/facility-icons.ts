import type { Map as MapLibreMap } from 'maplibre-gl'
import type { FacilityKind, FacilityStatus } from '@minqing/data/domain/facility'
import type { Palette } from '../palette.ts'

/** Device pixels a CSS pixel: sharp on a phone and when a wall doubles the size. */
const density = 4
const side = 26

type Draw = (context: CanvasRenderingContext2D) => void

/** Glyphs on a 24 × 24 field, drawn as strokes. */
const glyphs: Record<Exclude<FacilityKind, 'smoke_detector'>, string> = {
  service_station: 'M5 11.5 12 5.5l7 6M7 10.5V18h10v-7.5M10.5 18v-4h3v4',
  mediation_room: 'M5 6.5h9v6.5H9.5L7 15.2V13H5zM10.5 15.5h4l2.5 2.3v-2.3h2V10h-2.5',
  police: 'M12 4.8 18 7v4.6c0 3.6-2.5 6.3-6 7.6-3.5-1.3-6-4-6-7.6V7zM9.2 11.8l2 2 3.6-3.8',
  school: 'M3.8 10 12 6l8.2 4L12 14zM7.2 12v3.6c1.3 1.2 2.9 1.7 4.8 1.7s3.5-.5 4.8-1.7V12M20.2 10v4.5',
  other: 'M12 6.5v11M6.5 12h11',
}
const tones: Record<keyof typeof glyphs, string> = {
  service_station: '#b9483f',
  mediation_room: '#6b62a8',
  police: '#3a6ea5',
  school: '#8a6a2f',
  other: '#5f6b78',
}

/** An empty fill is the ground's own tone. Whether a detector answers is said by fill, shape and mark, not by colour alone. */
const detectors: Record<FacilityStatus, { ring: string; fill: string; mark: string; markTone: string }> = {
  online: {
    ring: '#2f9e6e',
    fill: '',
    mark: 'M12 9.6a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 1 1 0-4.8',
    markTone: '#2f9e6e',
  },
  offline: { ring: '#7d8894', fill: '', mark: 'M8.6 8.6l6.8 6.8M15.4 8.6l-6.8 6.8', markTone: '#8a96a3' },
  low_battery: {
    ring: '#b58100',
    fill: '#fff3cf',
    mark: 'M7.6 10h7.8v4H7.6zM16.6 11.2v1.6M9.2 11.4v1.2',
    markTone: '#8a6100',
  },
  alarm: { ring: '#c1272d', fill: '#e5484d', mark: 'M12 7.4v5.4M12 15.6v.6', markTone: '#ffffff' },
  not_applicable: { ring: '#7d8894', fill: '', mark: 'M9.5 12h5', markTone: '#8a96a3' },
}

/** Everything the style names as an image, drawn here: there is no sprite to fetch. */
export function addIcons(map: MapLibreMap, palette: Palette): void {
  for (const [kind, glyph] of Object.entries(glyphs) as [keyof typeof glyphs, string][])
    put(map, `facility-${kind}`, (context) => {
      context.fillStyle = tones[kind]
      context.strokeStyle = palette.halo
      context.lineWidth = 1.5
      context.beginPath()
      context.roundRect(1, 1, side - 2, side - 2, 7)
      context.fill()
      context.stroke()
      stroke(context, glyph, '#ffffff', 1.6)
    })
  for (const [status, look] of Object.entries(detectors))
    put(map, `detector-${status}`, (context) => {
      context.fillStyle = look.fill || palette.land
      context.strokeStyle = look.ring
      context.lineWidth = 2.4
      context.beginPath()
      context.arc(side / 2, side / 2, 8.6, 0, 2 * Math.PI)
      context.fill()
      context.stroke()
      stroke(context, look.mark, look.markTone, 2)
    })
  put(map, 'ring', (context) => {
    context.lineWidth = 2.6
    context.strokeStyle = palette.accent
    context.beginPath()
    context.arc(side / 2, side / 2, side / 2 - 1.6, 0, 2 * Math.PI)
    context.stroke()
  })
  const pill: Draw = (context) => {
    context.fillStyle = palette.pill
    context.strokeStyle = palette.pillLine
    context.lineWidth = 0.75
    context.beginPath()
    context.roundRect(1, 1, side - 2, side - 2, 5)
    context.fill()
    context.stroke()
  }
  const [from, to] = [7 * density, (side - 7) * density]
  put(map, 'pill', pill, { stretchX: [[from, to]], stretchY: [[from, to]], content: [4, 4, 100, 100] })
}

function stroke(context: CanvasRenderingContext2D, path: string, tone: string, width: number): void {
  context.save()
  context.translate((side - 24) / 2, (side - 24) / 2)
  context.strokeStyle = tone
  context.lineWidth = width
  context.lineJoin = context.lineCap = 'round'
  context.stroke(new Path2D(path))
  context.restore()
}

type Stretch = { stretchX: [number, number][]; stretchY: [number, number][]; content: [number, number, number, number] }

function put(map: MapLibreMap, id: string, draw: Draw, stretch?: Stretch): void {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side * density
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(density, density)
  draw(context)
  const image = context.getImageData(0, 0, canvas.width, canvas.height)
  if (map.hasImage(id)) map.updateImage(id, image)
  else map.addImage(id, image, { pixelRatio: density, ...stretch })
}
