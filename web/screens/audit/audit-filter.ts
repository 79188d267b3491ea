import { auditActions, auditObjects, auditResults } from '@minqing/data/domain/audit'
import { createParser, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { AuditSearch } from '../../api/audit.ts'
import { dayOfDate, startOf } from '../../view/day.ts'

const dayParser = createParser<string>({
  parse: (text) => (dayOfDate(text) === null ? null : text),
  serialize: (day) => day,
})

/** The filter in the address. Persons stand in it by the ids of their accounts, never by name. */
const parameters = {
  /** Local days, both in the period. */
  from: dayParser,
  to: dayParser,
  actor: parseAsString,
  action: parseAsStringLiteral(auditActions),
  object: parseAsStringLiteral(auditObjects),
  result: parseAsStringLiteral(auditResults),
  street: createParser<string>({ parse: (text) => (/^\d{9}$/.test(text) ? text : null), serialize: (code) => code }),
}

export type AuditFilter = { [Name in keyof typeof parameters]: string | null }
export type ChangeFilter = (change: Partial<AuditFilter>) => void

/** The filter, how it is changed, and what it means to the server. */
export function useAuditFilter(): { filter: AuditFilter; change: ChangeFilter; search: AuditSearch } {
  const [filter, setFilter] = useQueryStates(parameters, { history: 'replace' })
  const search = useMemo(() => searchOf(filter), [filter])
  // What is chosen comes from lists of the same codes.
  return { filter, change: (change) => void setFilter(change as typeof filter), search }
}

export const noFilter: AuditFilter = {
  from: null,
  to: null,
  actor: null,
  action: null,
  object: null,
  result: null,
  street: null,
}

function searchOf({ from, to, ...codes }: AuditFilter): AuditSearch {
  const days = { from: from && dayStart(from, 0), to: to && dayStart(to, 1) }
  const given = Object.entries({ ...days, ...codes }).filter(([, value]) => value !== null && value !== '')
  return Object.fromEntries(given) as AuditSearch
}

function dayStart(date: string, later: number): string | null {
  const day = dayOfDate(date)
  return day === null ? null : new Date(startOf(day + later) * 1000).toISOString()
}
