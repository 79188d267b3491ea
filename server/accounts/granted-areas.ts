import { ProblemError } from '@minqing/data/domain/problem'
import type { NamedArea } from '@minqing/data/domain/session'
import type { Actor } from '../access/actor.ts'
import { readAs, type ReadSource } from '../store/scope.ts'

/** @throws ProblemError `bad_parameter` for what is neither `all` nor the beginning of an area's code. */
export function checkAreas(areas: readonly string[]): void {
  const foreign = areas.find((area) => !/^(all|\d{2,17})$/.test(area))
  if (foreign === undefined && areas.length > 0) return
  throw new ProblemError(
    'bad_parameter',
    foreign === undefined
      ? { zh: '没有给出区域', en: 'No area was given' }
      : { zh: `“${foreign}”不是区域编码`, en: `“${foreign}” is no code of an area` },
    {
      parameter: 'area',
      remedy: {
        zh: '请用行政区划、街道、社区或网格编码，或 all 表示全部',
        en: 'Use the code of a division, sub-district, community or grid, or all',
      },
    },
  )
}

/** Whether all of the areas lie within those of an actor. */
export function isWithin({ scope }: Pick<Actor, 'scope'>, areas: readonly string[]): boolean {
  return areas.every((area) => scope.areas.some((own) => own === 'all' || area.startsWith(own)))
}

/**
 * What an actor gives to others lies within what the actor has.
 *
 * @throws ProblemError `forbidden`
 */
export function refuseBeyond(actor: Pick<Actor, 'scope'>, areas: readonly string[]): void {
  const beyond = areas.find((area) => !isWithin(actor, [area]))
  if (beyond === undefined) return
  throw new ProblemError(
    'forbidden',
    {
      zh: `区域“${beyond === 'all' ? '全部' : beyond}”超出您的负责区域`,
      en: `The area “${beyond}” lies beyond your own areas`,
    },
    {
      parameter: 'area',
      remedy: { zh: '请选择您负责区域以内的区域', en: 'Choose one within your own areas' },
    },
  )
}

/** Names of areas are no secret of those who are responsible for them. */
export async function nameAreas(readFrom: ReadSource, codes: readonly string[]): Promise<NamedArea[]> {
  const known = [...new Set(codes)].filter((code) => code !== 'all')
  if (known.length === 0) return codes.map((code) => ({ code, name: null }))
  const rows = await readAs(
    readFrom,
    { role: 'reader', areas: known },
    (transaction) => transaction<{ code: string; name: string }[]>`
      select code, name from area where code in ${transaction(known)}`,
  )
  const names = new Map(rows.map(({ code, name }) => [code, name]))
  return codes.map((code) => ({ code, name: names.get(code) ?? null }))
}
