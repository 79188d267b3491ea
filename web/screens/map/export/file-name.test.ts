import { expect, it } from 'vitest'
import { daysOf, fileNameOf } from './file-name.ts'

it('tells the days of a period as they are in Shanghai, the last one included', () => {
  expect(daysOf({ from: '2026-05-20T16:00:00Z', to: '2026-11-20T16:00:00Z' })).toEqual({
    first: '2026-05-21',
    last: '2026-11-20',
  })
  expect(daysOf({})).toEqual({ first: null, last: null })
})

it('names what, where and when, and nothing a file system refuses', () => {
  expect(fileNameOf({ what: '事件', where: '江滩街道', period: '2026-05-21 至 2026-11-20', extension: 'csv' })).toBe(
    '事件_江滩街道_2026-05-21至2026-11-20.csv',
  )
  expect(fileNameOf({ what: 'cases', where: 'A/B: "C"', period: '', extension: 'geojson' })).toBe(
    'cases_A-B-C-.geojson',
  )
})
