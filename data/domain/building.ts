import { z } from 'zod'
import { BuildingCode, CommunityCode, GridCode, StreetCode } from './area-code.ts'
import type { Label } from './label.ts'
import { Position } from './position.ts'
import { PositionQuality } from './position-source.ts'

export const buildingUses = [
  'residential',
  'mixed',
  'commercial',
  'office',
  'school',
  'medical',
  'market',
  'public',
  'industrial',
  'transport',
  'other',
] as const
export const BuildingUse = z.enum(buildingUses)
export type BuildingUse = z.infer<typeof BuildingUse>

export const buildingUseLabels: Record<BuildingUse, Label> = {
  residential: { zh: '住宅', en: 'Residential' },
  mixed: { zh: '商住', en: 'Mixed use' },
  commercial: { zh: '商业', en: 'Commercial' },
  office: { zh: '办公', en: 'Office' },
  school: { zh: '学校', en: 'School' },
  medical: { zh: '医疗', en: 'Medical' },
  market: { zh: '市场', en: 'Market' },
  public: { zh: '公共', en: 'Public' },
  industrial: { zh: '工业', en: 'Industrial' },
  transport: { zh: '交通', en: 'Transport' },
  other: { zh: '其他', en: 'Other' },
}

export const structures = ['brick_wood', 'brick_concrete', 'frame', 'shear_wall', 'steel', 'other'] as const
export const Structure = z.enum(structures)
export type Structure = z.infer<typeof Structure>

export const structureLabels: Record<Structure, Label> = {
  brick_wood: { zh: '砖木', en: 'Brick and wood' },
  brick_concrete: { zh: '砖混', en: 'Brick and concrete' },
  frame: { zh: '框架', en: 'Frame' },
  shear_wall: { zh: '剪力墙', en: 'Shear wall' },
  steel: { zh: '钢结构', en: 'Steel' },
  other: { zh: '其他', en: 'Other' },
}

/** A building; its footprint travels as the feature's geometry: a point while it has none, null while its place is unknown. */
export const Building = z.object({
  code: BuildingCode,
  streetCode: StreetCode,
  communityCode: CommunityCode,
  gridCode: GridCode.nullable(),
  name: z.string().max(100),
  address: z.string().max(200),
  /** Residential estate (小区) it belongs to, if any. */
  estate: z.string().nullable(),
  floors: z.int().min(0).nullable(),
  /** Metres above ground. */
  height: z.number().min(0).nullable(),
  units: z.int().min(0).nullable(),
  builtYear: z.int().min(1000).max(2100).nullable(),
  structure: Structure,
  use: BuildingUse,
  households: z.int().min(0).nullable(),
  residents: z.int().min(0).nullable(),
  center: Position,
  /** Of the outline or the point. */
  ...PositionQuality,
  source: z.string(),
  /** The source's own identifier: importing the same thing again finds it. */
  sourceId: z.string().nullable(),
})
export type Building = z.infer<typeof Building>
