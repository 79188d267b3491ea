import {
  analysisBaselineLabels,
  analysisBaselines,
  analysisBases,
  analysisBasisLabels,
  analysisMeasureLabels,
  type AnalysisMethod,
  analysisMethods,
  analysisUnitLabels,
  unitsFor,
  bandwidths,
  cellSizes,
  clusteringLabels,
  clusterings,
  countedOriginLabels,
  countedOrigins,
  hasCells,
  hasPublishedForm,
  measuresFor,
  minPointsLimits,
  reaches,
  readsPositions,
  readsReports,
} from '@minqing/data/domain/analysis'
import { spaceTimeBaselineLabels, spaceTimeBaselines } from '@minqing/data/domain/emerging-hot-spot'
import { incidentFacets, type FacetCode } from '@minqing/data/domain/incident-facets'
import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import fieldStyles from '../../ui/text-field.module.css'
import { dateOf, dayOf, dayOfDate, startOf } from '../../view/day.ts'
import { allStreetsCode } from '../../view/parameters.ts'
import { lastDays } from '../../view/time-window.ts'
import styles from './analysis-screen.module.css'
import { messages, methodMessages } from './messages.ts'
import { pointMessages } from './point-messages.ts'
import { type AnalysisView, type ChangeAnalysis, publishedChoices } from './use-question.ts'

/** What is asked. It is a draft until it is run. */
export function QuestionForm({ view, change }: { view: AnalysisView; change: ChangeAnalysis }) {
  const t = useMessages(messages)
  const methodName = useMessages(methodMessages)
  const own = useMessages(pointMessages)
  const language = useLanguage()
  const { data: status } = useQuery(statusQuery())
  const [draft, setDraft] = useState<Partial<AnalysisView>>({})
  const now = status === undefined ? null : Date.parse(status.now) / 1000
  const lastYear = now === null ? null : lastDays(365, now)
  // Nothing has been asked: a year, so that seasons weigh the same.
  const time = view.method === null && lastYear !== null ? lastYear : view.time
  const shown = { ...view, time, method: view.method ?? analysisMethods[0], ...draft }
  const method = shown.method ?? analysisMethods[0]
  const set = (patch: Partial<AnalysisView>) => setDraft({ ...draft, ...patch })
  const run = () => {
    setDraft({})
    change({ ...shown, selected: null })
  }
  return (
    <form
      className={styles.form}
      aria-label={t('question')}
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <Choice
        name={t('method')}
        value={shown.method ?? ''}
        options={analysisMethods
          .filter((value) => shown.basis === 'cases' || hasPublishedForm(value))
          .map((value) => ({ value, label: methodName(value) }))}
        onChoose={(chosen) => {
          const other = chosen as AnalysisMethod
          const units = unitsFor({ method: other, basis: shown.basis })
          const fits = units.includes(shown.unit)
          const counted = readsReports(other) ? ({ counted: 'reported' } as const) : {}
          set({
            method: other,
            ...counted,
            ...(fits ? {} : { unit: units[0] ?? 'grid', size: null, measure: null, reach: null }),
          })
        }}
      />
      <AreaChoice value={shown.area} onChoose={(area) => set({ area })} />
      <div className={styles.pair}>
        <DayField
          name={t('from')}
          seconds={shown.time.from}
          onSeconds={(from) => set({ time: { ...shown.time, from } })}
        />
        <DayField
          name={t('to')}
          seconds={shown.time.to}
          isEnd
          onSeconds={(to) => set({ time: { ...shown.time, to } })}
        />
      </div>
      <TypeChoice value={shown.type} onChoose={(type) => set({ type })} />
      {!readsReports(method) && (
        <>
          <Choice
            name={t('counted')}
            value={shown.counted}
            hint={t('countedHint')}
            options={countedOrigins.map((value) => ({ value, label: countedOriginLabels[value][language] }))}
            onChoose={(counted) => set({ counted: counted as AnalysisView['counted'], basis: 'cases' })}
          />
          <Choice
            name={t('basis')}
            value={shown.basis}
            hint={t('basisHint')}
            options={analysisBases.map((value) => ({ value, label: analysisBasisLabels[value][language] }))}
            onChoose={(basis) =>
              set(
                basis === 'cases' || now === null
                  ? { basis: 'cases' }
                  : publishedChoices({ method, unit: shown.unit }, now),
              )
            }
          />
        </>
      )}
      {!readsPositions(method) && (
        <Choice
          name={t('unit')}
          value={shown.unit}
          options={unitsFor({ ...shown, method }).map((value) => ({
            value,
            label: analysisUnitLabels[value][language],
          }))}
          onChoose={(unit) => set({ unit: unit as AnalysisView['unit'], size: null, measure: null, reach: null })}
        />
      )}
      {hasCells(shown.unit) && (
        <NumberField name={t('size')} value={shown.size} limits={cellSizes} onNumber={(size) => set({ size })} />
      )}
      {method === 'clusters' && (
        <>
          <Choice
            name={own('clustering')}
            value={shown.clustering ?? 'dbscan'}
            hint={own('clusteringHint')}
            options={clusterings.map((value) => ({ value, label: clusteringLabels[value][language] }))}
            onChoose={(clustering) => set({ clustering: clustering as NonNullable<AnalysisView['clustering']> })}
          />
          <NumberField
            name={own('minPoints')}
            value={shown.minPoints}
            limits={minPointsLimits}
            onNumber={(minPoints) => set({ minPoints })}
          />
        </>
      )}
      {shown.method === 'comparison' ? (
        <Choice
          name={t('baseline')}
          value={shown.baseline ?? 'last-year'}
          options={analysisBaselines.map((value) => ({ value, label: analysisBaselineLabels[value][language] }))}
          onChoose={(baseline) => set({ baseline: baseline as NonNullable<AnalysisView['baseline']> })}
        />
      ) : measuresFor({ method, unit: shown.unit }).length === 0 ? null : (
        <Choice
          name={t('measure')}
          value={shown.measure ?? ''}
          options={[
            { value: '', label: t('automatic') },
            ...measuresFor({ method, unit: shown.unit }).map((value) => ({
              value,
              label: analysisMeasureLabels[value][language],
            })),
          ]}
          onChoose={(measure) =>
            set({ measure: measure === '' ? null : (measure as NonNullable<AnalysisView['measure']>) })
          }
        />
      )}
      {shown.method === 'emerging' && (
        <Choice
          name={t('reference')}
          value={shown.reference ?? 'whole-cube'}
          hint={t('referenceHint')}
          options={spaceTimeBaselines.map((value) => ({ value, label: spaceTimeBaselineLabels[value][language] }))}
          onChoose={(reference) => set({ reference: reference as NonNullable<AnalysisView['reference']> })}
        />
      )}
      {method === 'density' && (
        <NumberField
          name={own('bandwidth')}
          value={shown.bandwidth}
          limits={bandwidths}
          onNumber={(bandwidth) => set({ bandwidth })}
        />
      )}
      {!(method === 'density' || readsReports(method) || (method === 'clusters' && shown.clustering === 'hdbscan')) && (
        <NumberField
          name={method === 'near-repeat' ? own('band') : t('reach')}
          value={shown.reach}
          limits={reaches}
          onNumber={(reach) => set({ reach })}
        />
      )}
      <Button kind="primary" submit>
        {t('run')}
      </Button>
    </form>
  )
}

function Choice({
  name,
  value,
  options,
  onChoose,
  hint,
}: {
  name: string
  value: string
  options: readonly { value: string; label: string }[]
  onChoose: (value: string) => void
  hint?: ReactNode
}) {
  return (
    <label className={fieldStyles.field}>
      <span>{name}</span>
      <select value={value} onChange={({ target }) => onChoose(target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint !== undefined && <small>{hint}</small>}
    </label>
  )
}

/** Sub-districts, and communities of one. */
function AreaChoice({ value, onChoose }: { value: string | null; onChoose: (area: string | null) => void }) {
  const t = useMessages(messages)
  const { data: status } = useQuery(statusQuery())
  const street = value === null || value === allStreetsCode ? status?.streets[0]?.code : value.slice(0, 9)
  const { data: areas } = useQuery(areaFeaturesQuery(street))
  const communities = (areas?.communities.features ?? []).map(({ properties: { code, name } }) => ({
    value: code,
    label: `　${name}`,
  }))
  const streets = (status?.streets ?? []).flatMap(({ code, name }) => [
    { value: code, label: name },
    ...(code === street ? communities : []),
  ])
  const options = [{ value: '', label: t('everywhere') }, ...streets]
  const isListed = value === null || options.some((option) => option.value === value)
  return (
    <Choice
      name={t('where')}
      value={value === null || value === allStreetsCode ? '' : value}
      options={isListed ? options : [...options, { value, label: value }]}
      onChoose={(area) => onChoose(area === '' ? null : area)}
    />
  )
}

type Type = FacetCode<'type'>

function TypeChoice({ value, onChoose }: { value: Type[]; onChoose: (types: Type[]) => void }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { aliases, codes, labels } = incidentFacets.type
  const group = aliases.find(
    (alias) => alias.codes.length === value.length && alias.codes.every((code) => value.includes(code)),
  )
  const options = [
    { value: '', label: t('allTypes') },
    ...aliases.map(({ key, label }) => ({ value: key, label: label[language] })),
    ...codes.map((code) => ({ value: code, label: `　${labels[code][language]}` })),
  ]
  const several = value.length > 1 && group === undefined
  const shown = several
    ? [...options, { value: 'several', label: value.map((code) => labels[code][language]).join('、') }]
    : options
  return (
    <Choice
      name={t('types')}
      value={several ? 'several' : (group?.key ?? value[0] ?? '')}
      options={shown}
      onChoose={(chosen) => {
        const alias = aliases.find(({ key }) => key === chosen)
        onChoose(alias === undefined ? codes.filter((code) => code === chosen) : [...alias.codes])
      }}
    />
  )
}

/** A local day; the end of a period is its last day. */
function DayField({
  name,
  seconds,
  isEnd = false,
  onSeconds,
}: {
  name: string
  seconds: number | null
  isEnd?: boolean
  onSeconds: (seconds: number | null) => void
}) {
  const shift = isEnd ? 1 : 0
  return (
    <TextField
      name={name}
      type="date"
      value={seconds === null ? '' : dateOf(dayOf(seconds) - shift)}
      onText={(text) => {
        const day = dayOfDate(text)
        onSeconds(day === null ? null : startOf(day + shift))
      }}
    />
  )
}

function NumberField({
  value,
  limits,
  onNumber,
  ...field
}: Pick<ComponentProps<typeof TextField>, 'name'> & {
  value: number | null
  limits: { least: number; most: number }
  onNumber: (value: number | null) => void
}) {
  const t = useMessages(messages)
  return (
    <TextField
      {...field}
      type="number"
      min={limits.least}
      max={limits.most}
      placeholder={t('automatic')}
      value={value === null ? '' : String(value)}
      onText={(text) => onNumber(/^\d+$/.test(text) ? Number(text) : null)}
    />
  )
}
