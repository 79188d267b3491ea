import { taskNodeLabels } from '@minqing/data/domain/incident-workflow/next-task'
import type { Task } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useDuration } from '../../ui/use-duration.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { messages } from './messages.ts'
import styles from './tasks.module.css'

/** For what a time limit runs, and how much of it is left. */
export function Due({ task: { node, dueAt, state }, at }: { task: Task; at: string }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const duration = useDuration()
  if (node === null || dueAt === null) return <span className={styles.quiet}>{t('noDue')}</span>
  const left = Date.parse(dueAt) - Date.parse(at)
  const time = duration(Math.abs(left))
  return (
    <span className={styles.due} data-state={state}>
      <strong>{t(left < 0 ? 'overdueBy' : 'left', { time })}</strong>
      <span className={styles.quiet}>
        {taskNodeLabels[node][language]} · {formats.shortDateTime(new Date(dueAt))}
      </span>
    </span>
  )
}
