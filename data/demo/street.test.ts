import { createHash } from 'node:crypto'
import { Area } from '@minqing/data/domain/area'
import { Building } from '@minqing/data/domain/building'
import { Facility } from '@minqing/data/domain/facility'
import { Household, Resident } from '@minqing/data/domain/resident'
import { Staff } from '@minqing/data/domain/staff'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { makeStreet } from './street.ts'
import type { DemoStreet } from './street.ts'

let street: DemoStreet
beforeAll(() => {
  street = makeStreet(1, 2026)
}, 120_000)

const within = (value: number, goal: number, share: number) => {
  expect(value).toBeGreaterThanOrEqual(goal * (1 - share))
  expect(value).toBeLessThanOrEqual(goal * (1 + share))
}

test('it has the size that was asked for', () => {
  const level = (name: string) => street.areas.filter((area) => area.level === name)
  expect([level('street').length, level('community').length, level('grid').length]).toEqual([1, 9, 58])
  within(street.buildings.length, 1900, 0.05)
  within(street.households.length, 20_000, 0.03)
  within(street.residents.length, 56_000, 0.03)
  const kind = (name: string) => street.facilities.filter((facility) => facility.kind === name).length
  expect([kind('smoke_detector'), kind('service_station')]).toEqual([120, 5])
  expect(level('street')[0]?.areaM2).toBeGreaterThan(3_000_000)
  expect(level('street')[0]?.areaM2).toBeLessThan(5_000_000)
})

test('every row is what the domain says it is', () => {
  for (const [schema, rows] of [
    [Area, street.areas],
    [Building, street.buildings],
    [Household, street.households],
    [Resident, street.residents],
    [Staff, street.staff],
    [Facility, street.facilities],
  ] as [z.ZodType, object[]][]) {
    expect(z.array(schema).safeParse(rows).error?.issues.slice(0, 3)).toBeUndefined()
    const names = rows.map((row) => ('code' in row ? row.code : 'id' in row ? row.id : undefined))
    expect(new Set(names).size).toBe(rows.length)
  }
})

test('a basic grid has 300 to 500 households, a dedicated one has a name of its own', () => {
  const grids = street.areas.filter((area) => area.level === 'grid')
  for (const grid of grids.filter((area) => area.gridType === 'basic')) {
    expect(grid.households, grid.name).toBeGreaterThanOrEqual(300)
    expect(grid.households, grid.name).toBeLessThanOrEqual(500)
  }
  const dedicated = grids.filter((area) => area.gridType === 'dedicated')
  expect(dedicated.length).toBeGreaterThan(5)
  for (const grid of dedicated) expect(grid.name).toMatch(/专属网格$/)
  const workers = new Map(
    street.staff.filter(({ duty }) => duty === 'worker').map((person) => [person.areaCode, person.workPhone]),
  )
  for (const grid of grids) expect(workers.get(grid.code)).toMatch(/^154\d{8}$/)
})

test('older quarters have older people', () => {
  const shareOfElders = (community: string) => {
    const people = street.residents.filter((resident) => resident.gridCode.startsWith(`990101001${community}`))
    return people.filter((resident) => resident.birthDate < '1966').length / people.length
  }
  expect(shareOfElders('004')).toBeGreaterThan(shareOfElders('002') + 0.08)
  expect(shareOfElders('007')).toBeGreaterThan(shareOfElders('009') + 0.08)
})

test('smoke detectors hang where an elderly person lives alone, at most one for each', () => {
  const alone = Map.groupBy(
    street.residents.filter((resident) => resident.livesAlone),
    (resident) => resident.buildingCode,
  )
  const detectors = Map.groupBy(
    street.facilities.filter((facility) => facility.kind === 'smoke_detector'),
    (facility) => facility.buildingCode ?? '',
  )
  for (const [building, here] of detectors) expect(here.length).toBeLessThanOrEqual(alone.get(building)?.length ?? 0)
  const statuses = new Set([...detectors.values()].flat().map((detector) => detector.status))
  expect([...statuses].sort()).toEqual(['alarm', 'low_battery', 'offline', 'online'])
})

test('phone numbers reach nobody and none is given twice', () => {
  const phones = [
    ...street.staff.map((person) => person.workPhone),
    ...street.facilities.flatMap(({ phone }) => phone ?? []),
  ]
  expect(phones.every((phone) => /^154\d{8}$/.test(phone))).toBe(true)
  expect(new Set(phones).size).toBe(phones.length)
})

test('the same seed makes the same bytes, another seed another street', () => {
  const digest = (made: DemoStreet) =>
    createHash('sha256')
      .update(JSON.stringify({ ...made, homes: [] }))
      .digest('hex')
  expect(digest(makeStreet(1, 2026))).toBe(digest(street))
  expect(digest(makeStreet(2, 2026))).not.toBe(digest(street))
}, 120_000)
