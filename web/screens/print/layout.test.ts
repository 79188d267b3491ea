import { orientations, pageSize, sheetNames } from '@minqing/data/domain/page-setup'
import { dueClasses } from '@minqing/data/domain/due-today'
import { describe, expect, it } from 'vitest'
import { dueMark } from '../../map/layers/due.ts'
import { palettes } from '../../map/palette.ts'
import { cssPixels, type Shape } from './drawing.ts'
import { layoutPage, mapFrame } from './layout.ts'
import { testContent, testFacts, testMeasure } from './test-page.ts'

const setups = sheetNames.flatMap((sheet) => orientations.map((orientation) => ({ sheet, orientation })))

function pageOf(setup: Parameters<typeof testContent>[0], bearing = 0) {
  const content = testContent(setup)
  const map = mapFrame(content, testMeasure)
  return { content, map, drawing: layoutPage(content, testFacts(map.width, map.height, bearing), testMeasure) }
}

type Text = Extract<Shape, { kind: 'text' }>
type Path = Extract<Shape, { kind: 'path' }>
const textsIn = (shapes: Shape[]) => shapes.filter((shape): shape is Text => shape.kind === 'text')
const pathsIn = (shapes: Shape[]) => shapes.filter((shape): shape is Path => shape.kind === 'path')

/** Left, right, upper and lower end of a shape. */
function extent(shape: Shape): [number, number, number, number] {
  switch (shape.kind) {
    case 'picture':
      return [shape.x, shape.x + shape.width, shape.y, shape.y + shape.height]
    case 'path': {
      const [xs, ys] = [shape.points.map(([x]) => x), shape.points.map(([, y]) => y)]
      return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    }
    case 'text': {
      const width = testMeasure(shape.text, shape.size, shape.weight)
      const from = -width * { start: 0, middle: 0.5, end: 1 }[shape.anchor]
      if (shape.angle === 90) return [shape.x - shape.size, shape.x, shape.y - (from + width), shape.y - from]
      return [shape.x + from, shape.x + from + width, shape.y - shape.size, shape.y]
    }
  }
}

describe.each(setups)('$sheet $orientation', (setup) => {
  it('keeps everything on the sheet, inside its margins', () => {
    const { drawing } = pageOf(setup)
    const { width, height } = pageSize(setup)
    expect([drawing.width, drawing.height]).toEqual([width, height])
    for (const shape of drawing.shapes) {
      const [left, right, top, bottom] = extent(shape)
      expect(left).toBeGreaterThan(8)
      expect(right).toBeLessThan(width - 8)
      expect(top).toBeGreaterThan(7)
      expect(bottom).toBeLessThan(height - 7)
    }
  })

  it('gives most of the sheet to the map, which has whole CSS pixels', () => {
    const { map } = pageOf(setup)
    const { width, height } = pageSize(setup)
    expect((map.width * map.height) / (width * height)).toBeGreaterThan(0.45)
    for (const pixels of [cssPixels(map.width), cssPixels(map.height)])
      expect(pixels).toBeCloseTo(Math.round(pixels), 6)
  })

  it('lets no two texts touch', () => {
    const texts = textsIn(pageOf(setup).drawing.shapes)
    for (const [index, one] of texts.entries())
      for (const other of texts.slice(index + 1)) {
        const [a, b] = [extent(one), extent(other)]
        const apart = a[1] <= b[0] || b[1] <= a[0] || a[3] <= b[2] || b[3] <= a[2]
        expect(apart, `${one.text} | ${other.text}`).toBe(true)
      }
  })
})

it('draws the symbols of a layer above the names of its classes, in the place of colours', () => {
  const marks = dueClasses.map((one) => dueMark(one, palettes.light))
  const names = ['已逾期 1,234', '2 小时内 1,234', '今日稍后 1,234']
  const colours = marks.map(({ fill }) => fill)
  const legend = { layer: 'due', title: '今日应办', note: '共 3,702 件', breaks: [0, 1, 2], names, colours, marks }
  const content = { ...testContent(), legends: [legend] }
  const { width, height } = mapFrame(content, testMeasure)
  const { shapes } = layoutPage(content, testFacts(width, height), testMeasure)
  const texts = names.map((name) => extent(textsIn(shapes).find(({ text }) => text === name)!))
  for (const [index, [left, right, top]] of texts.entries()) {
    expect(right).toBeLessThan(texts[index + 1]?.[0] ?? Infinity)
    const own = pathsIn(shapes).filter((path) => path.closed && path.fill === marks[index]!.fill)
    const [from, , , bottom] = extent(own.find(({ points }) => points.length === marks[index]!.outline.length)!)
    expect(from).toBeGreaterThanOrEqual(left)
    expect(from).toBeLessThan(right)
    expect(bottom).toBeLessThan(top)
  }
})

it('shows the classes of every legend in their colours, with their limits', () => {
  const { content, drawing } = pageOf({})
  const fills = pathsIn(drawing.shapes).map(({ fill }) => fill)
  const texts = textsIn(drawing.shapes).map(({ text }) => text)
  for (const { title, breaks, colours } of content.legends) {
    expect(texts).toContain(title)
    expect(fills.join()).toContain(colours.join())
    expect(texts.join()).toContain(breaks.map((limit) => `≥${limit}`).join())
  }
})

it('names classes that are no ranges of numbers', () => {
  const content = testContent()
  const [legend] = content.legends
  const names = ['冷 99%', '冷 95%', '冷 90%', '热 90%', '热 95%', '热 99%', '—']
  const named = { ...content, legends: [{ ...legend!, names }] }
  const map = mapFrame(named, testMeasure)
  const { shapes } = layoutPage(named, testFacts(map.width, map.height), testMeasure)
  const texts = textsIn(shapes).map(({ text }) => text)
  expect(texts.join()).toContain(names.join())
  expect(texts.join()).not.toContain('≥')
})

it('draws a scale bar as long as it says', () => {
  const { drawing } = pageOf({})
  const label = textsIn(drawing.shapes).find(({ text }) => / k?m$/.test(text))!
  const metres = Number.parseFloat(label.text) * (label.text.endsWith('km') ? 1000 : 1)
  const zero = textsIn(drawing.shapes).find(({ text }) => text === '0')!
  expect((label.x - zero.x) * 5).toBeCloseTo(metres, 6)
})

it.each([0, 90, -35])('turns the north arrow and the graticule with a bearing of %d°', (bearing) => {
  const { map, drawing } = pageOf({}, bearing)
  const facts = testFacts(map.width, map.height, bearing)
  const [x0, y0] = facts.project(114.35, 30.65)
  const [x1, y1] = facts.project(114.35, 30.651)
  const north = Math.atan2(y1 - y0, x1 - x0)
  const letter = textsIn(drawing.shapes).find(({ text }) => text === '北')!
  const arrow = pathsIn(drawing.shapes).findLast(({ points }) => points.length === 3)!
  const [tip, , notch] = arrow.points
  expect(Math.atan2(tip![1] - notch![1], tip![0] - notch![0])).toBeCloseTo(north, 6)
  expect(letter.anchor).toBe('middle')
  // A line of the graticule runs through the places that its value names.
  const meridian = pathsIn(drawing.shapes).find(({ stroke }) => stroke?.opacity !== undefined)!
  const ends = meridian.points.map(([x, y]) => facts.unproject(x - map.x, y - map.y))
  expect(ends[0]![0]).toBeCloseTo(ends[1]![0], 6)
  expect((ends[0]![0] * 3600) % 5).toBeCloseTo(0, 3)
})

it('leaves out what is empty', () => {
  const content = testContent({ graticule: false })
  const bare = { ...content, legends: [], texts: { ...content.texts, marks: [], method: '', notes: '', approval: '' } }
  const map = mapFrame(bare, testMeasure)
  const texts = textsIn(layoutPage(bare, testFacts(map.width, map.height), testMeasure).shapes).map(({ text }) => text)
  expect(texts.filter((text) => text === '')).toEqual([])
  expect(texts.some((text) => text.includes('°'))).toBe(false)
  expect(map.height).toBeGreaterThan(mapFrame(content, testMeasure).height)
})
