import { ColumnLayer } from '@deck.gl/layers'
import type { HexagonBins } from '@minqing/data/geo/hexagon-bins'
import type { MapInputs } from '../map-inputs.ts'
import { densityOpacity, fadingInputs } from './crossfade.ts'
import { densityClasses, densityLegend, onGround, type Rgba } from './density-classes.ts'
import { defineLayer, lastCall, type LayerInputs } from './map-layer.ts'

type HexagonResult = NonNullable<LayerInputs['densities']['hexagon']>

const squareMetresPerHectare = 10_000

/** The incidents that the filter leaves, counted in hexagons. */
export const hexagon = defineLayer({
  id: 'hexagon',
  switch: { kind: 'density', label: { zh: '六边形', en: 'Hexagons' } },
  legend: (inputs) => densityLegend(inputs.densities.hexagon, inputs, densityOpacity(inputs)),
  attach: () => {
    const made = lastCall(hexagonLayers)
    return {
      deck: {
        slot: 'density',
        uses: ['densities', 'theme', ...fadingInputs],
        layers: (inputs) => {
          const { densities, theme } = inputs
          return densities.hexagon === undefined ? [] : made(densities.hexagon, theme, densityOpacity(inputs))
        },
      },
    }
  },
})

function hexagonLayers({ peak, clusters }: HexagonResult, theme: MapInputs['theme'], opacity: number) {
  const { step, colours } = densityClasses(peak, theme)
  if (step === undefined) return []
  return clusters.map(({ bins }, index) => hexagonLayer(`hexagon-${index}`, bins, step, colours, opacity))
}

/** Hexagons of true size, coloured by incidents per hectare; those below the first class are transparent. */
function hexagonLayer(id: string, bins: HexagonBins, step: number, colours: Rgba[], opacity: number) {
  const perHectare = squareMetresPerHectare / bins.area
  const fill = new Uint8Array(bins.counts.length * 4)
  for (const [i, count] of bins.counts.entries()) {
    const level = Math.floor((count * perHectare) / step + 1e-9)
    if (level >= 1) fill.set(colours[Math.min(level, colours.length) - 1]!, i * 4)
  }
  return new ColumnLayer({
    id,
    opacity,
    visible: opacity > 0,
    data: {
      length: bins.counts.length,
      attributes: {
        getPosition: { value: bins.centers, size: 2 },
        getFillColor: { value: fill, size: 4, normalized: true },
      },
    },
    // The first corner of deck.gl's hexagon points east: flat on top, as the counts are made.
    diskResolution: 6,
    radius: bins.circumradius,
    radiusUnits: 'meters',
    coverage: 0.97,
    extruded: false,
    stroked: false,
    parameters: onGround,
  } as ConstructorParameters<typeof ColumnLayer>[0])
}
