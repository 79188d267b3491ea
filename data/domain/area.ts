import { z } from 'zod'
import { AreaCode, AreaLevel, StreetCode } from './area-code.ts'
import { Position } from './position.ts'
import { AreaContacts } from './staff.ts'

export const gridTypes = ['basic', 'dedicated'] as const
export const GridType = z.enum(gridTypes)

/** A street, community or grid with its contacts. Its boundary travels as the feature's geometry. */
export const Area = z.object({
  code: AreaCode,
  level: AreaLevel,
  parentCode: AreaCode.nullable(),
  streetCode: StreetCode,
  name: z.string().min(1).max(100),
  gridType: GridType.nullable(),
  households: z.int().min(0).nullable(),
  residents: z.int().min(0).nullable(),
  ...AreaContacts.shape,
  /** Square metres of the boundary on the ellipsoid. */
  areaM2: z.number().min(0),
  center: Position,
  source: z.string(),
})
export type Area = z.infer<typeof Area>
