import { fieldLabels } from '@minqing/data/domain/field-name'
import type { ImportChoices, Inspection } from '@minqing/data/domain/import'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { messages } from './messages.ts'
import { Section } from '../../ui/section.tsx'
import styles from './table.module.css'
import { TableSelect } from './table-select.tsx'
import type { Choosing } from './use-choices.ts'

/** The field that each column is read as. */
export function Columns({ inspection, choosing }: { inspection: Inspection; choosing: Choosing }) {
  const t = useMessages(messages)
  const language = useLanguage()
  return (
    <Section level={3} title={t('columns')} text={t('columnsText')}>
      <div className={styles.frame} role="group" aria-label={t('columns')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('samples')}</th>
            </tr>
          </thead>
          <tbody>
            {inspection.columns.map(({ name, samples, field }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <TableSelect
                    name={t('fieldOfColumn', { column: name })}
                    value={field ?? ''}
                    quiet={field === null}
                    options={[
                      { value: '', label: t('notImported') },
                      ...inspection.fields.map((one) => ({ value: one, label: fieldLabels[one][language] })),
                    ]}
                    onChange={(one) => choosing.change(withColumn(choosing.choices, name, one === '' ? null : one))}
                  />
                </td>
                <td className={styles.samples}>{samples.slice(0, 3).join('　')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

/** What each word of a closed set is taken for: types, statuses, channels and so on. */
export function WordMeanings({ inspection, choosing }: { inspection: Inspection; choosing: Choosing }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  if (inspection.words.length === 0) return null
  return (
    <Section level={3} title={t('words')} text={t('wordsText')}>
      <div className={styles.frame} role="group" aria-label={t('words')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('wordField')}</th>
              <th scope="col">{t('word')}</th>
              <th scope="col" className={styles.number}>
                {t('rows')}
              </th>
              <th scope="col">{t('meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {inspection.words.flatMap(({ field, options, words }) =>
              words.map(({ word, rows, code, known }) => (
                <tr key={`${field} ${word}`}>
                  <td>{fieldLabels[field][language]}</td>
                  <th scope="row">
                    {word} {known ? null : <span className={styles.flag}>{t('unknownWord')}</span>}
                  </th>
                  <td className={styles.number}>{formats.count(rows)}</td>
                  <td>
                    <TableSelect
                      name={t('meaningOfWord', { word })}
                      value={code}
                      options={options.map((option) => ({ value: option.code, label: option.label[language] }))}
                      onChange={(chosen) => choosing.change(withWord(choosing.choices, field, word, chosen))}
                    />
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      {inspection.words
        .filter(({ further }) => further > 0)
        .map(({ field, further }) => (
          <p key={field}>{t('furtherWords', { field: fieldLabels[field][language], count: formats.count(further) })}</p>
        ))}
    </Section>
  )
}

/** The choices with a column read as a field, or ignored. A field has one column, and a column one field. */
export function withColumn(choices: ImportChoices, column: string, field: string | null): ImportChoices {
  const others = (choices.map ?? []).filter((pair) => {
    const at = pair.indexOf('=')
    return pair.slice(at + 1) !== column && pair.slice(0, at) !== field
  })
  const ignored = (choices.ignore ?? []).filter((name) => name !== column)
  return field === null
    ? { ...choices, map: others, ignore: [...ignored, column] }
    : { ...choices, map: [...others, `${field}=${column}`], ignore: ignored }
}

/** What a field is for the rows that have no column of it; '' where nothing was said. */
export function constantOf({ set = [] }: ImportChoices, field: string): string {
  return set.find((pair) => pair.startsWith(`${field}=`))?.slice(field.length + 1) ?? ''
}

/** The choices with a value of a field for the rows that have no column of it; '' for none. */
export function withConstant(choices: ImportChoices, field: string, value: string): ImportChoices {
  const others = (choices.set ?? []).filter((pair) => !pair.startsWith(`${field}=`))
  return { ...choices, set: value === '' ? others : [...others, `${field}=${value}`] }
}

/** The choices with a word of a field taken for a member of its set. */
export function withWord(choices: ImportChoices, field: string, word: string, code: string): ImportChoices {
  const others = (choices.words ?? []).filter((said) => said.slice(0, said.lastIndexOf('=')) !== `${field}=${word}`)
  return { ...choices, words: [...others, `${field}=${word}=${code}`] }
}
