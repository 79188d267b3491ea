import { describe, expect, it } from 'vitest'
import { lookPacked } from './packed-degrees.ts'
import type { Pair } from './prove-crs.ts'

/** Points of a street, some metres apart. */
const street = Array.from({ length: 60 }, (_, i): Pair => [114.29 + i * 0.00037, 30.601 + ((i * 29) % 60) * 0.00023])
const packed = (degrees: number) => {
  const seconds = Math.round(degrees * 36_000) / 10
  const minutes = Math.floor(seconds / 60) % 60
  return Math.floor(seconds / 3600) + minutes / 100 + (seconds % 60) / 10_000
}

describe('lookPacked', () => {
  it('knows minutes and seconds behind the point from decimals', () => {
    expect(lookPacked(street)).toBe(false)
    expect(lookPacked(street.map(([lon, lat]): Pair => [packed(lon), packed(lat)]))).toBe(true)
  })

  it('concludes nothing from few numbers, or from two decimals', () => {
    expect(lookPacked(street.slice(0, 15).map(([lon, lat]): Pair => [packed(lon), packed(lat)]))).toBe(false)
    expect(lookPacked(Array.from({ length: 60 }, (_, i): Pair => [100 + i / 100, 30 + i / 100]))).toBe(false)
  })
})
