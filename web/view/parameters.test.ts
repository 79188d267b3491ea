import { channels } from '@minqing/data/domain/channel'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { risks } from '@minqing/data/domain/risk'
import * as fc from 'fast-check'
import { createSerializer } from 'nuqs/server'
import { expect, test } from 'vitest'
import { ignoredParameters, radiusLimits, viewParameters } from './parameters.ts'

const serialise = createSerializer(viewParameters)

const seconds = fc.integer({ min: 800_000_000, max: 4_000_000_000 })
const view = fc.record({
  area: fc.option(fc.stringMatching(/^(\d{9}|\d{12}|\d{15})$/)),
  time: fc.option(
    fc.tuple(seconds, fc.integer({ min: 1, max: 1e8 })).map(([from, span]) => ({ from, to: from + span })),
  ),
  type: fc.subarray([...incidentTypes]),
  channel: fc.subarray([...channels]),
  status: fc.subarray([...incidentStatuses]),
  risk: fc.subarray([...risks]),
  density: fc.constantFrom('heat' as const, 'hexagon' as const, 'off' as const),
  fade: fc.constantFrom('on' as const, 'off' as const),
  radius: fc.option(fc.integer(radiusLimits)),
  layers: fc.option(fc.subarray(['grids', 'buildings', 'incidents', 'facilities', 'labels'])),
  selected: fc.option(
    fc.record({
      kind: fc.constantFrom('area' as const, 'building' as const, 'incident' as const, 'facility' as const),
      id: fc.stringMatching(/^[\w一-龥:/ -]{1,40}$/),
    }),
  ),
  list: fc.option(fc.constantFrom('all' as const, 'open' as const, 'overdue' as const)),
})

test('every view survives its address, and no part of it is reported as not understood', () => {
  fc.assert(
    fc.property(view, (before) => {
      const search = serialise(before)
      expect(ignoredParameters(search)).toEqual([])
      const given = new URLSearchParams(search)
      for (const key of Object.keys(before) as (keyof typeof before)[]) {
        const parser = viewParameters[key]
        const fallback = 'defaultValue' in parser ? parser.defaultValue : null
        const text = given.get(key)
        expect(text === null ? fallback : parser.parse(text)).toEqual(before[key] ?? fallback)
      }
    }),
  )
})

test('a camera is written to a metre and a hundredth of a zoom step', () => {
  const text = viewParameters.at.serialize({
    lon: 114.2712345,
    lat: -0.0000001,
    zoom: 15.123,
    bearing: -30.4,
    pitch: 45,
  })
  expect(text).toBe('114.27123,0,15.12,-30,45')
  expect(viewParameters.at.parse(text)).toEqual({ lon: 114.27123, lat: 0, zoom: 15.12, bearing: -30, pitch: 45 })
})

test('what is not understood is ignored and named, the rest is used', () => {
  const search = '?area=12&type=D01,X9&risk=red&radius=7&selected=tree:4&at=1,2&lang=fr&density=heat&other=1'
  expect(ignoredParameters(search)).toEqual(['area', 'type', 'radius', 'selected', 'at', 'lang'])
  expect(viewParameters.type.parse('D01,X9')).toEqual(['D01'])
})

test('all kinds of dispute are one code', () => {
  expect(viewParameters.type.parse('E01')).toHaveLength(16)
  expect(viewParameters.type.serialize([...viewParameters.type.parse('E01')!, 'E03'])).toBe('E01,E03')
})
