import postgres from 'postgres'
import { allOf, type Fragment } from '../../store/conditions.ts'
import type { Transaction } from '../../store/connect.ts'
import {
  type Comparison,
  type Condition,
  type Intersects,
  type PeriodEnd,
  type Operand,
  type Period,
  type TemporalRelation,
  typeOf,
} from './expression.ts'
import type { Queryable } from '../queryables.ts'

/** `S_INTERSECTS` as SQL for a collection whose shapes have been compared already. */
export type IntersectsToSql = (condition: Intersects) => Fragment

/**
 * The tree as a condition on the collection's rows: columns come from the queryables, every value is a bound parameter.
 * What is not known is neither true nor false, as everywhere in SQL.
 */
export function filterCondition(transaction: Transaction, condition: Condition, intersects: IntersectsToSql): Fragment {
  const toSql = (part: Condition) => filterCondition(transaction, part, intersects)
  switch (condition.op) {
    case 'and':
      return transaction`(${allOf(transaction, condition.parts.map(toSql))})`
    case 'or':
      return anyOf(transaction, condition.parts.map(toSql))
    case 'not':
      return transaction`(not ${toSql(condition.part)})`
    case 'constant':
      return condition.value ? transaction`true` : transaction`false`
    case 'null':
      return transaction`(${column(transaction, condition.property)} is null)`
    case 'compare':
      return compare(transaction, condition.operator, condition.left, condition.right)
    case 'between': {
      const { value, low, high } = condition
      return transaction`(${compare(transaction, '>=', value, low)} and ${compare(transaction, '<=', value, high)})`
    }
    case 'in':
      return anyOf(
        transaction,
        condition.list.map((item) => compare(transaction, '=', condition.value, item)),
      )
    case 'like': {
      const { text, pattern } = condition
      if (text.kind !== 'caseless') return transaction`(${scalar(transaction, text)} like ${pattern}::text)`
      return transaction`(${scalar(transaction, text)} like lower(${pattern}::text))`
    }
    case 'intersects':
      return intersects(condition)
    case 'temporal':
      return relate(transaction, condition.relation, condition.left, condition.right)
  }
}

/** One flat list of alternatives: nested ones would cost the planner its stack. */
function anyOf(transaction: Transaction, parts: readonly Fragment[]): Fragment {
  const joined = parts.reduce((before, part) => transaction`${before} or ${part}`)
  return transaction`(${joined})`
}

function column(transaction: Transaction, { name, column: own = postgres.fromCamel(name) }: Queryable): Fragment {
  return transaction`${transaction(own)}`
}

function scalar(transaction: Transaction, operand: Operand): Fragment {
  switch (operand.kind) {
    case 'property':
      return column(transaction, operand.property)
    case 'text':
      return transaction`${operand.value}::text`
    case 'number':
      return transaction`${operand.value}::float8`
    case 'caseless':
      return transaction`lower(${scalar(transaction, operand.of)})`
    case 'period':
      return transaction`${operand.from}::timestamptz`
  }
}

/** Texts stand in the order of their characters' numbers, on every server the same. */
function compare(transaction: Transaction, operator: Comparison, left: Operand, right: Operand): Fragment {
  if (typeOf(left) === 'instant') return compareTimes(transaction, operator, periodOf(left), periodOf(right))
  const [a, b] = [scalar(transaction, left), scalar(transaction, right)]
  const inOrder = typeOf(left) === 'text' ? transaction`${a} collate "C"` : a
  switch (operator) {
    case '=':
      return transaction`(${a} = ${b})`
    case '<>':
      return transaction`(${a} <> ${b})`
    case '<':
      return transaction`(${inOrder} < ${b})`
    case '<=':
      return transaction`(${inOrder} <= ${b})`
    case '>':
      return transaction`(${inOrder} > ${b})`
    case '>=':
      return transaction`(${inOrder} >= ${b})`
  }
}

function periodOf(operand: Operand): Period {
  if (operand.kind === 'property') return { from: { property: operand.property }, to: { property: operand.property } }
  if (operand.kind === 'period') return { from: { at: operand.from }, to: { at: operand.to } }
  throw new RangeError(`${operand.kind} is no time`)
}

/** An instant equals a day that it lies in, is before it when before its beginning, and after it when after its end. */
function compareTimes(transaction: Transaction, operator: Comparison, left: Period, right: Period): Fragment {
  const relation = (name: TemporalRelation) => relate(transaction, name, left, right)
  switch (operator) {
    case '=':
      return relation('t_intersects')
    case '<>':
      return relation('t_disjoint')
    case '<':
      return relation('t_before')
    case '>':
      return relation('t_after')
    case '<=':
      return transaction`(not ${relation('t_after')})`
    case '>=':
      return transaction`(not ${relation('t_before')})`
  }
}

/** The definitions of OGC 21-065r2 §7.6, table 11, on closed periods; an instant is a period without length. */
function relate(transaction: Transaction, relation: TemporalRelation, left: Period, right: Period): Fragment {
  const [a, b] = [left, right].map(({ from, to }) => ({
    from: periodEnd(transaction, from),
    to: periodEnd(transaction, to),
  }))
  if (a === undefined || b === undefined) throw new RangeError('two periods are related')
  switch (relation) {
    case 't_after':
      return transaction`(${a.from} > ${b.to})`
    case 't_before':
      return transaction`(${a.to} < ${b.from})`
    case 't_contains':
      return transaction`(${a.from} < ${b.from} and ${a.to} > ${b.to})`
    case 't_disjoint':
      return transaction`(${a.to} < ${b.from} or ${a.from} > ${b.to})`
    case 't_during':
      return transaction`(${a.from} > ${b.from} and ${a.to} < ${b.to})`
    case 't_equals':
      return transaction`(${a.from} = ${b.from} and ${a.to} = ${b.to})`
    case 't_finishedby':
      return transaction`(${a.from} < ${b.from} and ${a.to} = ${b.to})`
    case 't_finishes':
      return transaction`(${a.from} > ${b.from} and ${a.to} = ${b.to})`
    case 't_intersects':
      return transaction`(${a.from} <= ${b.to} and ${a.to} >= ${b.from})`
    case 't_meets':
      return transaction`(${a.to} = ${b.from})`
    case 't_metby':
      return transaction`(${a.from} = ${b.to})`
    case 't_overlappedby':
      return transaction`(${a.from} > ${b.from} and ${a.from} < ${b.to} and ${a.to} > ${b.to})`
    case 't_overlaps':
      return transaction`(${a.from} < ${b.from} and ${a.to} > ${b.from} and ${a.to} < ${b.to})`
    case 't_startedby':
      return transaction`(${a.from} = ${b.from} and ${a.to} > ${b.to})`
    case 't_starts':
      return transaction`(${a.from} = ${b.from} and ${a.to} < ${b.to})`
  }
}

function periodEnd(transaction: Transaction, end: PeriodEnd): Fragment {
  return 'at' in end ? transaction`${end.at}::timestamptz` : column(transaction, end.property)
}
