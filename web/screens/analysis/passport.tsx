import type { AnalysisRobustness, UnitResult, UnitWarning } from '@minqing/data/domain/analysis'
import type { AnalysisPassport } from '@minqing/data/domain/analysis-passport'
import { type FacetName, facetOf } from '@minqing/data/domain/incident-facets'
import { useQuery } from '@tanstack/react-query'
import { type AnalysisResult, historyQuery, passportQuery } from '../../api/analyses.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Bars } from '../../ui/bar-list.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Skeleton } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'
import { messages } from './messages.ts'
import { selectedWith } from './result.ts'
import { useVoiceFigures } from './silence.tsx'

const mostNames = 4
const mostBars = 6

/** What is known of a hot spot: what happens there, what was done, and what changed afterwards. */
export function Passport({
  result,
  robustness,
  code,
}: {
  result: AnalysisResult
  robustness: readonly AnalysisRobustness[] | null
  code: string
}) {
  const t = useMessages(messages)
  const passport = useQuery(passportQuery(result.analysis.id, code))
  const units = selectedWith(result, code)
  const voiceFigures = useVoiceFigures()
  if (units.length === 0) return null
  const names = units.map((unit) => unit.name || unit.code)
  const text = t('passportText', {
    count: units.length,
    names: names.slice(0, mostNames).join('、') + (names.length > mostNames ? '…' : ''),
  })
  const spot = units[0]?.spot ?? null
  return (
    <Section title={t('passport', { spot: spot === null ? 'none' : String(spot) })} text={text} level={3}>
      {spot !== null && <Since id={result.analysis.id} spot={spot} />}
      {units.map((unit) => unit.warning && <Reason key={unit.code} unit={unit} warning={unit.warning} />)}
      {passport.isPending && <Skeleton lines={6} />}
      <Failure title={t('failed')} error={passport.error} onRetry={() => void passport.refetch()} />
      {passport.data !== undefined && (
        <Content
          passport={passport.data}
          counted={result.analysis.question.counted}
          robustness={robustness?.find((own) => own.spot === spot)}
          voice={voiceFigures(units[0]!)}
        />
      )}
    </Section>
  )
}

/** Since when a hot spot is there, in one sentence; nothing where that is not known. */
function Since({ id, spot }: { id: string; spot: number }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const { data, isPending } = useQuery(historyQuery(id))
  if (isPending) return <p className={styles.quiet}>{t('historyPending')}</p>
  const found = data?.spots.find((one) => one.spot === spot)
  if (data === undefined || found === undefined) return null
  const { transition, periods, since } = found
  const isOldest = periods === data.ends.length
  const day = formats.day(new Date(`${since}T12:00:00+08:00`))
  return <p>{t('history', { transition, periods, day, reach: isOldest ? 'all' : 'part', all: data.ends.length })}</p>
}

/** Why a unit is warned about, in one sentence. */
function Reason({ unit, warning }: { unit: UnitResult; warning: UnitWarning }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const language = useLanguage()
  const types = warning.types.slice(0, mostNames).map(({ code, observed, expected }) =>
    t('reasonType', {
      name: facetOf('type').labels[code]?.[language] ?? code,
      observed,
      expected: formats.decimal(expected),
    }),
  )
  return (
    <p>
      {t('reason', {
        name: unit.name || unit.code,
        incidents: unit.incidents,
        expected: formats.decimal(unit.expected),
        bound: formats.decimal(warning.bound),
        types: types.length === 0 ? 'none' : types.join(t('comma')),
        weeks: warning.weeks,
        near: warning.neighbours.observed,
        nearExpected: formats.decimal(warning.neighbours.expected),
      })}
    </p>
  )
}

function Content({
  passport,
  counted,
  robustness,
  voice,
}: {
  passport: AnalysisPassport
  counted: string
  robustness: AnalysisRobustness | undefined
  /** Of a silent area, in the place of significance. */
  voice: [name: string, value: string][]
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const language = useLanguage()
  const { incidents, expected, z, q, reported, discovered, firstWeek, lastWeek, closed, medianDays } = passport
  const day = (date: string | null) => (date === null ? unknown : formats.shortDay(new Date(`${date}T12:00:00+08:00`)))
  const figures = [
    [t('incidents'), formats.count(incidents)],
    ...(voice.length > 0
      ? voice
      : ([
          [t('expected'), formats.decimal(expected)],
          [t('ratio'), formats.decimal(expected > 0 ? incidents / expected : null)],
          [t('z'), z === null ? unknown : z.toFixed(2)],
          [t('q'), q === null ? unknown : q < 0.001 ? '<0.001' : q.toFixed(3)],
        ] as const)),
    ...(robustness === undefined || robustness.badge === null
      ? []
      : [[t('robustness'), t('badge', { ...robustness, badge: robustness.badge }), t('badgeHint')] as const]),
    [t('reported'), formats.count(reported)],
    [t('discovered'), formats.count(discovered)],
    [t('weeks'), `${day(firstWeek)} – ${day(lastWeek)}`],
    [t('finished'), formats.count(closed)],
    [t('medianDays'), medianDays === null ? unknown : t('days', { count: formats.decimal(medianDays) })],
  ] satisfies (readonly [name: string, value: string, hint?: string])[]
  const bars = (facet: FacetName, tally: AnalysisPassport['types']) =>
    tally.slice(0, mostBars).map(({ code, count }) => ({
      key: code,
      label: facetOf(facet).labels[code]?.[language] ?? code,
      count,
      value: formats.count(count),
    }))
  // Where one origin has twice the share that the other has, they answer differently.
  const [less, more] = [Math.min(reported, discovered), Math.max(reported, discovered)]
  const disagrees = counted !== 'both' && more >= 10 && more > 2 * less
  return (
    <div className={styles.passport}>
      <dl className={styles.figures}>
        {figures.map(([name, value, hint]) => (
          <div key={name} title={hint}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {disagrees && <p>{t('disagree', { reported, discovered })}</p>}
      <div>
        <h4>{t('types')}</h4>
        <Bars bars={bars('type', passport.types)} />
      </div>
      <Hours hours={passport.hours} />
      {passport.buildings.length > 0 && (
        <div>
          <h4>{t('buildings')}</h4>
          <Bars
            bars={passport.buildings.map(({ code, name, count }) => ({
              key: code,
              label: name === '' ? code : name,
              count,
              value: formats.count(count),
            }))}
          />
        </div>
      )}
      <div>
        <h4>{t('statuses')}</h4>
        <Bars bars={bars('status', passport.statuses)} />
      </div>
      <Change change={passport.change} />
    </div>
  )
}

function Hours({ hours }: Pick<AnalysisPassport, 'hours'>) {
  const t = useMessages(messages)
  const highest = Math.max(1, ...hours)
  const label = hours.map((count, hour) => `${hour}: ${count}`).join(', ')
  return (
    <div>
      <h4>{t('hours')}</h4>
      <div className={styles.hours} role="img" aria-label={label}>
        {hours.map((count, hour) => (
          // oxlint-disable-next-line react/no-array-index-key -- hours do not move
          <span key={hour} title={`${hour}: ${count}`} style={{ blockSize: `${(count / highest) * 100}%` }} />
        ))}
      </div>
      <div className={styles.scale} aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </div>
  )
}

function Change({ change }: Pick<AnalysisPassport, 'change'>) {
  const t = useMessages(messages)
  const formats = useFormats()
  if (change === null)
    return (
      <div>
        <h4>{t('changed')}</h4>
        <p className={styles.quiet}>{t('noChange')}</p>
      </div>
    )
  const { day, ratio, lower, upper, ...counts } = change
  const verdict = upper !== null && upper < 1 ? 'less' : lower !== null && lower > 1 ? 'more' : 'none'
  const text = (value: number | null) => (value === null ? t('unbounded') : value.toFixed(2))
  return (
    <div>
      <h4>{t('changed')}</h4>
      <p>{t('changeText', { day: formats.day(new Date(`${day}T12:00:00+08:00`)), ...counts })}</p>
      <p>{t('changeRatio', { ratio: text(ratio), lower: text(lower), upper: text(upper), verdict })}</p>
    </div>
  )
}
