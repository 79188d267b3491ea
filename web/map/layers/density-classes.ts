import { classBreaks } from '@minqing/data/stats/density-raster'
import { defineMessages, translatorFor } from '../../i18n/messages.ts'
import type { DensityResult } from '../density/density-result.ts'
import type { MapInputs, MapLegend } from '../map-inputs.ts'
import { palettes } from '../palette.ts'

const messages = defineMessages({
  zh: {
    title: '案件密度（件/公顷）',
    heatNote: '图中 {count, number} 件，半径 {metres, number} 米',
    hexagonNote: '图中 {count, number} 件，半径 {metres, number} 米',
    beyond: '颜色会越过所选区域',
    fading: '放大后由点位代替',
    separator: '；',
  },
  en: {
    title: 'Case density (cases/ha)',
    heatNote: '{count, number} cases in view, radius {metres, number} m',
    hexagonNote: '{count, number} cases in view, hexagons of {metres, number} m',
    beyond: 'its colour reaches beyond the selected area',
    fading: 'giving way to case points',
    separator: '; ',
  },
})

const mostClasses = 7

/** Flat things that share the map's depth buffer would flicker against each other: they are ordered, not measured. */
export const onGround = { depthCompare: 'always', depthWriteEnabled: false } as const

export type Rgba = [red: number, green: number, blue: number, alpha: number]

/**
 * Perceptually even and safe for colour-blind eyes: inferno (van der Walt & Smith 2015) above its darkest fifth, which
 * dark ground would swallow, and ColorBrewer's YlOrBr (Brewer 2003). More is always farther from the ground's tone.
 */
const ramps: Record<MapInputs['theme'], string[]> = {
  dark: ['#5a1a6e', '#7c2369', '#a02c60', '#c43c4e', '#e25734', '#f57d15', '#fbaa2b', '#f6d746', '#fcffa4'],
  light: ['#fee9a6', '#fed475', '#feb54a', '#fb9329', '#ec7014', '#d35206', '#ac3d03', '#862f05', '#662506'],
}
/** Opacity of the lowest and the highest class: the ground stays readable where little is. */
const opacities: Record<MapInputs['theme'], [number, number]> = { dark: [0.3, 0.88], light: [0.46, 0.9] }

/** One colour a class, lowest first. */
export function densityRamp(theme: MapInputs['theme'], classes: number): Rgba[] {
  const stops = ramps[theme].map(parseColour)
  const [low, high] = opacities[theme]
  return Array.from({ length: classes }, (_, index) => {
    const at = classes === 1 ? 0.6 : index / (classes - 1)
    const place = at * (stops.length - 1)
    const from = stops[Math.floor(place)]!
    const to = stops[Math.min(stops.length - 1, Math.floor(place) + 1)]!
    const rest = place - Math.floor(place)
    const channel = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * rest)
    return [channel(0), channel(1), channel(2), Math.round((low + (high - low) * Math.min(1, at * 1.9)) * 255)]
  })
}

/** Lower limits of the colour classes in incidents per hectare, and their colours; the first limit is also their width. */
export function densityClasses(peak: number, theme: MapInputs['theme']) {
  const breaks = classBreaks(peak, mostClasses)
  return { breaks, step: breaks[0], colours: densityRamp(theme, breaks.length) }
}

/**
 * What the classes of a result mean; null where it has none, or is not seen.
 * @param opacity of the whole layer, 0–1.
 */
export function densityLegend(
  result: DensityResult | undefined,
  { theme, language, area }: Pick<MapInputs, 'theme' | 'language' | 'area'>,
  opacity: number,
): MapLegend | null {
  if (result === undefined || opacity === 0) return null
  const { mode, bandwidth, incidents } = result
  const { breaks, colours } = densityClasses(result.peak, theme)
  if (breaks.length === 0) return null
  const t = translatorFor(messages, language)
  return {
    layer: mode,
    title: t('title'),
    note: [
      t(`${mode}Note`, { count: incidents, metres: bandwidth }),
      ...(area !== null && mode === 'heat' ? [t('beyond')] : []),
      ...(opacity < 1 ? [t('fading')] : []),
    ].join(t('separator')),
    breaks,
    colours: colours.map(([red, green, blue, alpha]) =>
      cssOver([red, green, blue, alpha * opacity], palettes[theme].land),
    ),
  }
}

/** As CSS, laid over the ground: the legend shows what the eye meets on the map. */
export function cssOver([red, green, blue, alpha]: Rgba, ground: string): string {
  const base = parseColour(ground)
  const share = alpha / 255
  const mix = [red, green, blue].map((channel, i) => Math.round(channel * share + base[i]! * (1 - share)))
  return `rgb(${mix.join(' ')})`
}

export function parseColour(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1, 7), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
