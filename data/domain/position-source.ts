import { z } from 'zod'
import type { Label } from './label.ts'

/** How a position is known: measured, or found by an address, as exactly as the address says. */
export const positionSources = [
  'measured',
  'address-building',
  'address-road',
  'address-estate',
  'address-grid',
  'address-community',
] as const
export const PositionSource = z.enum(positionSources)
export type PositionSource = z.infer<typeof PositionSource>

export const positionSourceLabels: Record<PositionSource, Label> = {
  measured: { zh: '实测坐标', en: 'Measured' },
  'address-building': { zh: '按地址定位到楼栋', en: 'By address, to the building' },
  'address-road': { zh: '按地址定位到门牌', en: 'By address, to the house number' },
  'address-estate': { zh: '按地址定位到小区', en: 'By address, to the estate' },
  'address-grid': { zh: '按地址定位到网格', en: 'By address, to the grid' },
  'address-community': { zh: '按地址定位到社区', en: 'By address, to the community' },
}

/** How a position is known, and how surely where an address says it; both null without a position. */
export const PositionQuality = {
  positionSource: PositionSource.nullable(),
  positionCertainty: z.number().min(0).max(1).nullable(),
}

/** Something whose position is measured, as all of the demo's are. */
export type Measured<Thing> = Omit<Thing, keyof typeof PositionQuality>

/** Positions that stand for an area and say nothing of where in it: such are left out of densities. */
export const areaPositions: readonly PositionSource[] = ['address-grid', 'address-community']
