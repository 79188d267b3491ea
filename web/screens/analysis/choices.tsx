import {
  analysisBaselineLabels,
  analysisBasisLabels,
  type AnalysisChoice,
  analysisMeasureLabels,
  type AnalysisRecord,
  clusteringLabels,
  countedOriginLabels,
} from '@minqing/data/domain/analysis'
import { spaceTimeBaselineLabels } from '@minqing/data/domain/emerging-hot-spot'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './analysis-screen.module.css'
import { messages } from './messages.ts'

const inMetres: ReadonlySet<AnalysisChoice['name']> = new Set(['size', 'reach', 'bandwidth', 'band'])

/** A parameter as it was used, with its reason, in one sentence. */
export function useChoiceText(): (choice: AnalysisChoice) => string {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const valueText = ({ name, value }: AnalysisChoice) => {
    if (value === null) return t('none')
    if (typeof value !== 'number')
      return { ...analysisMeasureLabels, ...analysisBaselineLabels, ...clusteringLabels, ...spaceTimeBaselineLabels }[
        value
      ][language]
    if (name === 'share') return formats.percent(value)
    if (name === 'step' || name === 'lasts') return t('days', { count: formats.count(value) })
    return inMetres.has(name) ? t('metres', { count: value }) : formats.count(value)
  }
  return (choice) =>
    t('chosen', {
      name: t(choice.name),
      value: valueText(choice),
      because: t('because', { reason: choice.because.replaceAll('-', '_') }),
    })
}

/** The parameters of a result as they were used, each with its reason, and the data that it was made from. */
export function Choices({ record }: { record: AnalysisRecord }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const choiceText = useChoiceText()
  const versions = Object.entries(record.data).map(([name, version]) => `${name} ${version}`)
  return (
    <ul className={styles.choices}>
      <li>{countedOriginLabels[record.question.counted][language]}</li>
      <li>{t('named', { name: t('basis'), value: analysisBasisLabels[record.question.basis][language] })}</li>
      {record.chosen.map((choice) => (
        <li key={choice.name}>{choiceText(choice)}</li>
      ))}
      <li className={styles.quiet}>
        {t('named', { name: t('data'), value: `${versions.join(', ')} · ${record.version} · ${record.id}` })}
      </li>
    </ul>
  )
}
