import { type AnalysisBacktest, type AnalysisRobustness, findsHotSpots } from '@minqing/data/domain/analysis'
import { concentrationOf } from '@minqing/data/stats/concentration'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'
import { ConcentrationCurve, Histogram } from './charts.tsx'
import { GlobalPattern } from './global-pattern.tsx'
import { messages, methodMessages } from './messages.ts'
import { Choices } from './choices.tsx'
import { NearRepeats } from './near-repeat.tsx'
import { Passport } from './passport.tsx'
import { pointMessages } from './point-messages.ts'
import { PointSummary } from './point-summary.tsx'
import { RankedTable } from './ranked-table.tsx'
import { breaksOf, unitsOf } from './result.ts'
import { SilenceSummary, SilenceTable } from './silence.tsx'
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
  const own = useMessages(pointMessages)
  const methodText = useMessages(methodMessages)
  const formats = useFormats()
  const mayExport = useMay('export', 'analysis')
  const [isExporting, setExporting] = useState(false)
  const { units, record, hot, cold, judged, concentration } = useMemo(() => {
    const units = unitsOf(result)
    return {
      units,
      record: result.analysis,
      hot: units.filter((unit) => unit.class > 0).length,
      cold: units.filter((unit) => unit.class < 0).length,
      judged: units.some(({ z, p, warning }) => z !== null || p !== null || warning !== undefined),
      concentration: concentrationOf(units.map(({ incidents }) => incidents)),
    }
  }, [result])
  const weekText = (monday: string | undefined) =>
    monday === undefined ? unknown : formats.day(new Date(`${monday}T12:00:00+08:00`))
  return (
    <>
      <div className={styles.summary}>
        {record.question.method === 'warning' ? (
          <p>{t('summaryWarning', { units: record.units, hot, day: weekText(units[0]?.warning?.week) })}</p>
        ) : record.nearRepeat !== undefined ? (
          <p>{own('nearRepeatSummary', { incidents: record.incidents })}</p>
        ) : record.question.method === 'silence' ? (
          <SilenceSummary result={result} />
        ) : record.outside !== undefined ? (
          <PointSummary record={record} units={units} hot={hot} peak={breaksOf(result).at(-1) ?? 0} />
        ) : (
          <p>{t('summary', { units: record.units, incidents: record.incidents, hot, cold })}</p>
        )}
        {record.backtest && <Backtest backtest={record.backtest} />}
        {record.withoutUnit > 0 && (
          <p className={styles.quiet}>
            {t('withoutUnit', { count: record.withoutUnit, basis: record.question.basis })}
          </p>
        )}
        {record.islands > 0 && <p className={styles.quiet}>{t('islands', { count: record.islands })}</p>}
      </div>
      {hot === 0 && findsHotSpots(record.question.method) && record.outside === undefined && (
        <Notice title={t(judged ? 'noHot' : 'tooFew')} />
      )}
      {record.nearRepeat !== undefined ? (
        <NearRepeats nearRepeat={record.nearRepeat} />
      ) : record.question.method === 'silence' ? (
        <SilenceTable result={result} selected={view.selected} onSelect={(selected) => change({ selected })} />
      ) : (
        <RankedTable result={result} selected={view.selected} onSelect={(selected) => change({ selected })} />
      )}
      {record.global && <GlobalPattern figures={record.global} />}
      {view.selected !== null && <Passport result={result} robustness={robustness} code={view.selected} />}
      {units.length > 0 && record.question.method !== 'density' && (
        <Section title={t('histogram')} text={t('histogramText', { method: record.question.method })} level={3}>
          <Histogram result={result} />
        </Section>
      )}
      {concentration.incidents > 0 && record.outside === undefined && (
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
        {mayExport && record.nearRepeat === undefined && (
          <Button onPress={() => setExporting(true)}>{t('export')}</Button>
        )}
      </Section>
      {isExporting && (
        <Suspense>
          <ExportResult result={result} change={change} onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </>
  )
}

/** How well the weeks before were forecast, beside what is commonly done. */
function Backtest({ backtest: { weeks, share, hitRate, accuracyIndex } }: { backtest: AnalysisBacktest }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const others = [
    ['lastWeeks', accuracyIndex['last-weeks']],
    ['sameWeek', accuracyIndex['last-year']],
    ['plainDensity', accuracyIndex.density],
  ] as const
  return (
    <p className={styles.quiet}>
      {t('backtest', {
        weeks,
        share: formats.percent(share),
        hits: formats.percent(hitRate),
        index: accuracyIndex.warning?.toFixed(2) ?? unknown,
        others: others
          .map(([name, index]) => t('named', { name: t(name), value: index?.toFixed(2) ?? unknown }))
          .join(t('comma')),
      })}
    </p>
  )
}
