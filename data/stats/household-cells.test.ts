import { expect, it } from 'vitest'
import { householdCells } from './household-cells.ts'
import { Random } from './random.ts'

it('every cell has the households that are asked for, and every point lies in its cell', () => {
  const random = new Random(7, 'household cells')
  const points = Array.from({ length: 400 }, () => ({
    lon: 114 + random.next() / 100,
    lat: 30 + random.next() / 100,
    households: Math.floor(random.next() * 12),
  }))
  const made = householdCells(points, 8)
  if (made === null) throw new Error('there are cells')
  expect(made.cells.length).toBeGreaterThan(100)
  for (const { households } of made.cells) expect(households).toBeGreaterThanOrEqual(8)
  for (const [index, { lon, lat }] of points.entries()) expect(made.cellAt(lon, lat)).toBe(made.cellOf[index])
  const total = points.reduce((sum, { households }) => sum + households, 0)
  expect(made.cells.reduce((sum, { households }) => sum + households, 0)).toBe(total)
  expect(householdCells(points, 8)?.cells).toEqual(made.cells)
})

it('fewer households than that have no cell, and points on one place stay together', () => {
  expect(householdCells([{ lon: 114, lat: 30, households: 7 }], 8)).toBeNull()
  const same = { lon: 114, lat: 30, households: 20 }
  expect(householdCells([same, same, same], 8)?.cells).toEqual([{ ...same, households: 60 }])
})
