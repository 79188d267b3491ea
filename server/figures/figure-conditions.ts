import type { FigureName, FigurePart, FirstTime } from '@minqing/data/domain/figures'

/**
 * Which rows of `facts` (case-facts.ts) a figure counts; what the sentences of data/domain/figures.ts say. The numerator
 * is counted among the denominator; `unknown` are rows apart from it.
 */
type Conditions = { denominator: string | null; numerator: string; unknown?: string }

const agreed = "outcome in ('written', 'oral', 'eased')"
const solved = "outcome in ('written', 'oral', 'eased', 'settled')"
const due = 'is_valid and in_due'
const disputes = 'is_valid and in_accepted and is_dispute'
const closed = 'is_valid and in_closed'
const dispatched = 'is_valid and in_dispatched'

/** A case in which that happened in the period; of those from files alone it is not known. */
const ofKind = (kind: string): Conditions => ({
  denominator: null,
  numerator: `is_valid and '${kind}' = any(serious)`,
  unknown: 'is_valid and in_reported and not is_recorded',
})
const petition = (part: string): Conditions => ({
  denominator: null,
  numerator: `is_valid and 'petition_${part}' = any(serious)`,
})

const conditions: Record<FigureName, Conditions> = {
  criminal: ofKind('criminal'),
  mass_incident: ofKind('mass_incident'),
  petition: ofKind('petition'),
  petition_street: petition('street'),
  petition_district: petition('district'),
  petition_city: petition('city'),
  petition_province: petition('province'),
  petition_capital: petition('capital'),
  petition_group: petition('group'),
  reported: { denominator: null, numerator: 'in_reported' },
  valid_share: { denominator: 'in_reported', numerator: 'is_valid' },
  accepted: { denominator: null, numerator: 'is_valid and in_accepted' },
  acceptance: {
    denominator: "is_valid and in_reported and acceptance in ('in_time', 'late')",
    numerator: "acceptance = 'in_time'",
    unknown: "is_valid and in_reported and acceptance = 'unknown'",
  },
  overdue: { denominator: 'is_open_at_end', numerator: 'is_overdue_at_end' },
  completion: { denominator: 'is_valid and in_accepted', numerator: 'is_closed' },
  mediation_success: {
    denominator: `${disputes} and (not is_closed or outcome is not null)`,
    numerator: `is_closed and ${agreed}`,
    unknown: `${disputes} and is_closed and outcome is null`,
  },
  disputes_resolved: {
    denominator: null,
    numerator: `${closed} and is_dispute and is_closed and ${agreed}`,
    unknown: `${closed} and is_dispute and is_closed and outcome is null`,
  },
  // A case that is open again has no outcome any more: it was not solved.
  solved: {
    denominator: `${closed} and (not is_closed or outcome is not null)`,
    numerator: `is_closed and not is_relapsed and ${solved}`,
    unknown: `${closed} and is_closed and outcome is null`,
  },
  due_closed: { denominator: due, numerator: 'is_closed' },
  due_on_time: { denominator: due, numerator: 'is_closed and is_on_time' },
  response: {
    denominator: `${dispatched} and response in ('in_time', 'late')`,
    numerator: "response = 'in_time'",
    unknown: `${dispatched} and response = 'unknown'`,
  },
  extension: {
    denominator: `${due} and is_recorded`,
    numerator: 'is_extended',
    unknown: `${due} and not is_recorded`,
  },
  returned: { denominator: dispatched, numerator: 'is_returned' },
  rework: { denominator: 'is_valid and in_submitted', numerator: 'is_reworked' },
  closed: { denominator: null, numerator: closed },
  participation: { denominator: closed, numerator: 'rating is not null' },
  satisfaction: { denominator: `${closed} and rating is not null`, numerator: "rating in ('satisfied', 'fair')" },
  follow_up: { denominator: 'is_valid and in_visits', numerator: 'is_visited' },
  first_visit: {
    denominator: 'is_valid and in_visits and is_visit_by_file is not true',
    numerator: 'is_visited_in_time',
    unknown: 'is_valid and in_visits and is_visit_by_file',
  },
  relapse: { denominator: closed, numerator: 'is_relapsed' },
}

/** Of each first time, the column of `facts` that says how long it took; null where it has not come, or is not known. */
export const timeColumns: Record<FirstTime, string> = {
  acceptance: 'acceptance_time',
  response: 'response_time',
  due_on_time: 'resolution_time',
  first_visit: 'visit_time',
}

/** The condition on `facts` of a part of a figure; null where it has none. */
export function figureCondition(figure: FigureName, part: FigurePart): string | null {
  const { denominator, numerator, unknown } = conditions[figure]
  switch (part) {
    case 'numerator':
      return denominator === null ? `(${numerator})` : `(${denominator}) and (${numerator})`
    case 'denominator':
      return denominator === null ? null : `(${denominator})`
    case 'unknown':
      return unknown === undefined ? null : `(${unknown})`
  }
}
