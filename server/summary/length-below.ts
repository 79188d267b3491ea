import { codeLength } from '@minqing/data/domain/area-code'

/** Digits of the codes one level below an area; undefined below a grid. */
export function lengthBelow(area = ''): number | undefined {
  return Object.values(codeLength).find((length) => length > area.length)
}
