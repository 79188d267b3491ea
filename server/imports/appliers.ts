import type { Label } from '@minqing/data/domain/label'
import type { Transaction } from '../store/connect.ts'
import type { CollectionName } from '../store/touch.ts'
import { applyAreas } from './apply-areas.ts'
import { applyBase } from './apply-base.ts'
import { applyBuildings } from './apply-buildings.ts'
import { applyFacilities } from './apply-facilities.ts'
import { applyIncidents } from './apply-incidents.ts'
import type { ImportCollection } from '@minqing/data/domain/import'
import type { ApplyPlan } from './plan.ts'

/** Rows inserted and updated, those already as they should be, and those that turned out impossible. */
export type Applied = {
  inserted: number
  updated: number
  unchanged: number
  /** By ordinal: why a staged row could not be applied after all. */
  refused: Map<number, Label>
  /** Staged rows that became part of another one. */
  merged?: number
  touched: CollectionName[]
}

type Apply = (transaction: Transaction, plan: ApplyPlan, remark: (remark: Label) => void) => Promise<Applied>

/** How each collection's staged rows are merged into its tables. */
export const appliers: Record<ImportCollection, Apply> = {
  areas: applyAreas,
  streets: applyAreas,
  communities: applyAreas,
  grids: applyAreas,
  buildings: applyBuildings,
  incidents: applyIncidents,
  facilities: applyFacilities,
  base: applyBase,
}
