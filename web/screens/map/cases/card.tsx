import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { AnswerError } from '../../../api/problem.ts'
import { Notice } from '../../../ui/notice.tsx'
import { ScrollArea } from '../../../ui/scroll-area.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { LoadError } from '../load-error.tsx'
import { usePlace } from '../map-page.ts'
import { PanelHead } from '../panel-head.tsx'
import styles from './card.module.css'

/** The card of one selected thing: its head, and below it what was loaded or why it was not. */
export function Card({
  title,
  note,
  what,
  number,
  query,
  children,
}: {
  title: string
  note: ReactNode
  what: string
  number: string
  query: UseQueryResult
  children: ReactNode
}) {
  const t = useTranslations('cases')
  const { select } = usePlace()
  const missing = query.error instanceof AnswerError && query.error.status === 404
  return (
    <>
      <PanelHead title={title} note={note} onBack={() => select(null)} />
      <ScrollArea label={title} divided>
        {query.isPending && (
          <div className={styles.alone}>
            <Skeleton lines={8} />
          </div>
        )}
        {missing ? (
          <div className={styles.alone}>
            <Notice tone="danger" title={t('notFoundTitle')}>
              {t('notFoundText', { number })}
            </Notice>
          </div>
        ) : (
          query.data === undefined && (
            <div className={styles.alone}>
              <LoadError what={what} loading={{ failed: query.error, retry: () => void query.refetch() }} />
            </div>
          )
        )}
        {children}
      </ScrollArea>
    </>
  )
}
