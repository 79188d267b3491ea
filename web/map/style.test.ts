import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { expect, test } from 'vitest'
import { groundDataBefore, mapStyle, pointDataBefore } from './style.ts'
import { palettes } from './palette.ts'

const faces = { 'Map Text': [{ url: 'http://localhost/font.woff2', 'unicode-range': ['U+0-7F'] }] }

for (const theme of ['dark', 'light'] as const)
  for (const language of ['zh', 'en'] as const)
    test(`the ${theme} style in ${language} is valid and asks nobody outside`, () => {
      const style = mapStyle(
        { palette: palettes[theme], language, scale: 2, fonts: ['Map Text'] },
        'http://localhost',
        faces,
      )
      expect(validateStyleMin(style).map((error) => error.message)).toEqual([])
      expect(style.glyphs).toBeUndefined()
      expect(style.sprite).toBeUndefined()
      const addresses = [...JSON.stringify(style).matchAll(/https?:\/\/[^/"]+/g)].map(([address]) => address)
      expect(new Set(addresses)).toEqual(new Set(['http://localhost']))
    })

test('themes and languages have the same layers, and the anchors of the data exist', () => {
  const ids = (theme: 'dark' | 'light', language: 'zh' | 'en') =>
    mapStyle({ palette: palettes[theme], language, scale: 1, fonts: ['sans-serif'] }, '').layers.map(({ id }) => id)
  expect(ids('light', 'en')).toEqual(ids('dark', 'zh'))
  expect(ids('dark', 'zh')).toEqual(expect.arrayContaining([groundDataBefore, pointDataBefore]))
})
