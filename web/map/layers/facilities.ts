import type { FacilityKind, FacilityStatus } from '@minqing/data/domain/facility'
import type { Palette } from '../palette.ts'
import {
  between,
  defineLayer,
  foundFeature,
  noFeatures,
  setData,
  type StyleContext,
  type StyleImage,
  type StyleLayer,
} from './map-layer.ts'

/** Service points with their names, and smoke detectors with their state. */
export const facilities = defineLayer({
  id: 'facilities',
  object: 'facility',
  switch: { kind: 'checkbox', label: { zh: '设施', en: 'Facilities' }, initial: false },
  hitRank: 2,
  sources: () => ({ facilities: { type: 'geojson', data: noFeatures, promoteId: 'id' } }),
  style: (context) => ({ symbols: facilityLayers(context) }),
  images: (palette) => [...kindImages(palette), ...detectorImages(palette)],
  attach: (map) => ({
    update: (inputs, changed) => {
      if (changed('facilities')) setData(map, 'facilities', inputs.facilities)
    },
    hit: ({ x, y }) => {
      const [feature] = map.queryRenderedFeatures(
        [
          [x - 5, y - 5],
          [x + 5, y + 5],
        ],
        { layers: ['facility', 'detector'] },
      )
      const { streetCode, id } = feature?.properties ?? {}
      return foundFeature(
        'facility',
        feature && { ...feature.properties, featureId: `${streetCode}-${id}` },
        'featureId',
      )
    },
  }),
})

/** What is placed by its address alone is drawn fainter than what was measured. */
const opacity = [
  'case',
  ['==', ['slice', ['coalesce', ['get', 'positionSource'], ''], 0, 7], 'address'],
  0.6,
  1,
] as never

function facilityLayers({ palette, language, scale, fonts }: StyleContext): StyleLayer[] {
  const icon = ['concat', 'facility-', ['get', 'kind']]
  const detector = ['concat', 'detector-', ['coalesce', ['get', 'status'], 'not_applicable']]
  return [
    {
      id: 'detector',
      type: 'symbol',
      source: 'facilities',
      minzoom: 15,
      filter: ['==', ['get', 'kind'], 'smoke_detector'],
      layout: {
        'icon-image': detector as never,
        'icon-size': between([15, 0.42 * scale], [17, 0.9 * scale]),
        'icon-allow-overlap': true,
        // An alarm lies above everything that is well.
        'symbol-sort-key': ['match', ['get', 'status'], 'alarm', 3, 'offline', 2, 'low_battery', 1, 0],
      },
      paint: { 'icon-opacity': opacity },
    },
    {
      id: 'facility',
      type: 'symbol',
      source: 'facilities',
      minzoom: 13,
      filter: ['!=', ['get', 'kind'], 'smoke_detector'],
      layout: {
        'icon-image': icon as never,
        'icon-size': between([13, 0.5 * scale], [16, 1 * scale]),
        // Far away names of areas come first; near, nothing may be missing.
        'icon-allow-overlap': ['step', ['zoom'], false, 15.2, true],
        'text-field': [
          'step',
          ['zoom'],
          '',
          15.8,
          language === 'en' ? ['coalesce', ['get', 'nameEn'], ['get', 'name']] : ['get', 'name'],
        ],
        'text-font': fonts,
        'text-size': 11.5 * scale,
        'text-anchor': 'top',
        'text-offset': [0, 1.05],
        'text-optional': true,
        'text-max-width': 9,
      },
      paint: {
        'icon-opacity': opacity,
        'text-color': palette.label,
        'text-halo-color': palette.halo,
        'text-halo-width': 1.4,
      },
    },
  ]
}

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

/** An empty fill is the palette's land colour. States differ in fill and mark too, not by colour alone. */
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

function kindImages(palette: Palette): StyleImage[] {
  return (Object.entries(glyphs) as [keyof typeof glyphs, string][]).map(([kind, glyph]) => ({
    id: `facility-${kind}`,
    draw: (context) => {
      context.fillStyle = tones[kind]
      context.strokeStyle = palette.halo
      context.lineWidth = 1.5
      context.beginPath()
      context.roundRect(1, 1, 24, 24, 7)
      context.fill()
      context.stroke()
      stroke(context, glyph, '#ffffff', 1.6)
    },
  }))
}

function detectorImages(palette: Palette): StyleImage[] {
  return Object.entries(detectors).map(([status, look]) => ({
    id: `detector-${status}`,
    draw: (context) => {
      context.fillStyle = look.fill || palette.land
      context.strokeStyle = look.ring
      context.lineWidth = 2.4
      context.beginPath()
      context.arc(13, 13, 8.6, 0, 2 * Math.PI)
      context.fill()
      context.stroke()
      stroke(context, look.mark, look.markTone, 2)
    },
  }))
}

function stroke(context: CanvasRenderingContext2D, path: string, tone: string, width: number): void {
  context.save()
  context.translate(1, 1)
  context.strokeStyle = tone
  context.lineWidth = width
  context.lineJoin = context.lineCap = 'round'
  context.stroke(new Path2D(path))
  context.restore()
}
