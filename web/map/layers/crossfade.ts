import type { LayerInputs } from './map-layer.ts'

/** From this zoom on single incidents can be distinguished. */
export const incidentsFrom = 15.3
/** Levels of zoom over which they take the place of their density. */
const fadingLevels = 0.9

type FadingInputs = Pick<LayerInputs, 'columns' | 'density' | 'incidentsFrom' | 'layers' | 'resting'>

/** The inputs that the share of the density depends on. */
export const fadingInputs = ['columns', 'density', 'incidentsFrom', 'layers', 'resting'] as const

/**
 * Opacity of the density where single incidents are drawn as well, 0–1: they lie thick over it, and each spoils the
 * other. 1 where incidents are not shown, or where both are wanted.
 */
export function densityOpacity({ columns, density, incidentsFrom: from, layers, resting }: FadingInputs): number {
  const isOverlaid =
    density.fades === true && columns !== undefined && (layers === null || layers.includes('incidents'))
  if (!isOverlaid || resting === null) return 1
  return 1 - Math.max(0, Math.min(1, (resting.zoom - (from ?? incidentsFrom)) / fadingLevels))
}

/** Opacity of the incidents: the other part where there is a density, else 1. */
export function incidentsOpacity(inputs: FadingInputs): number {
  return inputs.density.fades === true && inputs.density.mode !== 'off' ? 1 - densityOpacity(inputs) : 1
}
