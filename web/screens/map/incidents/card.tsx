import { type PositionSource, positionSourceLabels } from '@minqing/data/domain/position-source'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { AnswerError } from '../../../api/fetch.ts'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Notice, Skeleton } from '../../../ui/notice.tsx'
import { usePlace } from '../map-page.ts'
import { LoadError, PanelHead, ScrollArea } from '../panel-parts.tsx'
import styles from './card.module.css'
import { messages } from './messages.ts'

/** The card of one selected object: its head, and below it the content or why it could not be loaded. */
export function Card({
  title,
  note,
  what,
  number,
  query,
  absent,
  children,
}: {
  title: string
  note: ReactNode
  /** Kind of object, for messages. */
  what: string
  number: string
  query: UseQueryResult
  /** What it means that there is no such object, where it is not a mistake. */
  absent?: string | undefined
  children: ReactNode
}) {
  const t = useMessages(messages)
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
            {absent === undefined ? (
              <Notice tone="danger" title={t('notFoundTitle', { what })}>
                {t('notFoundText', { number })}
              </Notice>
            ) : (
              <p>{absent}</p>
            )}
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

export type Fact = { name: string; value: ReactNode }

/** Names and values; those without a value are left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ name, value }) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** How a position is known, and how surely where an address says it; null without a position. */
export function usePositioned(): (of: {
  positionSource: PositionSource | null
  positionCertainty: number | null
}) => string | null {
  const t = useMessages(messages)
  const language = useLanguage()
  return ({ positionSource, positionCertainty }) => {
    if (positionSource === null) return null
    const source = positionSourceLabels[positionSource][language]
    return positionSource === 'measured' ? source : t('positionedBy', { source, certainty: positionCertainty ?? 0 })
  }
}
