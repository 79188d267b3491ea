import { noPosition } from '@minqing/data/domain/incident-columns'
import { positionSources } from '@minqing/data/domain/position-source'
import { expect, test } from 'vitest'
import { withoutAreas } from './density-client.ts'

test('positions that stand for an area are in no density', () => {
  const x = Int32Array.from(positionSources, (_, index) => index + 1)
  const known = Uint8Array.from(positionSources.keys())
  const counted = positionSources.filter((_, index) => withoutAreas(x, known)[index] !== noPosition)
  expect(counted).toEqual(['measured', 'address-building', 'address-road', 'address-estate'])
  expect(withoutAreas(x, undefined)).toEqual(x)
})
