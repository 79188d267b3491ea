import { z } from 'zod'
import { AreaCode, AreaLevel, StreetCode } from './area-code.ts'
import { Position } from './position.ts'

export const gridTypes = ['basic', 'dedicated'] as const
export const GridType = z.enum(gridTypes)

/** A street, community or grid: who is responsible for which ground. Its boundary travels as the feature's geometry. */
export const Area = z.object({
  code: AreaCode,
  level: AreaLevel,
  parentCode: AreaCode.nullable(),
  streetCode: StreetCode,
  name: z.string().min(1).max(100),
  gridType: GridType.nullable(),
  households: z.int().min(0).nullable(),
  residents: z.int().min(0).nullable(),
  /** 网格长 of a grid, secretary of a community, director of a street. */
  leader: z.string().nullable(),
  leaderPhone: z.string().nullable(),
  /** The grid worker on duty, with the phone a resident may call. */
  worker: z.string().nullable(),
  workerPhone: z.string().nullable(),
  /** Square metres of the boundary on the ellipsoid. */
  areaM2: z.number().min(0),
  center: Position,
  source: z.string(),
})
export type Area = z.infer<typeof Area>
