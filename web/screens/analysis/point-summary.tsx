import type { AnalysisRecord, UnitResult } from '@minqing/data/domain/analysis'
import { useMessages } from '../../i18n/messages.ts'
import { Notice } from '../../ui/notice.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { pointMessages } from './point-messages.ts'

/** What a method that reads positions found, in one sentence, and what that does not mean. */
export function PointSummary({
  record,
  units,
  hot,
  peak,
}: {
  record: AnalysisRecord
  units: readonly UnitResult[]
  hot: number
  /** Lower limit of the highest class of a density. */
  peak: number
}) {
  const t = useMessages(pointMessages)
  const outside = record.outside ?? 0
  const formats = useFormats()
  if (record.question.method === 'density') {
    const tested = testedOf(record.testedShare ?? 1)
    return (
      <>
        <p>{t('densitySummary', { incidents: record.incidents, peak: formats.short(peak), hot, tested })}</p>
        {tested === 'none' && <Notice title={t('densityUntested')} />}
        {tested === 'part' && (
          <Notice title={t('densityPartly', { share: formats.percent(record.testedShare ?? 1) })} />
        )}
        {tested !== 'none' && hot === 0 && <Notice title={t('densityNone', { tested })} />}
      </>
    )
  }
  const untested = units.filter(({ tested }) => tested === false).length
  const isTested = record.question.clustering !== 'hdbscan'
  if (units.length === 0) return <Notice title={t('none')} />
  return (
    <>
      <p>
        {t('summary', {
          units: units.length,
          inside: record.incidents - outside,
          outside,
          hot,
          tested: isTested && untested < units.length ? 'yes' : 'no',
        })}
      </p>
      {!isTested && <Notice title={t('untestedNotice')} />}
      {isTested && untested > 0 && <Notice title={t('withoutHouseholds', { untested })} />}
      {isTested && hot === 0 && untested < units.length && <Notice title={t('noneSignificant')} />}
    </>
  )
}

/** Half a percent at the edges makes no difference to what can be said. */
function testedOf(share: number): 'all' | 'part' | 'none' {
  if (share === 0) return 'none'
  return share < 0.995 ? 'part' : 'all'
}
