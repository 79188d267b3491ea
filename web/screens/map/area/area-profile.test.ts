import type { Feature } from 'geojson'
import type { AreaProfile } from '@minqing/data/domain/summary'
import { expect, test } from 'vitest'
import { populationOf, sumHouseholds } from './area-profile.tsx'

function profile(counted: number, households: number | null): Pick<AreaProfile, 'population' | 'area'> {
  const byAge = [{ band: '18-59', male: counted, female: 0, unknown: 0 }] as AreaProfile['population']['byAge']
  const population = { households: counted, residents: counted, elderlyLivingAlone: 0, byAge }
  const area = { households, residents: households } as AreaProfile['area']
  return { population, area }
}

test('an area without registered residents has the totals of its import, and otherwise nothing known', () => {
  expect(populationOf(profile(0, 812))).toEqual({ households: 812, residents: 812, elderlyLivingAlone: null })
  expect(populationOf(profile(0, null))).toEqual({ households: null, residents: null, elderlyLivingAlone: null })
})

test('counts of registered residents come first, and none living alone is known', () => {
  expect(populationOf(profile(40, 812))).toEqual({ households: 40, residents: 40, elderlyLivingAlone: 0 })
})

test('households are summed where all are known', () => {
  const street = (households: number | null): Feature => ({
    type: 'Feature',
    properties: { households },
    geometry: { type: 'Point', coordinates: [0, 0] },
  })
  const all = (...features: Feature[]) => ({ type: 'FeatureCollection' as const, features })
  expect(sumHouseholds(all(street(20_000), street(19_500)))).toBe(39_500)
  expect(sumHouseholds(all(street(20_000), street(null)))).toBeNull()
  expect([sumHouseholds(all()), sumHouseholds(undefined)]).toEqual([null, null])
})
