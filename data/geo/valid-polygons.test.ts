import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBoundary } from './boundary.ts'
import { polygonsOf, signedArea } from './plane.ts'
import { ambiguousShapes, anyShape, touchingShapes, validShapes } from './test-invalid-shapes.ts'

const same = (x: number, y: number): [number, number] => [x, y]

/** Square degrees of a geometry's outer rings without its holes, whichever way they are wound. */
function area(geometry: Parameters<typeof polygonsOf>[0]): number {
  return polygonsOf(geometry)
    .flatMap((rings) => rings.map((ring, index) => (index === 0 ? 1 : -1) * Math.abs(signedArea(ring))))
    .reduce((sum, part) => sum + part, 0)
}

describe('stored polygons', () => {
  it.each(touchingShapes)('are made valid of %s, with the same area', (_, shape, rings) => {
    const boundary = readBoundary(shape, same)
    if ('fault' in boundary) throw new Error(boundary.fault.en)
    expect(polygonsOf(boundary.geometry).map((part) => part.length)).toEqual(rings)
    expect(boundary.mended).toContain('touching')
    expect(area(boundary.geometry)).toBeCloseTo(area(shape), 12)
    // What has been stored is left as it is when it is read again.
    expect(readBoundary(boundary.geometry, same)).toMatchObject({ geometry: boundary.geometry, mended: [] })
  })

  it.each(validShapes)('are left as they are: %s', (_, shape) => {
    const boundary = readBoundary(shape, same)
    expect(boundary).toMatchObject({ geometry: { type: shape.type } })
    if ('fault' in boundary) return
    expect(boundary.mended.filter((mending) => mending !== 'winding')).toEqual([])
    expect(polygonsOf(boundary.geometry).map((part) => part.map((ring) => ring.length))).toEqual(
      polygonsOf(shape).map((part) => part.map((ring) => ring.length)),
    )
  })

  it.each(ambiguousShapes)('are refused where only a guess could mend them: %s', (_, shape, fault) => {
    const boundary = readBoundary(shape, same)
    expect('fault' in boundary ? boundary.fault.en : 'stored').toMatch(fault)
  })

  it('are the same when they are read again, whatever they were', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const boundary = readBoundary(shape, same)
        if ('fault' in boundary) return
        expect(readBoundary(boundary.geometry, same)).toMatchObject({ geometry: boundary.geometry, mended: [] })
      }),
      { numRuns: 2_000, seed: 20_261_126 },
    )
  })
})
