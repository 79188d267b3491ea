import { makeNumericColumns, noPosition, type IncidentColumns } from '@minqing/data/domain/incident-columns'
import { positionSources } from '@minqing/data/domain/position-source'
import { expect, test } from 'vitest'
import { incidentsInView } from './incidents.ts'

function columns(points: [lon: number, lat: number, risk: number][]): IncidentColumns {
  const degrees = (value: number) => (Number.isNaN(value) ? noPosition : Math.round(value * 1e7))
  return {
    ...makeNumericColumns(() => points.length),
    length: points.length,
    x: Int32Array.from(points, ([lon]) => degrees(lon)),
    y: Int32Array.from(points, ([, lat]) => degrees(lat)),
    reported: Uint32Array.from(points, (_, row) => row),
    risk: Uint8Array.from(points, ([, , risk]) => risk),
    grid: new Uint16Array(points.length),
    grids: [''],
    street: () => '990101001',
    number: String,
  }
}

const box = { west: 114, south: 30, east: 115, north: 31 }

test('finds what lies in the box and passes the filter, higher risks drawn last', () => {
  const all = columns([
    [114.5, 30.5, 0],
    [114.5, 30.5, 3],
    [113.9, 30.5, 1],
    [114.5, 30.6, 2],
    [Number.NaN, Number.NaN, 0],
  ])
  expect([...incidentsInView(all, undefined, box).rows]).toEqual([1, 3, 0])
  const filtered = incidentsInView(all, Uint8Array.of(1, 0, 1, 1, 1), box)
  expect([...filtered.rows]).toEqual([3, 0])
  expect([...filtered.places].map((value) => value.toFixed(4))).toEqual(['114.5000', '30.6000', '114.5000', '30.5000'])
  expect([...filtered.risk]).toEqual([2, 0])
})

test('of too many the newest are drawn', () => {
  const all = columns(Array.from({ length: 20_005 }, () => [114.5, 30.5, 3]))
  const { rows } = incidentsInView(all, undefined, box)
  expect(rows.length).toBe(20_000)
  expect(Math.min(...rows)).toBe(5)
})

test('positions from addresses are hollow', () => {
  const all = columns([
    [114.5, 30.5, 3],
    [114.5, 30.6, 3],
  ])
  all.positionSource.set([positionSources.indexOf('measured'), positionSources.indexOf('address-building')])
  const { rows, hollow } = incidentsInView(all, undefined, box)
  expect([[...rows], [...hollow]]).toEqual([
    [0, 1],
    [0, 1],
  ])
})
