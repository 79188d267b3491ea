import type { AnalysisResult } from '../../api/analyses.ts'
import type { AnalysisOverlay } from '../../map/map-inputs.ts'

/** Class of a value from 0; −1 below the first. */
function stepOf(value: number | null, breaks: readonly number[]): number {
  return value === null ? -1 : breaks.findLastIndex((low) => value >= low)
}

/**
 * The units as the map draws them: every unit of the result, and no other. Of a density the classes are drawn by value
 * alone, with the outlines of its spots above them.
 */
export function overlayFeatures(
  result: AnalysisResult,
  breaks: readonly number[],
  show: 'significance' | 'value' | 'development' | 'warning' | 'silence',
): AnalysisOverlay['features'] {
  const isDensity = result.analysis.question.method === 'density'
  const features = result.features
    .filter(({ properties: { band } }) => show === 'value' || band === undefined)
    .map(({ type, geometry, properties: { code, spot, value, class: own, emerging, band, voice } }) => {
      const step = isDensity && band === undefined ? -1 : stepOf(value, breaks)
      return {
        type,
        geometry,
        properties: { code, spot, class: own, step, emerging: emerging ?? 'none', voice: voice?.voice },
      }
    })
  return { type: 'FeatureCollection', features }
}
