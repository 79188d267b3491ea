import type { WrittenStyle } from '../written-table.ts'

/** Of areas from the fewest to the most, light to dark (ColorBrewer YlOrRd, 5 classes). */
const ramp = ['#ffffb2', '#fecc5c', '#fd8d3c', '#f03b20', '#bd0026']

/** A style as QGIS stores it in `layer_styles` (QML); it opens the layer with it. */
export function qgisStyle(
  shape: 'point' | 'area' | 'mixed',
  { colour }: WrittenStyle,
  classes: { column: string; values: readonly number[] } | null,
): string {
  const type = shape === 'point' ? 'marker' : 'fill'
  const breaks = classes === null ? [] : breaksOf(classes.values)
  const renderer =
    classes === null || breaks.length < 2
      ? `<renderer-v2 type="singleSymbol" forceraster="0" symbollevels="0" enableorderby="0"><symbols>${symbol(type, '0', colour)}</symbols></renderer-v2>`
      : graduated(type, classes.column, breaks)
  return `<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version="3.22" styleCategories="Symbology">${renderer}<layerOpacity>1</layerOpacity></qgis>`
}

/** Limits of at most five classes of equally many values; the first is the least value, the last the greatest. */
function breaksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  if (sorted.length === 0) return []
  const limits = Array.from({ length: ramp.length + 1 }, (_, step) => {
    const at = Math.min(sorted.length - 1, Math.floor((step * sorted.length) / ramp.length))
    return sorted[at] ?? 0
  })
  return [...new Set(limits)]
}

function graduated(type: 'marker' | 'fill', column: string, breaks: readonly number[]): string {
  const classes = breaks.slice(0, -1).map((from, index) => ({ from, to: breaks[index + 1] ?? from, index }))
  const colourOf = (index: number) =>
    ramp[Math.round((index * (ramp.length - 1)) / Math.max(1, classes.length - 1))] ?? ramp[0]!
  const ranges = classes.map(
    ({ from, to, index }) =>
      `<range lower="${from}" upper="${to}" symbol="${index}" label="${from} – ${to}" render="true"/>`,
  )
  const symbols = classes.map(({ index }) => symbol(type, String(index), colourOf(index)))
  return `<renderer-v2 type="graduatedSymbol" attr="&quot;${escape(column.replaceAll('"', '""'))}&quot;" graduatedMethod="GraduatedColor" forceraster="0" symbollevels="0" enableorderby="0"><ranges>${ranges.join('')}</ranges><symbols>${symbols.join('')}</symbols></renderer-v2>`
}

function symbol(type: 'marker' | 'fill', name: string, colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const options =
    type === 'marker'
      ? { color: `${red},${green},${blue},220`, outline_color: '255,255,255,255', name: 'circle', size: '2.4' }
      : { color: `${red},${green},${blue},150`, outline_color: '80,80,80,255', outline_width: '0.26', style: 'solid' }
  const listed = Object.entries(options).map(
    ([key, value]) => `<Option name="${key}" type="QString" value="${value}"/>`,
  )
  const kind = type === 'marker' ? 'SimpleMarker' : 'SimpleFill'
  return `<symbol type="${type}" name="${name}" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="${kind}" enabled="1" locked="0" pass="0"><Option type="Map">${listed.join('')}</Option></layer></symbol>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
