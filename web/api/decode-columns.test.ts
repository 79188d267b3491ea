import { mapFacets } from '@minqing/data/domain/incident-facets'
import { dictionary, tableFromArrays, tableToIPC, uint16, utf8 } from '@uwdata/flechette'
import { expect, test } from 'vitest'
import { decodeColumns } from './decode-columns.ts'

const columns = {
  x: Int32Array.of(1_142_700_000, -2147483648),
  y: Int32Array.of(305_800_000, -2147483648),
  reported: Uint32Array.of(1_790_000_000, 1_790_000_001),
  due: Uint32Array.of(0, 1_790_100_000),
  positionSource: Uint8Array.of(0, 1),
  ...mapFacets((_, { codes }) => Uint8Array.of(1, codes.length - 1)),
  grid: ['', '990101001001001'],
  street: ['990101001', '990101001'],
  number: ['20261121-0001', '沪-2'],
}

function streamOf(arrays: Partial<typeof columns>): Uint8Array {
  const types = { grid: dictionary(utf8(), uint16()), number: utf8() }
  return tableToIPC(tableFromArrays(arrays, { types }), { format: 'stream' })!
}

test('a stream becomes flat arrays, and incidents outside every grid point at the last entry', () => {
  const decoded = decodeColumns(streamOf(columns))
  expect(decoded.length).toBe(2)
  expect([...decoded.x]).toEqual([...columns.x])
  expect([...decoded.reported]).toEqual([...columns.reported])
  expect([...decoded.type]).toEqual([...columns.type])
  expect([...decoded.status]).toEqual([...columns.status])
  expect(decoded.grids).toEqual(['990101001001001', ''])
  expect([...decoded.grid]).toEqual([1, 0])
  expect([decoded.number(0), decoded.number(1)]).toEqual(['20261121-0001', '沪-2'])
})

test('a missing column is named', () => {
  const { due: _, ...rest } = columns
  expect(() => decodeColumns(streamOf(rest))).toThrow('the server sent no column “due”')
})
