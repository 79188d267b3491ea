import type { FeatureCollection } from 'geojson'
import { buildingHeight, fromBuildings } from './buildings.ts'
import { defineLayer, noFeatures, setData, type LayerInputs } from './map-layer.ts'

/** What is selected: a ring around an incident or a facility, a building in the accent. Areas outline themselves. */
export const selection = defineLayer({
  id: 'selection',
  sources: () => ({ selection: { type: 'geojson', data: noFeatures } }),
  style: ({ palette, scale }) => ({
    buildings: [
      {
        id: 'building-selected',
        type: 'fill-extrusion',
        ...fromBuildings,
        minzoom: 12,
        filter: ['==', ['get', 'code'], ''],
        paint: {
          'fill-extrusion-color': palette.accent,
          'fill-extrusion-height': ['+', buildingHeight, 0.4],
          'fill-extrusion-opacity': 0.9,
        },
      },
    ],
    symbols: [
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
    ],
  }),
  images: (palette) => [
    {
      id: 'ring',
      draw: (context) => {
        context.lineWidth = 2.6
        context.strokeStyle = palette.accent
        context.beginPath()
        context.arc(13, 13, 11.4, 0, 2 * Math.PI)
        context.stroke()
      },
    },
  ],
  attach: (map) => ({
    update: (inputs, changed) => {
      if (changed('selected')) {
        const code = inputs.selected?.kind === 'building' ? inputs.selected.id : ''
        map.setFilter('building-selected', ['==', ['get', 'code'], code])
      }
      if (changed('selected', 'facilities', 'columns')) setData(map, 'selection', selectedPoint(inputs))
    },
  }),
})

/** Where the selected incident or facility is. */
function selectedPoint({ selected, columns, facilities }: LayerInputs): FeatureCollection {
  if (selected?.kind === 'facility') {
    const found = facilities?.features.find((feature) => feature.id === selected.id)
    if (found?.geometry.type === 'Point') return pointAt(found.geometry.coordinates)
  }
  if (selected?.kind === 'incident' && columns !== undefined) {
    const [street, number] = [selected.id.slice(0, 9), selected.id.slice(10)]
    for (let row = 0; row < columns.length; row++)
      if (columns.number(row) === number && columns.street(row) === street)
        return pointAt([columns.x[row]! * 1e-7, columns.y[row]! * 1e-7])
  }
  return noFeatures
}

function pointAt(coordinates: number[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } }],
  }
}
