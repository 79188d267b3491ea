import type { AreaProfile } from '@minqing/data/domain/summary'
import { expect, test } from 'vitest'
import { populationOf } from './area-profile.tsx'

function profile(counted: number, households: number | null): Pick<AreaProfile, 'population' | 'area'> {
  const population = { households: counted, residents: counted, elderlyLivingAlone: 0, byAge: [] }
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
