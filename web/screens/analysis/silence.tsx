import { type UnitResult, type UnitVoice, voiceLabels, voices } from '@minqing/data/domain/analysis'
import type { Language } from '@minqing/data/domain/label'
import { useMemo } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, translatorFor, useMessages } from '../../i18n/messages.ts'
import type { MapCategories } from '../../map/map-inputs.ts'
import { TableFrame } from '../../ui/table-frame.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'
import { unitsOf } from './result.ts'

const messages = defineMessages({
  zh: {
    legend: '居民反映的情况',
    legendNote: '“沉默”处反映少不等于平静',
    summary:
      '{units, number} 个单元，{reports, number} 件反映，合为 {things, number} 件事；沉默 {silent, number} 个，说不准 {unknown, number} 个。',
    silent: '沉默的地方反映少，是因为居民很少反映，不能当作平静：建议上门走访，主动排查。',
    none: '没有判断为沉默的地方{unknown, plural, =0 {} other {；{unknown, number} 个说不准的，不能当作平静}}。',
    unheard: '反映太少，各处都说不准：不能当作平静。可以选更长的时间或更大的单元。',
    listed: '列出 {shown, number} / {all, number}',
    table: '单元',
    unit: '单元',
    reports: '反映',
    things: '事情',
    estimated: '估计实际',
    share: '反映出来',
    voice: '判断',
    rate: '每天反映次数（90% 区间）',
    silentProbability: '沉默的概率',
  },
  en: {
    legend: 'Whether residents report',
    legendNote: '“Silent” has few reports, which does not mean calm',
    summary:
      '{units, number} units, {reports, number} reports of {things, number} things; {silent, number} silent, {unknown, number} not known.',
    silent:
      'Silent places have few reports because residents seldom report; that is not calm. Visit them and look for what nobody said.',
    none: 'No place was found to be silent{unknown, plural, =0 {} other {; of # too little is known, which does not mean calm}}.',
    unheard:
      'There are too few reports to say anything, which does not mean calm. Choose a longer period or larger units.',
    listed: '{shown, number} of {all, number} listed',
    table: 'Units',
    unit: 'Unit',
    reports: 'Reports',
    things: 'Things',
    estimated: 'Estimated',
    share: 'Reported',
    voice: 'Verdict',
    rate: 'Reports of a thing a day (90 % limits)',
    silentProbability: 'Probability of silence',
  },
})

type Heard = UnitResult & { voice: UnitVoice }

/** Silent ones first, then those that nothing is known of; among equals the one that is silent with more certainty. */
function heardOf(result: AnalysisResult): Heard[] {
  const units = unitsOf(result).filter((unit): unit is Heard => unit.voice !== undefined)
  return units.toSorted(
    (a, b) =>
      voices.indexOf(a.voice.voice) - voices.indexOf(b.voice.voice) || b.voice.probability - a.voice.probability,
  )
}

/** How many units are silent, and what follows from it. */
export function SilenceSummary({ result }: { result: AnalysisResult }) {
  const t = useMessages(messages)
  const units = useMemo(() => heardOf(result), [result])
  const count = (voice: UnitVoice['voice']) => units.filter((unit) => unit.voice.voice === voice).length
  const [silent, notKnown] = [count('silent'), count('unknown')]
  const counts = {
    units: units.length,
    reports: result.analysis.incidents,
    things: units.reduce((sum, { voice }) => sum + voice.things, 0),
    silent,
    unknown: notKnown,
  }
  return (
    <>
      <p>{t('summary', counts)}</p>
      <p>{silent > 0 ? t('silent') : notKnown === units.length ? t('unheard') : t('none', { unknown: notKnown })}</p>
    </>
  )
}

/** More rows than anybody reads; the download has all of them. */
const mostRows = 200

/** The units with what is estimated of them; a row selects its unit, as the map does. */
export function SilenceTable({
  result,
  selected,
  onSelect,
}: {
  result: AnalysisResult
  selected: string | null
  onSelect: (code: string | null) => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const units = useMemo(() => heardOf(result), [result])
  return (
    <section className={styles.ranking} aria-label={t('table')}>
      <TableFrame className={styles.rows} name={t('table')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['unit', 'reports', 'things', 'estimated', 'share', 'voice'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {units.slice(0, mostRows).map(({ code, name, incidents, value, voice }) => (
              <tr
                key={code}
                data-selected={code === selected || undefined}
                data-class={voice.voice === 'silent' ? 1 : 0}
              >
                <th scope="row">
                  <button
                    type="button"
                    aria-pressed={code === selected}
                    onClick={() => onSelect(code === selected ? null : code)}
                  >
                    {name || code}
                  </button>
                </th>
                <td>{formats.count(incidents)}</td>
                <td>{formats.count(voice.things)}</td>
                <td>{formats.decimal(voice.estimated)}</td>
                <td>{formats.percent(value)}</td>
                <td>{voiceLabels[voice.voice][language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className={styles.quiet}>{t('listed', { shown: Math.min(mostRows, units.length), all: units.length })}</p>
    </section>
  )
}

const colours: Record<UnitVoice['voice'], { light: string; dark: string }> = {
  silent: { light: '#7b3294', dark: '#d6a5e6' },
  unknown: { light: '#b9bec7', dark: '#525b68' },
  heard: { light: '#b8dcc9', dark: '#2c5a4a' },
}

/** Units by whether their residents report. */
export function silenceCategories(language: Language): MapCategories {
  const t = translatorFor(messages, language)
  return {
    property: 'voice',
    title: t('legend'),
    note: t('legendNote'),
    entries: voices.map((own) => ({ value: own, name: voiceLabels[own][language], colour: colours[own] })),
  }
}

/** What is estimated of a unit, for its passport: names and values. */
export function useVoiceFigures(): (unit: UnitResult) => [name: string, value: string][] {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  return ({ value, voice }) =>
    voice === undefined
      ? []
      : [
          [t('voice'), voiceLabels[voice.voice][language]],
          [t('silentProbability'), formats.percent(voice.probability)],
          [t('things'), formats.count(voice.things)],
          [t('estimated'), formats.decimal(voice.estimated)],
          [t('share'), formats.percent(value)],
          // Without reports that is the rate of all units.
          ...(value === null ? [] : [[t('rate'), rateText(voice)] satisfies [string, string]]),
        ]
}

/** Reports of a thing a day, with the limits of 90 %. */
function rateText({ rate, low, high }: UnitVoice): string {
  return `${rate.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`
}
