import { ColumnMap } from '@minqing/data/formats/columns/columns'
import { readCsv } from '@minqing/data/formats/csv/csv'
import { incidentFields } from '@minqing/data/formats/field-names'
import { inPieces } from '@minqing/data/formats/test-bytes'
import { expect, it } from 'vitest'
import { unusedPlaces } from './column-notes.ts'

async function unused(header: string): Promise<string | undefined> {
  const columns = new ColumnMap(incidentFields, new Map())
  const source = await readCsv(inPieces(`${header}\n1,2,3,4\n`))
  columns.learn(source.columns)
  return unusedPlaces(source, columns, incidentFields)?.zh
}

it('names columns that look like coordinates where none was recognised', async () => {
  expect(await unused('编号,时间,经度分,经度秒')).toContain('“经度分”“经度秒”')
  expect(await unused('编号,时间,lng_old,lat_old')).toContain('“lng_old”“lat_old”')
  expect(await unused('编号,时间,lng_84,lat_84')).toBeUndefined()
  expect(await unused('编号,时间,经度,纬度')).toBeUndefined()
  expect(await unused('编号,时间,经度,纬度备注')).toContain('“纬度备注”')
  expect(await unused('编号,时间,平台,标题')).toBeUndefined()
})
