import { Gazetteer } from '@minqing/data/addresses/gazetteer'
import { matchAddress } from '@minqing/data/addresses/match'
import { describe, expect, it } from 'vitest'
import { knownStreet, placeWritten } from './address-faults.ts'

describe.each([1, 7])('five thousand addresses of the demo as people write them, seed %i', (seed) => {
  it('are placed at their buildings: precision at least 0.98, recall at least 0.9', () => {
    const { precision, recall } = placeWritten(seed, 5_000)
    expect(precision).toBeGreaterThanOrEqual(0.98)
    expect(recall).toBeGreaterThanOrEqual(0.9)
  })

  it('as they stand in the data are all placed, exactly', () => {
    const { buildings, known } = knownStreet(seed)
    const gazetteer = new Gazetteer(known)
    const wrong = buildings.filter(
      ({ address, code }) =>
        matchAddress(gazetteer, address, { communityCode: null, gridCode: null }).place?.target.buildingCode !== code,
    )
    expect(wrong.map(({ address }) => address)).toEqual([])
  })
})
