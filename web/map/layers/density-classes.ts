import type { MapInputs } from '../map-inputs.ts'

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

/** As CSS, laid over the ground: the legend shows what the eye meets on the map. */
export function cssOver([red, green, blue, alpha]: Rgba, ground: string): string {
  const base = parseColour(ground)
  const share = alpha / 255
  const mix = [red, green, blue].map((channel, i) => Math.round(channel * share + base[i]! * (1 - share)))
  return `rgb(${mix.join(' ')})`
}

function parseColour(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1, 7), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
