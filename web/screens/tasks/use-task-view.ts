import { supervisionLists } from '@minqing/data/domain/supervision'
import { taskClocks } from '@minqing/data/domain/task'
import { incidentStages } from '@minqing/data/domain/incident-status'
import { createParser, type inferParserType, parseAsStringLiteral, useQueryStates } from 'nuqs'

const code = (pattern: RegExp) =>
  createParser<string>({ parse: (text) => (pattern.test(text) ? text : null), serialize: (text) => text })

/** What is shown, in the address. */
const parameters = {
  view: parseAsStringLiteral(['list', 'board', 'supervision']).withDefault('list'),
  /** `all`: of everybody. */
  of: parseAsStringLiteral(['mine', 'all']),
  clock: parseAsStringLiteral(taskClocks),
  stage: parseAsStringLiteral(incidentStages),
  list: parseAsStringLiteral(supervisionLists),
  area: code(/^(\d{9}|\d{12}|\d{15})$/),
  /** `<street>-<number>` */
  case: code(/^\d{9}-.{1,64}$/),
}

export type TaskView = inferParserType<typeof parameters>
export type ChangeTaskView = (change: { [Name in keyof TaskView]?: TaskView[Name] | null }) => void

export function useTaskView(): [TaskView, ChangeTaskView] {
  const [view, setView] = useQueryStates(parameters, { history: 'replace' })
  return [view, (change) => void setView(change)]
}
