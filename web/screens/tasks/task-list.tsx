import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { incidentId } from '../../api/incident.ts'
import type { Task } from '../../api/tasks.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { RiskMark } from '../../ui/risk-mark.tsx'
import { Due } from './due.tsx'
import { messages } from './messages.ts'
import styles from './tasks.module.css'

export type Selection = {
  numbers: ReadonlySet<string>
  toggle: (number: string) => void
  setAll: (numbers: readonly string[]) => void
}

/**
 * Cases with their time limits, for the keyboard as well: arrows move between them, space selects.
 *
 * @param more columns between the case and its status
 */
export function TaskTable<T extends Task>({
  tasks,
  at,
  selection,
  opened,
  onOpen,
  more,
}: {
  tasks: readonly T[]
  at: string
  selection: Selection | undefined
  opened: string | null
  onOpen: (id: string) => void
  more?: { head: string; cell: (task: T) => ReactNode }[]
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const body = useRef<HTMLTableSectionElement>(null)
  const onKey = (event: KeyboardEvent, number: string) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    const buttons = [...(body.current?.querySelectorAll<HTMLElement>('[data-open]') ?? [])]
    if (step !== undefined) {
      event.preventDefault()
      buttons[buttons.indexOf(event.target as HTMLElement) + step]?.focus()
    } else if (event.key === ' ' && selection !== undefined) {
      event.preventDefault()
      selection.toggle(number)
    }
  }
  const all = tasks.map(({ number }) => number)
  const isAll = selection !== undefined && all.length > 0 && all.every((number) => selection.numbers.has(number))
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {selection !== undefined && (
            <th scope="col" className={styles.check}>
              <input
                type="checkbox"
                aria-label={t('selectAll')}
                checked={isAll}
                onChange={() => selection.setAll(isAll ? [] : all)}
              />
            </th>
          )}
          <th scope="col">{t('due')}</th>
          <th scope="col">{t('case')}</th>
          {more?.map(({ head }) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
          <th scope="col">{t('status')}</th>
          <th scope="col">{t('unit')}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {tasks.map((task) => {
          const { streetCode, number, title, type, risk, status, unit } = task
          const id = incidentId(streetCode, number)
          return (
            <tr key={id} data-opened={id === opened || undefined}>
              {selection !== undefined && (
                <td className={styles.check}>
                  <input
                    type="checkbox"
                    aria-label={t('select', { number })}
                    checked={selection.numbers.has(number)}
                    onChange={() => selection.toggle(number)}
                  />
                </td>
              )}
              <td>
                <Due task={task} at={at} />
              </td>
              <td>
                <button
                  type="button"
                  data-open
                  className={styles.open}
                  aria-pressed={id === opened}
                  onClick={() => onOpen(id)}
                  onKeyDown={(event) => onKey(event, number)}
                >
                  <RiskMark risk={risk} />
                  <span>
                    <span className={styles.name}>{title || number}</span>
                    <span className={styles.quiet}>
                      {incidentTypeLabels[type][language]} · {number}
                    </span>
                  </span>
                </button>
              </td>
              {more?.map(({ head, cell }) => (
                <td key={head}>{cell(task)}</td>
              ))}
              <td className={styles.status}>{incidentStatusLabels[status][language]}</td>
              <td>{unit === '' ? <span className={styles.quiet}>{t('noUnit')}</span> : unit}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
