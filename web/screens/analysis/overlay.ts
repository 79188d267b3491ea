import type { AnalysisResult } from '../../api/analyses.ts'
import type { AnalysisOverlay } from '../../map/map-inputs.ts'

/** Class of a value from 0; −1 below the first. */
function stepOf(value: number | null, breaks: readonly number[]): number {
  return value === null ? -1 : breaks.findLastIndex((low) => value >= low)
}

/** The units as the map draws them: every unit of the result, and no other. */
export function overlayFeatures(result: AnalysisResult, breaks: readonly number[]): AnalysisOverlay['features'] {
  const features = result.features.map(
    ({ type, geometry, properties: { code, spot, value, class: own, emerging } }) => ({
      type,
      geometry,
      properties: { code, spot, class: own, step: stepOf(value, breaks), emerging: emerging ?? 'none' },
    }),
  )
  return { type: 'FeatureCollection', features }
}
