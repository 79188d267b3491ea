import { codeLength } from '@minqing/data/domain/area-code'

/** Digits of the codes one level below an area; those of a grid below the smallest. */
export function lengthBelow(area = ''): number {
  return Object.values(codeLength).find((length) => length > area.length) ?? codeLength.grid
}
