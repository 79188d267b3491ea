import { expect, test } from 'vitest'
import { boundsOf } from './bounds.ts'

test('the box of every position, at any depth', () => {
  const ring = [
    [114.2, 30.5],
    [114.3, 30.4],
    [114.25, 30.6],
    [114.2, 30.5],
  ]
  expect(boundsOf({ type: 'MultiPolygon', coordinates: [[ring], [[[114.5, 30.45]]]] })).toEqual([
    114.2, 30.4, 114.5, 30.6,
  ])
  expect(boundsOf({ type: 'Point', coordinates: [114.2, 30.5] })).toEqual([114.2, 30.5, 114.2, 30.5])
  expect(boundsOf({ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] })).toEqual([
    1, 2, 1, 2,
  ])
  expect(boundsOf({ type: 'MultiPoint', coordinates: [] })).toBeNull()
})
