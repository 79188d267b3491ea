import { expect, test } from 'vitest'
import { withPlaces } from './addresses.tsx'

test('an answer replaces the one for the same address', () => {
  const before = ['港务4栋=99010100100100004', '江北3栋=-']
  expect(withPlaces(before, [['江北3栋', '江北新村3栋']])).toEqual(['港务4栋=99010100100100004', '江北3栋=江北新村3栋'])
})
