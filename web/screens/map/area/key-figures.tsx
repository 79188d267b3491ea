import { useMessages } from '../../../i18n/messages.ts'
import hidden from '../../../ui/hidden.module.css'
import { Skeleton } from '../../../ui/notice.tsx'
import { unknown, useFormats } from '../../../ui/use-formats.ts'
import { useCounts, useViewState } from '../map-page.ts'
import { PanelSection } from '../panel-parts.tsx'
import styles from './key-figures.module.css'
import { messages } from './messages.ts'

/** Incidents of the filter in the area: all, open and overdue. Each number opens its list. */
export function KeyFigures({ households }: { households: number | null }) {
  const t = useMessages(messages)
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
    { list: 'all', name: t('incidents'), count: tally.total },
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
              total={tally.open}
              format={formats.percent}
              explain={(part, total) => t('shareHint', { part, total })}
            />
          </dd>
        </div>
        <div>
          <dt>{t('per1000')}</dt>
          <dd>
            <Rate
              part={tally.total}
              total={households}
              format={(share) => formats.decimal(share * 1000)}
              explain={(incidents, total) => t('per1000Hint', { incidents, households: total })}
            />
          </dd>
        </div>
      </dl>
    </PanelSection>
  )
}

/** A rate with its numerator and denominator on hover and for screen readers; “—” without a denominator. */
function Rate({
  part,
  total,
  format,
  explain,
}: {
  part: number
  total: number | null
  format: (share: number) => string
  explain: (part: string, total: string) => string
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const isKnown = total !== null && total !== 0
  const hint = isKnown ? explain(formats.count(part), formats.count(total)) : t('noDenominator')
  return (
    <span className={styles.rate} title={hint}>
      {isKnown ? format(part / total) : unknown}
      <span className={hidden.hidden}>{hint}</span>
    </span>
  )
}
