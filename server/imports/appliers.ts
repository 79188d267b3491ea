import type { Label } from '@minqing/data/domain/label'
import type { Transaction } from '../store/connect.ts'
import type { CollectionName } from '../store/touch.ts'
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
  /** Whether areas changed that are no rows of the file: a street was named, parents were made. */
  areasBesides?: boolean
}

type Apply = (transaction: Transaction, plan: ApplyPlan, remark: (remark: Label) => void) => Promise<Applied>

/** How a collection's staged rows are merged into its tables; loaded when it is needed. */
export async function loadApply(collection: ImportCollection): Promise<Apply> {
  switch (collection) {
    case 'areas':
    case 'streets':
    case 'communities':
    case 'grids':
      return (await import('./apply-areas.ts')).applyAreas
    case 'buildings':
      return (await import('./apply-buildings.ts')).applyBuildings
    case 'incidents':
      return (await import('./apply-incidents.ts')).applyIncidents
    case 'facilities':
      return (await import('./apply-facilities.ts')).applyFacilities
    case 'base':
      return (await import('./apply-base.ts')).applyBase
  }
}
