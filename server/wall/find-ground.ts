import { streetOf } from '@minqing/data/domain/area-code'
import { ProblemError } from '@minqing/data/domain/problem'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { WallPicture } from '@minqing/data/domain/wall'
import { corners } from '../store/geometry.ts'
import type { Transaction } from '../store/connect.ts'

export type Ground = {
  street: NonNullable<WallPicture['street']>
  area: { code: string; name: string; bbox: BoundingBox }
}

/**
 * The ground that the picture is about: the area asked for, or the street whose newest case is the newest of all, or
 * any street. Null in a database without streets.
 *
 * @throws ProblemError `not_found` when the area asked for does not exist.
 */
export async function findGround(transaction: Transaction, code: string | undefined): Promise<Ground | null> {
  const wanted = code ?? (await newestStreet(transaction))
  if (wanted === undefined) return null
  const [row] = await transaction<(Ground['area'] & { streetName: string; demo: boolean })[]>`
    select a.code, a.name, ${corners(transaction, 'a.extent')} as bbox, s.name as street_name, s.source = 'demo' as demo
    from area a join area s on s.code = ${streetOf(wanted)} where a.code = ${wanted}`
  if (row === undefined) {
    throw new ProblemError(
      'not_found',
      { zh: `没有编码为 ${wanted} 的街道或社区`, en: `There is no street or community ${wanted}` },
      {
        parameter: 'area',
        remedy: {
          zh: '不带 area 打开大屏即显示最新数据所在的街道',
          en: 'Leave “area” out to see the street with the newest data',
        },
      },
    )
  }
  const { streetName, demo, ...area } = row
  return { street: { code: streetOf(wanted), name: streetName, demo }, area }
}

async function newestStreet(transaction: Transaction): Promise<string | undefined> {
  const [row] = await transaction<{ code: string }[]>`
    select a.code from area a
    left join (select street_code, max(last_reported) as newest from incident_month group by street_code) m
      on m.street_code = a.code
    where a.level = 'street' order by m.newest desc nulls last, a.code limit 1`
  return row?.code
}
