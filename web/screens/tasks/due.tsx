import type { Task } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { dueText } from './due-text.ts'
import { messages } from './messages.ts'
import styles from './tasks.module.css'

/** For what a time limit runs, and how much of it is left. */
export function Due({ task, at }: { task: Task; at: string }) {
  const t = useMessages(messages)
  const text = dueText(task, at, useLanguage())
  if (text === null) return <span className={styles.quiet}>{t('noDue')}</span>
  return (
    <span className={styles.due} data-state={task.state}>
      <strong>{text.left}</strong>
      <span className={styles.quiet}>
        {text.node} · {text.end}
      </span>
    </span>
  )
}
