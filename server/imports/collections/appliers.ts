import type { Label } from '@minqing/data/domain/label'
import type { Transaction } from '../../store/connect.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import type { ImportCollection } from '@minqing/data/domain/import'
import type { ApplyPlan } from '../plan.ts'

/** Rows of the file that the database inserted and updated, as it counted them, and those already as they should be. */
export type Applied = {
  inserted: number
  updated: number
  unchanged: number
  /** Staged rows that became part of another one. */
  merged?: number
  /** The collections that changed, also by what is no row of the file (parent areas, labels); none: nothing changed. */
  touched: CollectionName[]
}

/** What is to be told while rows are applied. */
export type Tell = {
  note: (label: Label, rows?: number) => void
  /**
   * By ordinal, why staged rows cannot be applied after all; called once, before anything is written: the reader, which
   * names them in the file of rejected rows, is not held any longer.
   */
  refuse: (refused: ReadonlyMap<number, Label>) => Promise<void>
}

type Apply = (transaction: Transaction, plan: ApplyPlan, tell: Tell) => Promise<Applied>

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
