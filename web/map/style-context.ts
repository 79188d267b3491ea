import type { Language } from '@minqing/data/domain/label'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Palette } from './palette.ts'

/** What the layers of the style depend on. */
export type StyleContext = {
  palette: Palette
  language: Language
  /** 1 on a desk, more on a wall: widths and sizes grow together. */
  scale: number
  /** CSS families, or the name under which the style declares its font files. */
  fonts: string[]
}

export type StyleLayer = LayerSpecification

/** A width that doubles with about every level, through the given stops of zoom and pixels. */
export function growing(scale: number, ...stops: [zoom: number, pixels: number][]): ExpressionSpecification {
  return [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    ...stops.flatMap(([zoom, pixels]) => [zoom, pixels * scale]),
  ] as unknown as ExpressionSpecification
}

/** A value between stops of zoom. */
export function between(...stops: [zoom: number, value: number][]): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification
}

/** English where it is wanted and there is such a name, Chinese otherwise. */
export function nameIn(language: Language): ExpressionSpecification {
  return language === 'en' ? ['coalesce', ['get', 'nameEn'], ['get', 'name'], ''] : ['coalesce', ['get', 'name'], '']
}
