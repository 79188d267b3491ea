import { folderOf, dbf, shp } from '@minqing/data/formats/shapefile/test-shapefile'
import { inMemory } from '@minqing/data/formats/test-bytes'
import { expect, it } from 'vitest'
import { AreaIndex } from '../check/area-index.ts'
import { inspectFile } from './inspect-file.ts'
import type { Bytes } from '@minqing/data/formats/source-row'
import type { ImportChoices } from '@minqing/data/domain/import'

const inspect = (bytes: Bytes, choices: ImportChoices) =>
  inspectFile({ kind: 'inspect', file: { path: '', name: bytes.name }, choices }, bytes, new AreaIndex([], null))

it('asks nothing of what has been chosen, as the import does', async () => {
  const file = folderOf({
    'points.shp': shp([{ point: [114.3, 30.6] }, { point: [114.31, 30.61] }]),
    'points.dbf': dbf([{ name: 'name', type: 'C', length: 10 }], [['a'], ['b']]),
  })
  const open = await inspect(file, { collection: 'facilities', street: '420102012' })
  expect(open.inspection.questions.map(({ about }) => about)).toEqual(['crs'])
  const chosen = await inspect(file, { collection: 'facilities', street: '420102012', crs: 'gcj02' })
  expect(chosen.inspection).toMatchObject({ questions: [], crs: 'gcj02', rows: 2, faulty: 0 })
})

it('says nothing of a datum where no coordinates are read, be there columns of them or not', async () => {
  const choices = { collection: 'incidents', street: '420102012' } as const
  for (const content of ['编号,时间\n1,2026-05-01\n', '编号,时间,百度经度,百度纬度\n1,2026-05-01,,\n']) {
    const { inspection } = await inspect(inMemory('a.csv', content), choices)
    expect([inspection.crs, inspection.faulty, inspection.notes]).toEqual([null, 0, []])
  }
  const { inspection } = await inspect(inMemory('a.csv', '编号,时间,经度,纬度\n1,2026-05-01,114.3,30.6\n'), choices)
  expect([inspection.crs, inspection.notes[0]?.zh]).toEqual(['wgs84', expect.stringContaining('已按 wgs84 处理')])
})

it('refuses a value for a field that does not exist, as the import does', async () => {
  const file = inMemory('a.csv', '编号,发生时间\n1,2026-05-01 08:00\n')
  await expect(inspect(file, { collection: 'incidents', set: ['tytle=无'] })).rejects.toThrow(
    '--set tytle: there is no such field',
  )
})
