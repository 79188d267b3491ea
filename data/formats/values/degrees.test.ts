import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDegreePair, readDegrees, readCoordinateList } from './degrees.ts'

describe('readDegrees', () => {
  it.each<[string, number, 'lon' | 'lat' | null]>([
    ['114.305', 114.305, null],
    ['-0.5', -0.5, null],
    ['１１４．３０５', 114.305, null],
    ['114.305°', 114.305, null],
    ['30.5E', 30.5, 'lon'],
    ['30°35′12.5″N', 30 + 35 / 60 + 12.5 / 3600, 'lat'],
    ['30°35\'12.5"', 30 + 35 / 60 + 12.5 / 3600, null],
    ["30º35'12.5''N", 30 + 35 / 60 + 12.5 / 3600, 'lat'],
    ['N30°35’12.5”', 30 + 35 / 60 + 12.5 / 3600, 'lat'],
    ["114°18'E", 114.3, 'lon'],
    ['114°18.5′', 114 + 18.5 / 60, null],
    ['东经114度18分', 114.3, 'lon'],
    ['北纬30度35分12.5秒', 30 + 35 / 60 + 12.5 / 3600, 'lat'],
    ['东经：114.3°', 114.3, 'lon'],
    ['114 18 36', 114.31, null],
    ['114:18:36', 114.31, null],
    ['114-18-36', 114.31, null],
    ['N30-35-12.5', 30 + 35 / 60 + 12.5 / 3600, 'lat'],
    ['１１４°１８′３６″', 114.31, null],
    ['西经 70°30′', -70.5, 'lon'],
    ['33°52′S', -33 - 52 / 60, 'lat'],
  ])('reads %s', (text, degrees, axis) => {
    const read = readDegrees(text)
    expect(read?.axis).toBe(axis)
    expect(read?.degrees).toBeCloseTo(degrees, 12)
  })

  it.each([
    '',
    '东经',
    'abc',
    '30°75′',
    '30°35′60″',
    '30.5°20′',
    '30°20.5′10″',
    'N30°S',
    '1e5',
    '114.3.5',
    '3天',
    '114-18',
    '2024-05-01',
    '114-75-01',
  ])('refuses %j', (text) => expect(readDegrees(text)).toBeNull())

  it('undoes what is written in degrees, minutes and seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 180 * 36_000 - 1 }), fc.boolean(), (tenths, west) => {
        const [whole, minutes, seconds] = [
          Math.floor(tenths / 36_000),
          Math.floor(tenths / 600) % 60,
          (tenths % 600) / 10,
        ]
        const sign = west ? -1 : 1
        for (const text of [
          `${whole}°${minutes}′${seconds}″${west ? 'W' : 'E'}`,
          `${west ? '西经' : '东经'}${whole}度${minutes}分${seconds}秒`,
        ])
          expect(readDegrees(text)?.degrees).toBeCloseTo((sign * tenths) / 36_000, 10)
      }),
    )
  })
})

describe('readDegreePair', () => {
  it.each([
    ['114.3,30.6', [114.3, 30.6]],
    ['30.6, 114.3', [114.3, 30.6]],
    ['114.3，30.6', [114.3, 30.6]],
    ['(114.3 30.6)', [114.3, 30.6]],
    ['30°30′N 114°18′E', [114.3, 30.5]],
    ['东经114度18分，北纬30度30分', [114.3, 30.5]],
    ['东经114度18分北纬30度30分', [114.3, 30.5]],
    ['10.5N,20.5E', [20.5, 10.5]],
    ['114 18 36 30 30 0', [114.31, 30.5]],
    ['{"lng":114.3,"lat":30.6}', [114.3, 30.6]],
    ['lat=30.6, lng=114.3', [114.3, 30.6]],
  ])('reads %s', (text, pair) => expect(readDegreePair(text)).toEqual(pair))

  it.each(['', '114.3', '10,20', '114.3,30.6,5', '114.3,95', '114 18 36 30', 'a,b'])('finds no order in %j', (text) =>
    expect(readDegreePair(text)).toBeNull(),
  )
})

const ring = [
  [114.3, 30.6],
  [114.31, 30.6],
  [114.31, 30.61],
]

it.each([
  '114.3,30.6;114.31,30.6;114.31,30.61',
  '114.3, 30.6 | 114.31, 30.6 | 114.31, 30.61|',
  '114.3 30.6;114.31 30.6;114.31 30.61;',
  '[[114.3,30.6],[114.31,30.6],[114.31,30.61]]',
  '[{"lng":114.3,"lat":30.6},{"lng":114.31,"lat":30.6},{"lng":114.31,"lat":30.61}]',
])('reads the outline %s', (text) => {
  expect(readCoordinateList(text)).toEqual({ type: 'Polygon', coordinates: [ring] })
})

it.each(['', '114.3,30.6', '114.3,30.6;x,y;1,2', '东至解放大道；西至江边', '[1,2,3]', '[[1,2],[3,4],null]', '[', '{}'])(
  'reads none in %j',
  (text) => expect(readCoordinateList(text)).toBeNull(),
)
