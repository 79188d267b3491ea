import { dueClasses } from '@minqing/data/domain/due-today'
import { expect, test } from 'vitest'
import { dueMapPath } from '../../view/screen-path.ts'
import { palettes } from '../palette.ts'
import { due, dueMark } from './due.ts'
import type { LayerInputs } from './map-layer.ts'
import { mapLayers } from './registry.ts'

for (const theme of ['light', 'dark'] as const)
  test(`on ${theme} ground the symbols differ in colour, and in shape without it`, () => {
    const marks = dueClasses.map((one) => dueMark(one, palettes[theme]))
    const unique = (values: unknown[]) => new Set(values.map((value) => JSON.stringify(value))).size
    expect(unique(marks.map(({ fill }) => fill))).toBe(3)
    const shapes = marks.map(({ outline, glyph, fill }) => [outline, glyph, fill === palettes[theme].halo])
    expect(unique(shapes)).toBe(3)
    for (const { outline, glyph } of marks)
      for (const [x, y] of [...outline, ...glyph.flat()]) {
        // The line, two wide, stays inside the image.
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(1)
        expect(Math.max(x, y)).toBeLessThanOrEqual(25)
      }
  })

test('the legend shows the symbols of the map in the theme that is drawn', () => {
  const legend = { title: '今日应办', note: '', names: ['已逾期 1', '2 小时内 0', '今日稍后 2'] }
  const overlay = { features: { type: 'FeatureCollection' as const, features: [] }, legend }
  const shown = (theme: 'light' | 'dark') => due.legend?.({ due: overlay, theme } as unknown as LayerInputs)
  expect(shown('dark')).toMatchObject({
    ...legend,
    layer: 'due',
    breaks: [0, 1, 2],
    marks: dueClasses.map((one) => dueMark(one, palettes.dark)),
  })
  expect(shown('light')?.colours).toEqual(
    ['danger', 'warning', 'accent'].map((name) => Reflect.get(palettes.light, name)),
  )
  expect(due.legend?.({ theme: 'light' } as unknown as LayerInputs)).toBeNull()
})

test('the link from the list names layers that there are, and leaves out the other cases', () => {
  const parameters = new URL(dueMapPath('990101001002', '?theme=dark&stage=intake'), 'http://localhost').searchParams
  expect(Object.fromEntries(parameters)).toEqual({
    layers: 'grids,buildings,due,labels',
    density: 'off',
    area: '990101001002',
    theme: 'dark',
  })
  const others = mapLayers.filter(({ switch: own }) => own?.kind === 'checkbox' && own.initial).map(({ id }) => id)
  expect(
    parameters
      .get('layers')
      ?.split(',')
      .filter((id) => id !== 'due'),
  ).toEqual(others.filter((id) => id !== 'incidents'))
})
