import { makeNumericColumns, type IncidentColumns } from '@minqing/data/domain/incident-columns'
import { expect, test } from 'vitest'
import { densityOpacity, incidentsFrom, incidentsOpacity } from './crossfade.ts'

const text = () => ''
const columns: IncidentColumns = {
  ...makeNumericColumns(() => [0]),
  length: 1,
  street: text,
  number: text,
  grid: new Uint16Array(1),
  grids: [''],
}

function at(zoom: number, more: Partial<Parameters<typeof densityOpacity>[0]> = {}) {
  const resting = { zoom, west: 0, south: 0, east: 1, north: 1 }
  const density = { mode: 'heat', bandwidth: 150, fades: true } as const
  return { columns, density, layers: null, resting, ...more }
}

test('the nearer the map, the more incidents take the place of their density', () => {
  const zooms = [14, incidentsFrom, 15.5, 15.75, 16, 17]
  const opacities = zooms.map((zoom) => densityOpacity(at(zoom)))
  expect(opacities).toEqual(opacities.toSorted((a, b) => b - a))
  expect([opacities.at(0), opacities.at(1), opacities.at(-1)]).toEqual([1, 1, 0])
  for (const zoom of zooms) expect(incidentsOpacity(at(zoom)) + densityOpacity(at(zoom))).toBe(1)
})

test('both are drawn in full where that is wanted, and either where the other is not shown', () => {
  const heat = { mode: 'heat', bandwidth: 150 } as const
  for (const density of [heat, { ...heat, fades: false }]) {
    expect(densityOpacity(at(17, { density }))).toBe(1)
    expect(incidentsOpacity(at(15.4, { density }))).toBe(1)
  }
  expect(densityOpacity(at(17, { layers: ['grids'] }))).toBe(1)
  expect(densityOpacity(at(17, { columns: undefined }))).toBe(1)
  expect(incidentsOpacity(at(15.4, { density: { mode: 'off', bandwidth: 150, fades: true } }))).toBe(1)
})
