import { useTranslations } from 'use-intl'
import { Rate } from '../../../ui/rate.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { useCounts, useViewState } from '../map-page.ts'
import { PanelSection } from '../panel-section.tsx'
import styles from './key-figures.module.css'

/** How many cases the filter leaves here, how many wait, how many are late. Each number opens its list. */
export function KeyFigures({ households }: { households: number | null }) {
  const t = useTranslations('area')
  const formats = useFormats()
  const { tally } = useCounts()
  const { change } = useViewState()
  if (tally === undefined) {
    return (
      <PanelSection title={t('figures')}>
        <Skeleton lines={2} />
      </PanelSection>
    )
  }
  const figures = [
    { list: 'all', name: t('cases'), count: tally.total },
    { list: 'open', name: t('open'), count: tally.open },
    { list: 'overdue', name: t('overdue'), count: tally.overdue },
  ] as const
  return (
    <PanelSection title={t('figures')} aside={t('inFilter')}>
      <div className={styles.figures} data-long={formats.count(tally.total).length > 7 || undefined}>
        {figures.map(({ list, name, count }) => (
          <button
            key={list}
            type="button"
            className={styles.figure}
            data-late={(list === 'overdue' && count > 0) || undefined}
            title={t('openList', { what: name, count: formats.count(count) })}
            onClick={() => change({ list, selected: null })}
          >
            <span className={styles.name}>{name}</span>
            <span className={styles.count}>{formats.count(count)}</span>
          </button>
        ))}
      </div>
      <dl className={styles.rates}>
        <div>
          <dt>{t('overdueShare')}</dt>
          <dd>
            <Rate
              part={tally.overdue}
              whole={tally.open}
              said={formats.percent}
              explained={(part, whole) => t('shareHint', { part, whole })}
            />
          </dd>
        </div>
        <div>
          <dt>{t('per1000')}</dt>
          <dd>
            <Rate
              part={tally.total}
              whole={households ?? 0}
              said={(share) => formats.decimal(share * 1000)}
              explained={(cases, of) => t('per1000Hint', { cases, households: of })}
            />
          </dd>
        </div>
      </dl>
    </PanelSection>
  )
}
