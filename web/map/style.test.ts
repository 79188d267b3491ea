import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'
import { isShown, slots, type MapLayer } from './layers/map-layer.ts'
import { mapLayers } from './layers/registry.ts'
import { palettes } from './palette.ts'
import { firstLayerAfter, mapStyle } from './style.ts'

const faces = { 'Map Text': [{ url: 'http://localhost/font.woff2', 'unicode-range': ['U+0-7F'] }] }
const context = (theme: 'dark' | 'light', language: 'zh' | 'en') => ({
  palette: palettes[theme],
  language,
  scale: 2,
  fonts: ['Map Text'],
})

for (const theme of ['dark', 'light'] as const)
  for (const language of ['zh', 'en'] as const)
    test(`the ${theme} style in ${language} is valid and requests nothing from other hosts`, () => {
      const style = mapStyle(mapLayers, context(theme, language), 'http://localhost', faces)
      expect(validateStyleMin(style).map((error) => error.message)).toEqual([])
      expect(style.glyphs).toBeUndefined()
      expect(style.sprite).toBeUndefined()
      const addresses = [...JSON.stringify(style).matchAll(/https?:\/\/[^/"]+/g)].map(([address]) => address)
      expect(new Set(addresses)).toEqual(new Set(['http://localhost']))
    })

test('themes and languages have the same style layers in the same order', () => {
  const ids = (theme: 'dark' | 'light', language: 'zh' | 'en') =>
    mapStyle(mapLayers, context(theme, language), '').layers.map(({ id }) => id)
  expect(ids('light', 'en')).toEqual(ids('dark', 'zh'))
})

test('density lies on the ground below buildings, incidents below names', () => {
  expect(firstLayerAfter('density', mapLayers, context('dark', 'zh'))).toBe('building-3d')
  expect(firstLayerAfter('incidents', mapLayers, context('dark', 'zh'))).toBe('building-name')
  expect(() => firstLayerAfter(slots.at(-1)!, mapLayers, context('dark', 'zh'))).toThrow(RangeError)
})

test('each layer has an id, a hit rank and labels of its own', () => {
  const unique = (values: unknown[]) => expect(new Set(values).size).toBe(values.length)
  unique(mapLayers.map(({ id }) => id))
  unique(mapLayers.flatMap(({ hitRank }) => hitRank ?? []))
  for (const language of ['zh', 'en'] as const)
    unique(mapLayers.flatMap((layer) => layer.switch?.label[language] ?? []))
})

test('a layer is shown as its switch says', () => {
  const label = { zh: '层', en: 'Layer' }
  const shown = (layer: MapLayer, layers: string[] | null, mode: 'heat' | 'off' = 'off') =>
    isShown(layer, { layers, density: { mode, bandwidth: 150 } })
  const [on, off] = [true, false].map((initial): MapLayer => ({
    id: 'a',
    switch: { kind: 'checkbox', label, initial },
  }))
  expect([shown(on!, null), shown(off!, null)]).toEqual([true, false])
  expect([shown(on!, []), shown(off!, ['a', 'unknown'])]).toEqual([false, true])
  const density: MapLayer = { id: 'heat', switch: { kind: 'density', label } }
  expect([shown(density, null), shown(density, ['heat']), shown(density, null, 'heat')]).toEqual([false, false, true])
  expect(shown({ id: 'always' }, [])).toBe(true)
})
