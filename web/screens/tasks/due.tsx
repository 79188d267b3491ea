import { taskNodeLabels } from '@minqing/data/domain/incident-workflow/next-task'
import type { Task } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { messages } from './messages.ts'
import styles from './tasks.module.css'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** For what a time limit runs, and how much of it is left. */
export function Due({ task: { node, dueAt, state }, at }: { task: Task; at: string }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  if (node === null || dueAt === null) return <span className={styles.quiet}>{t('noDue')}</span>
  const left = Date.parse(dueAt) - Date.parse(at)
  const span = Math.abs(left)
  const time =
    span >= 2 * day
      ? t('days', { count: Math.floor(span / day) })
      : span >= hour
        ? t('hours', { count: Math.floor(span / hour) })
        : t('minutes', { count: Math.max(1, Math.floor(span / minute)) })
  return (
    <span className={styles.due} data-state={state}>
      <strong>{t(left < 0 ? 'overdueBy' : 'left', { time })}</strong>
      <span className={styles.quiet}>
        {taskNodeLabels[node][language]} · {formats.shortDateTime(new Date(dueAt))}
      </span>
    </span>
  )
}
