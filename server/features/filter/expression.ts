import type { Geometry } from 'geojson'
import type { BoundingBox } from '@minqing/data/domain/position'
import type { Queryable } from './queryable.ts'

/** A filter that was understood: a tree of these alone, its properties known and its types checked. */
export type Condition =
  | { op: 'and' | 'or'; parts: Condition[] }
  | { op: 'not'; part: Condition }
  | { op: 'constant'; value: boolean }
  | { op: 'compare'; operator: Comparison; left: Operand; right: Operand }
  | { op: 'like'; text: Operand; pattern: string }
  | { op: 'between'; value: Operand; low: Operand; high: Operand }
  | { op: 'in'; value: Operand; list: Operand[] }
  | { op: 'null'; property: Queryable }
  | Intersects
  | { op: 'temporal'; relation: TemporalRelation; left: Period; right: Period }

export type Intersects = { op: 'intersects'; shape: { box: BoundingBox } | { geometry: Geometry } }

export const comparisons = ['=', '<>', '<', '<=', '>', '>='] as const
export type Comparison = (typeof comparisons)[number]

export type Operand =
  | { kind: 'property'; property: Queryable }
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  /** `CASEI(…)`: compared without regard to capitals. */
  | { kind: 'caseless'; of: Operand }
  /** A timestamp, or the day of a date: both ends belong to it. */
  | { kind: 'period'; from: string; to: string }

/** An end of a period: a property, or a moment in ISO 8601, `-infinity` and `infinity` where it is open. */
export type Moment = { property: Queryable } | { at: string }
export type Period = { from: Moment; to: Moment }

/** OGC 21-065r2 §7.6, table 11. */
export const temporalRelations = [
  't_after',
  't_before',
  't_contains',
  't_disjoint',
  't_during',
  't_equals',
  't_finishedby',
  't_finishes',
  't_intersects',
  't_meets',
  't_metby',
  't_overlappedby',
  't_overlaps',
  't_startedby',
  't_starts',
] as const
export type TemporalRelation = (typeof temporalRelations)[number]
