import type { ImportCollection } from '@minqing/data/domain/import'

export type Staging = readonly (readonly [name: string, type: string])[]

const area: Staging = [
  ['ordinal', 'integer'],
  ['line', 'integer'],
  ['code', 'text'],
  ['level', 'text'],
  ['parent_code', 'text'],
  ['name', 'text'],
  ['grid_type', 'text'],
  ['households', 'integer'],
  ['residents', 'integer'],
  ['leader', 'text'],
  ['leader_phone', 'text'],
  ['worker', 'text'],
  ['worker_phone', 'text'],
  ['area_m2', 'double precision'],
  ['geometry', 'text'],
  ['extent', 'box'],
  ['center', 'point'],
  ['std_code', 'text'],
  ['source_id', 'text'],
]

const building: Staging = [
  ['ordinal', 'integer'],
  ['line', 'integer'],
  ['code', 'text'],
  ['street_code', 'text'],
  ['community_code', 'text'],
  ['grid_code', 'text'],
  ['name', 'text'],
  ['address', 'text'],
  ['estate', 'text'],
  ['floors', 'integer'],
  ['height', 'double precision'],
  ['units', 'integer'],
  ['built_year', 'integer'],
  ['structure', 'text'],
  ['use', 'text'],
  ['households', 'integer'],
  ['residents', 'integer'],
  ['geometry', 'text'],
  ['extent', 'box'],
  ['center', 'point'],
  ['std_address_code', 'text'],
  ['source_id', 'text'],
]

const facility: Staging = [
  ['ordinal', 'integer'],
  ['line', 'integer'],
  ['street_code', 'text'],
  ['id', 'text'],
  ['community_code', 'text'],
  ['grid_code', 'text'],
  ['building_code', 'text'],
  ['kind', 'text'],
  ['name', 'text'],
  ['address', 'text'],
  ['phone', 'text'],
  ['status', 'text'],
  ['position', 'point'],
  ['source_crs', 'text'],
  ['source_x', 'double precision'],
  ['source_y', 'double precision'],
  ['content', 'integer'],
]

const incident: Staging = [
  ['ordinal', 'integer'],
  ['line', 'integer'],
  ['street_code', 'text'],
  ['number', 'text'],
  ['community_code', 'text'],
  ['grid_code', 'text'],
  ['building_code', 'text'],
  ['type', 'text'],
  ['source_type', 'text'],
  ['channel', 'text'],
  ['urgency', 'text'],
  ['risk', 'text'],
  ['status', 'text'],
  ['title', 'text'],
  ['text', 'text'],
  ['address', 'text'],
  ['involved_count', 'integer'],
  ['position', 'point'],
  ['source_crs', 'text'],
  ['source_x', 'double precision'],
  ['source_y', 'double precision'],
  ['happened_at', 'timestamptz'],
  ['reported_at', 'timestamptz'],
  ['due_at', 'timestamptz'],
  ['closed_at', 'timestamptz'],
  ['content', 'integer'],
]

const base: Staging = [
  ['ordinal', 'integer'],
  ['line', 'integer'],
  ['street_code', 'text'],
  ['id', 'text'],
  ['layer', 'text'],
  ['kind', 'text'],
  ['name', 'text'],
  ['rank', 'integer'],
  ['geometry', 'text'],
  ['extent', 'box'],
  ['center', 'point'],
]

/** Columns of the staging table `import_row` with their SQL types, in the order of the values that a check gives. */
export const staging: Record<ImportCollection, Staging> = {
  areas: area,
  streets: area,
  communities: area,
  grids: area,
  buildings: building,
  incidents: incident,
  facilities: facility,
  base,
}

/** What no two rows of a file may have in common, and whether two that do may say the same (`content` tells). */
export type RepeatKey = { columns: readonly string[]; content: boolean }

/** Null for areas, whose codes may still be missing when they are staged: they are few, and the reader remembers them. */
export const repeatKeys: Record<ImportCollection, RepeatKey | null> = {
  areas: null,
  streets: null,
  communities: null,
  grids: null,
  buildings: { columns: ['code'], content: false },
  incidents: { columns: ['street_code', 'number'], content: true },
  facilities: { columns: ['street_code', 'id'], content: true },
  base: { columns: ['street_code', 'id'], content: false },
}
