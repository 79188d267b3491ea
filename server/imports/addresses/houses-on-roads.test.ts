import { expect, it } from 'vitest'
import { housesOnRoads } from './houses-on-roads.ts'

it('gives each house number the road that it is nearest to', () => {
  const line = (...coordinates: [number, number][]) => JSON.stringify({ type: 'LineString', coordinates })
  const roads = [
    { name: '滨河路', geometry: line([114, 30], [114.01, 30]) },
    { name: '五一巷', geometry: line([114.005, 30], [114.005, 30.01]) },
  ]
  const numbers = [
    { name: '7', lon: 114.002, lat: 30.0002 },
    { name: '12号', lon: 114.0052, lat: 30.004 },
    { name: '99', lon: 114.02, lat: 30.02 },
  ]
  expect(housesOnRoads(numbers, roads)).toEqual([
    { road: '滨河路', number: '7', lon: 114.002, lat: 30.0002 },
    { road: '五一巷', number: '12号', lon: 114.0052, lat: 30.004 },
  ])
})
