import { dueClasses, type DueClass } from '@minqing/data/domain/due-today'
import type { MapMark } from '../map-inputs.ts'
import { type Palette, palettes } from '../palette.ts'
import { between, defineLayer, foundFeature, noFeatures, setData } from './map-layer.ts'

/** Cases in which something is due by the end of the day, where the page asks for them: by what is left of their time. */
export const due = defineLayer({
  id: 'due',
  object: 'incident',
  switch: { kind: 'checkbox', label: { zh: '今日应办', en: 'Due today' }, initial: false },
  hitRank: 0.5,
  sources: () => ({ due: { type: 'geojson', data: noFeatures } }),
  style: ({ scale }) => ({
    // Above the names, which may cover nothing that has to be done; they stay beside it.
    'area-labels': [
      {
        id: 'due',
        type: 'symbol',
        source: 'due',
        layout: {
          'icon-image': ['concat', 'due-', ['get', 'due']],
          'icon-size': between([11, 0.5 * scale], [16, scale]),
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
          // What is most urgent lies above.
          'symbol-sort-key': ['-', ['index-of', ['get', 'due'], ['literal', dueClasses]]] as never,
        },
      },
    ],
  }),
  images: (palette) =>
    dueClasses.map((one) => ({ id: `due-${one}`, draw: (context) => drawMark(context, dueMark(one, palette)) })),
  legend: ({ due: overlay, theme }) => {
    if (overlay === undefined) return null
    const marks = dueClasses.map((one) => dueMark(one, palettes[theme]))
    const colours = marks.map(({ fill, ink }, index) => (dueClasses[index] === 'later' ? ink : fill))
    return { layer: 'due', ...overlay.legend, breaks: overlay.legend.names.map((_, index) => index), colours, marks }
  },
  attach: (map) => ({
    update: ({ due: overlay }, changed) => {
      if (changed('due')) setData(map, 'due', overlay?.features)
    },
    hit: ({ x, y }) => {
      const around: [[number, number], [number, number]] = [
        [x - 4, y - 4],
        [x + 4, y + 4],
      ]
      const [feature] = map.queryRenderedFeatures(around, { layers: ['due'] })
      return foundFeature('incident', feature?.properties, 'id')
    },
  }),
})

/** On the field of an image, whose middle is this. */
const middle = 13
const exclamation: MapMark['glyph'] = [
  [
    [middle, 7],
    [middle, 14.5],
  ],
  [
    [middle, 18.6],
    [middle, 19],
  ],
]
const hands: MapMark['glyph'] = [
  [
    [middle, 7],
    [middle, middle],
    [17, 15.5],
  ],
]

/** An octagon with an exclamation mark, a filled clock, and the outline of a clock. */
export function dueMark(one: DueClass, { danger, warning, accent, halo }: Palette): MapMark {
  switch (one) {
    case 'overdue':
      return { outline: around(8), line: halo, fill: danger, glyph: exclamation, ink: halo }
    case 'hours':
      return { outline: around(32), line: halo, fill: warning, glyph: hands, ink: halo }
    case 'later':
      return { outline: around(32), line: accent, fill: halo, glyph: hands, ink: accent }
  }
}

function around(corners: number): MapMark['outline'] {
  return Array.from({ length: corners }, (_, index) => {
    const angle = ((index + 0.5) / corners) * 2 * Math.PI
    return [middle + 10.5 * Math.cos(angle), middle + 10.5 * Math.sin(angle)]
  })
}

function drawMark(context: CanvasRenderingContext2D, { outline, line, fill, glyph, ink }: MapMark): void {
  context.lineWidth = 2
  context.lineCap = context.lineJoin = 'round'
  context.fillStyle = fill
  context.strokeStyle = line
  context.beginPath()
  for (const [x, y] of outline) context.lineTo(x, y)
  context.closePath()
  context.fill()
  context.stroke()
  context.strokeStyle = ink
  for (const points of glyph) {
    context.beginPath()
    for (const [x, y] of points) context.lineTo(x, y)
    context.stroke()
  }
}
