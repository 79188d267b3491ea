import type { AnalysisRobustness } from '@minqing/data/domain/analysis'
import { concentrationOf } from '@minqing/data/stats/concentration'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'
import { ConcentrationCurve, Histogram } from './charts.tsx'
import { messages, methodMessages } from './messages.ts'
import { Choices } from './choices.tsx'
import { Passport } from './passport.tsx'
import { RankedTable } from './ranked-table.tsx'
import { unitsOf } from './result.ts'
import type { AnalysisView, ChangeAnalysis } from './use-question.ts'

const ExportResult = lazy(async () => ({ default: (await import('./export-result.tsx')).ExportResult }))

/** The figures of a result, from its units: the same set that the map draws and that is downloaded. */
export function ResultPanel({
  result,
  robustness,
  view,
  change,
}: {
  result: AnalysisResult
  robustness: readonly AnalysisRobustness[] | null
  view: AnalysisView
  change: ChangeAnalysis
}) {
  const t = useMessages(messages)
  const methodText = useMessages(methodMessages)
  const formats = useFormats()
  const mayExport = useMay('export', 'analysis')
  const [isExporting, setExporting] = useState(false)
  const { record, hot, cold, judged, concentration } = useMemo(() => {
    const units = unitsOf(result)
    return {
      record: result.analysis,
      hot: units.filter((unit) => unit.class > 0).length,
      cold: units.filter((unit) => unit.class < 0).length,
      judged: units.some(({ z }) => z !== null),
      concentration: concentrationOf(units.map(({ incidents }) => incidents)),
    }
  }, [result])
  return (
    <>
      <div className={styles.summary}>
        <p>{t('summary', { units: record.units, incidents: record.incidents, hot, cold })}</p>
        {record.withoutUnit > 0 && (
          <p className={styles.quiet}>
            {t('withoutUnit', { count: record.withoutUnit, basis: record.question.basis })}
          </p>
        )}
        {record.islands > 0 && <p className={styles.quiet}>{t('islands', { count: record.islands })}</p>}
      </div>
      {hot === 0 && <Notice title={t(judged ? 'noHot' : 'tooFew')} />}
      <RankedTable result={result} selected={view.selected} onSelect={(selected) => change({ selected })} />
      {view.selected !== null && <Passport result={result} robustness={robustness} code={view.selected} />}
      <Section title={t('histogram')} text={t('histogramText')} level={3}>
        <Histogram result={result} />
      </Section>
      {concentration.incidents > 0 && (
        <Section
          title={t('curve')}
          text={t('curveText', {
            share: formats.percent(0.05),
            part: formats.percent(concentration.topShare),
            gini: concentration.adjustedGini.toFixed(2),
          })}
          level={3}
        >
          <ConcentrationCurve result={result} />
        </Section>
      )}
      <Section title={t('how')} text={methodText(`${record.question.method}-how`)} level={3}>
        <Choices record={record} />
        {mayExport && <Button onPress={() => setExporting(true)}>{t('export')}</Button>}
      </Section>
      {isExporting && (
        <Suspense>
          <ExportResult result={result} change={change} onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </>
  )
}
