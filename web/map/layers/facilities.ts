import type { StyleContext, StyleLayer } from '../style-context.ts'
import { between } from '../style-context.ts'

/** Smoke detectors are many: they appear nearer than the places that people go to. */
export function facilityLayers({ palette, scale, fonts, language }: StyleContext): StyleLayer[] {
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
      paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
    },
    {
      id: 'selection',
      type: 'symbol',
      source: 'selection',
      layout: {
        'icon-image': 'ring',
        'icon-size': 1.15 * scale,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
  ]
}
