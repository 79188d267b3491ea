import type { ExpressionSpecification } from 'maplibre-gl'
import { defineMessages, translatorFor } from '../../i18n/messages.ts'
import type { AnalysisOverlay, MapInputs, MapLegend } from '../map-inputs.ts'
import { palettes } from '../palette.ts'
import { cssOver, densityRamp, parseColour, type Rgba } from './density-classes.ts'
import { defineLayer, foundFeature, growing, setData } from './map-layer.ts'

const messages = defineMessages({
  zh: {
    title: '聚集的显著程度',
    note: '已控制误报比例；空白处不显著',
    cold: '冷 {level}%',
    hot: '热 {level}%',
    outline: '线内件数明显多于其他地方（误报 ≤10%）',
  },
  en: {
    title: 'Significance of clustering',
    note: 'False discovery is controlled; blank is not significant',
    cold: 'Cold {level}%',
    hot: 'Hot {level}%',
    outline: 'More cases inside than elsewhere (FDR ≤ 10 %)',
  },
})

/** Classes from significantly cold to hot, and the level of each in percent. */
const classes = [-3, -2, -1, 1, 2, 3] as const
const levels = { 1: 90, 2: 95, 3: 99 } as const

/**
 * Diverging and safe for colour-blind eyes: ColorBrewer's RdBu (Brewer 2003) on light ground, the same hues with the most
 * significant lightest on dark ground, so that more is always farther from the ground's tone.
 */
const diverging: Record<MapInputs['theme'], Record<(typeof classes)[number], string>> = {
  light: { [-3]: '#2166ac', [-2]: '#67a9cf', [-1]: '#b5d3e7', 1: '#f8c3a4', 2: '#ef8a62', 3: '#b2182b' },
  dark: { [-3]: '#86c5f7', [-2]: '#4a8fc9', [-1]: '#2d5a80', 1: '#7d4030', 2: '#d2573b', 3: '#ff9a7a' },
}
/** Lines that are seen on heat of any colour. */
const outlines: Record<MapInputs['theme'], string> = { light: '#1b2430', dark: '#f4f7fa' }
const opacity = 0.78
const clear = 'rgba(0,0,0,0)'

/** Units of an analysis, where the page shows one: by significance, or by value. */
export const hotSpots = defineLayer({
  id: 'hot-spots',
  object: 'analysis',
  switch: { kind: 'checkbox', label: { zh: '当前热点', en: 'Current hot spots' }, initial: false },
  hitRank: 2.5,
  sources: () => ({ 'hot-spots': { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } }),
  style: ({ palette, scale }) => ({
    density: [
      {
        id: 'hot-spots-fill',
        type: 'fill',
        source: 'hot-spots',
        paint: { 'fill-color': clear, 'fill-antialias': false },
      },
    ],
    'grid-lines': [
      {
        id: 'hot-spots-line',
        type: 'line',
        source: 'hot-spots',
        filter: ['!=', ['get', 'class'], 0],
        paint: { 'line-color': palette.halo, 'line-width': growing(scale, [12, 0.3], [16, 1]), 'line-opacity': 0.7 },
      },
      {
        id: 'hot-spots-outline',
        type: 'line',
        source: 'hot-spots',
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': clear, 'line-width': growing(scale, [12, 1.5], [16, 4]) },
      },
    ],
    'area-lines': [
      {
        id: 'hot-spots-selected',
        type: 'line',
        source: 'hot-spots',
        filter: isOneOf([]),
        layout: { 'line-join': 'round' },
        paint: { 'line-color': palette.accent, 'line-width': growing(scale, [12, 2], [16, 3.5]) },
      },
    ],
  }),
  legend: ({ analysis, theme, language }) => legendOf(analysis, theme, language),
  attach: (map) => ({
    update: ({ analysis, theme }, changed) => {
      if (changed('analysis')) {
        setData(map, 'hot-spots', analysis?.features)
        map.setFilter('hot-spots-selected', isOneOf(analysis?.selected ?? []))
      }
      if (!changed('analysis', 'theme')) return
      map.setPaintProperty('hot-spots-fill', 'fill-color', fillOf(analysis, theme))
      const line = analysis?.show === 'outline' ? outlines[theme] : clear
      map.setPaintProperty('hot-spots-outline', 'line-color', line)
    },
    hit: (point, { analysis }) => {
      if (analysis === undefined || analysis.selected === null) return null
      const [feature] = map.queryRenderedFeatures(point, { layers: ['hot-spots-fill'] })
      return foundFeature('area', feature?.properties, 'code')
    },
  }),
})

function isOneOf(codes: readonly string[]): ExpressionSpecification {
  return ['in', ['get', 'code'], ['literal', [...codes]]]
}

function fillOf(analysis: AnalysisOverlay | undefined, theme: MapInputs['theme']): ExpressionSpecification | string {
  if (analysis === undefined) return clear
  const { property, colours } = coloursOf(analysis, theme)
  if (colours.length === 0) return clear
  return ['match', ['get', property], ...colours.flat(), clear] as unknown as ExpressionSpecification
}

/** The property that decides about the colour of a unit, and the colour of each of its values. */
function coloursOf(analysis: AnalysisOverlay, theme: MapInputs['theme']) {
  switch (analysis.show) {
    case 'value':
      return { property: 'step', colours: valueColours(analysis, theme).map((colour, step) => [step, colour] as const) }
    case 'significance':
      return {
        property: 'class',
        colours: classes.map((own) => [own, cssOf(opaque(diverging[theme][own]))] as const),
      }
    case 'outline':
      return { property: 'class', colours: [] }
    case 'categories': {
      const { property, entries } = analysis.categories ?? { property: 'class', entries: [] }
      return { property, colours: entries.map(({ value, colour }) => [value, cssOf(opaque(colour[theme]))] as const) }
    }
  }
}

function opaque(colour: string): Rgba {
  return [...parseColour(colour), Math.round(opacity * 255)]
}

function valueColours({ breaks }: AnalysisOverlay, theme: MapInputs['theme']): string[] {
  return densityRamp(theme, breaks.length).map(cssOf)
}

function cssOf([red, green, blue, alpha]: Rgba): string {
  return `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`
}

function legendOf(
  analysis: AnalysisOverlay | undefined,
  theme: MapInputs['theme'],
  language: MapInputs['language'],
): MapLegend | null {
  if (analysis === undefined || analysis.features.features.length === 0) return null
  const ground = palettes[theme].land
  if (analysis.show === 'value') {
    const { breaks, title, note } = analysis
    if (breaks.length === 0) return null
    const colours = densityRamp(theme, breaks.length).map((colour) => cssOver(colour, ground))
    return { layer: 'hot-spots', title, note, breaks, colours }
  }
  const t = translatorFor(messages, language)
  if (analysis.categories !== undefined && analysis.show === 'categories') {
    const { title, note, entries } = analysis.categories
    return {
      layer: 'hot-spots',
      title,
      note,
      breaks: entries.map((_, index) => index),
      names: entries.map(({ name }) => name),
      colours: entries.map(({ colour }) => cssOver(opaque(colour[theme]), ground)),
    }
  }
  if (analysis.show === 'outline') {
    const { title, note } = analysis
    return { layer: 'hot-spots', title, note, breaks: [0], names: [t('outline')], colours: [outlines[theme]] }
  }
  return {
    layer: 'hot-spots',
    title: t('title'),
    note: analysis.selected === null ? analysis.note : t('note'),
    breaks: [...classes],
    names: classes.map((own) => {
      const level = String(levels[Math.abs(own) as keyof typeof levels])
      return t(own < 0 ? 'cold' : 'hot', { level })
    }),
    colours: classes.map((own) => cssOver(opaque(diverging[theme][own]), ground)),
  }
}
