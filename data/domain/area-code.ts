import { z } from 'zod'

/**
 * Codes of areas and buildings are text, never numbers: leading digits matter and a prefix is the parent.
 * Layout (GB/T 2260 + 统计用区划代码): 6 county + 3 street + 3 community + 3 grid; a building hangs on its
 * community (12 + 5), never on its grid, because grids are re-split.
 */
export const areaLevels = ['street', 'community', 'grid'] as const
export const AreaLevel = z.enum(areaLevels)
export type AreaLevel = z.infer<typeof AreaLevel>

export const codeLength = { street: 9, community: 12, grid: 15 } as const satisfies Record<AreaLevel, number>

export const StreetCode = z.string().regex(/^\d{9}$/, 'a sub-district code has 9 digits')
export const CommunityCode = z.string().regex(/^\d{12}$/, 'a community code has 12 digits')
export const GridCode = z.string().regex(/^\d{15}$/, 'a grid code has 15 digits')
export const BuildingCode = z.string().regex(/^\d{17}$/, 'a building code has 17 digits')

/** The code of a street, community or grid. */
export const AreaCode = z.string().regex(/^(\d{9}|\d{12}|\d{15})$/, 'an area code has 9, 12 or 15 digits')

/** A prefix that selects every area, building or incident below it: province (2) to grid (15). */
export const AreaPrefix = z.string().regex(/^\d{2,15}$/, 'an area is selected by 2 to 15 digits of its code')

/** Level of a valid area code, by its length. */
export function levelOf(code: string): AreaLevel {
  for (const level of areaLevels) if (code.length === codeLength[level]) return level
  throw new RangeError(`“${code}” is no area code: it has ${code.length} digits, not 9, 12 or 15`)
}

/** The 9 digits of the street that an area, building or incident belongs to: the distribution key of large tables. */
export function streetOf(code: string): string {
  return code.slice(0, codeLength.street)
}

/** The 12 digits of the community that a grid or building belongs to. */
export function communityOf(code: string): string {
  return code.slice(0, codeLength.community)
}

/** The code one level up; null for a street. */
export function parentOf(code: string): string | null {
  const level = levelOf(code)
  switch (level) {
    case 'street':
      return null
    case 'community':
      return code.slice(0, codeLength.street)
    case 'grid':
      return code.slice(0, codeLength.community)
  }
}

/** From the street down to the area itself: the breadcrumb of a code. */
export function pathOf(code: string): string[] {
  const parent = parentOf(code)
  return parent === null ? [code] : [...pathOf(parent), code]
}
