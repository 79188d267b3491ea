import { expect, test } from 'vitest'
import { palettes } from '../palette.ts'
import { buildings, fromBuildings } from './buildings.ts'
import type { StyleContext } from './map-layer.ts'

test('a tap hits a building however it is drawn', () => {
  const context: StyleContext = { palette: palettes.light, language: 'zh', scale: 1, fonts: [] }
  const drawn = Object.values(buildings.style?.(context) ?? {}).flat()
  expect(drawn.map((layer) => ({ ...layer, ...fromBuildings }))).toEqual(drawn)

  const asked: string[] = []
  const map = {
    getZoom: () => 17,
    queryRenderedFeatures: (_point: unknown, { layers }: { layers: string[] }) => {
      asked.push(...layers)
      return [{ properties: { code: '42010201200100001' } }]
    },
  }
  const hit = buildings.attach?.(map as never).hit?.({} as never, {} as never)
  expect(hit).toMatchObject({ kind: 'building', id: '42010201200100001' })
  expect(asked.toSorted()).toEqual(drawn.map(({ id }) => id).toSorted())
})
