import { expect, it } from 'vitest'
import { readCoordinateList } from './coordinate-list.ts'

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
