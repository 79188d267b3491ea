import { classBreaks } from '@minqing/data/geo/density-raster'
import type { DensityLegend, MapInputs } from '../map-inputs.ts'
import { palettes } from '../palette.ts'
import type { DensityPicture } from '../density/density-protocol.ts'
import { cssOver, densityRamp } from './density-classes.ts'
import { HeatLayer } from './heat.ts'
import { hexagonLayer } from './hexagon.ts'
import { onGround } from './on-ground.ts'

const mostClasses = 7

/** Heat or hexagons of a picture, in the classes that `densityLegend` lists. */
export function densityLayers(picture: DensityPicture, theme: MapInputs['theme'], beforeId: string) {
  const breaks = classBreaks(picture.peak, mostClasses)
  const step = breaks[0]
  if (step === undefined) return []
  const colours = densityRamp(theme, breaks.length)
  switch (picture.mode) {
    case 'heat':
      return picture.patches.map(
        ({ grid }, index) =>
          new HeatLayer({
            id: `heat-${index}`,
            bounds: grid.bounds,
            values: grid.values,
            columns: grid.columns,
            rows: grid.rows,
            step,
            colours,
            parameters: onGround,
            beforeId,
          }),
      )
    case 'hexagon':
      return picture.patches.map(({ grid }, index) => hexagonLayer(`hexagon-${index}`, grid, step, colours, beforeId))
  }
}

export function densityLegend(picture: DensityPicture, theme: MapInputs['theme']): DensityLegend {
  const breaks = classBreaks(picture.peak, mostClasses)
  const colours = densityRamp(theme, breaks.length).map((colour) => cssOver(colour, palettes[theme].land))
  return { mode: picture.mode, radius: picture.radius, breaks, colours, cases: picture.cases }
}
