import type { CollectionName } from '@minqing/data/domain/data-status'

/** Tables whose rows an import inserts and updates; `key` names a row within its street. */
export const rowTables = [
  { table: 'incident', key: 'number', collection: 'incidents' },
  { table: 'facility', key: 'id', collection: 'facilities' },
  { table: 'building', key: 'code', collection: 'buildings' },
  { table: 'area', key: 'code', collection: 'areas' },
] as const satisfies { table: string; key: string; collection: CollectionName }[]

export type RowTable = (typeof rowTables)[number]
