import { expect, test } from 'vitest'
import { cellForBandwidth, defaultBandwidth } from './bandwidth.ts'

test('a street is looked at with 150 m, a city with kilometres', () => {
  expect(defaultBandwidth([114.3393891, 30.6447112, 114.3663906, 30.6672309])).toBe(150)
  expect(defaultBandwidth([-90.1954764, 34.9941304, -89.7201671, 35.2639651])).toBe(2000)
})

test('of many streets together the pattern within them is shown', () => {
  const district = [114.34, 30.58, 114.43, 30.65] as [number, number, number, number]
  expect(defaultBandwidth(district)).toBe(500)
  expect(defaultBandwidth(district, 12)).toBe(200)
  expect(defaultBandwidth([114.3, 30.6, 114.8, 31.0], 200)).toBe(1000)
})

test('a point and a country stay inside the figures that can be chosen', () => {
  expect(defaultBandwidth([114, 30, 114, 30])).toBe(50)
  expect(defaultBandwidth([73, 18, 135, 53])).toBe(3000)
  expect(defaultBandwidth(undefined)).toBe(150)
})

test('cells are a quarter of the bandwidth and no smaller than a grid', () => {
  expect([cellForBandwidth(150), cellForBandwidth(2000)]).toEqual([250, 500])
})
