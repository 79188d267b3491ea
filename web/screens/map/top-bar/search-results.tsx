import type { SearchHit } from '@minqing/data/domain/summary'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '../../../ui/button.tsx'
import styles from './search-results.module.css'

export function SearchResults({
  id,
  words,
  hits,
  active,
  query,
  onPick,
  onHover,
}: {
  id: string
  words: string
  hits: SearchHit[]
  active: number
  query: UseQueryResult<SearchHit[]>
  onPick: (hit: SearchHit) => void
  onHover: (index: number) => void
}) {
  const t = useTranslations('search')
  const shell = useTranslations('shell')
  return (
    <div className={styles.panel}>
      {/* Options are not focused themselves: the input keeps the focus and names the active one. */}
      <ul id={id} role="listbox" aria-label={t('label')} className={styles.list}>
        {hits.map((hit, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input's own keys choose
          <li
            key={`${hit.kind}:${hit.id}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.option}
            onPointerMove={() => onHover(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(hit)}
          >
            <span className={styles.kind}>{t('kind', { kind: hit.kind })}</span>
            <span className={styles.name}>{hit.name}</span>
            <span className={styles.detail}>{hit.detail}</span>
          </li>
        ))}
      </ul>
      <output className={styles.state}>
        {query.isError ? (
          <>
            {t('failed')} <Button onPress={() => void query.refetch()}>{shell('retry')}</Button>
          </>
        ) : query.isPending || words === '' ? (
          t('searching')
        ) : hits.length > 0 ? (
          t('results', { count: hits.length })
        ) : (
          <>
            <strong>{t('noneTitle', { words })}</strong>
            <br />
            {t('noneText')}
          </>
        )}
      </output>
    </div>
  )
}
