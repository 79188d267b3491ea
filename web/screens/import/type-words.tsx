import type { Inspection } from '@minqing/data/domain/import'
import { incidentTypeLabels, incidentTypes } from '@minqing/data/domain/incident-type'
import { useLocale } from 'use-intl'
import { useFormats } from '../../ui/use-formats.ts'
import { withType } from './column-choices.ts'
import { Section } from './section.tsx'
import styles from './table.module.css'
import type { Choosing } from './use-choices.ts'
import { useWords } from './words/use-words.ts'

/** What the file's words for types mean. */
export function TypeWords({ inspection, choosing }: { inspection: Inspection; choosing: Choosing }) {
  const words = useWords()
  const language = useLocale()
  const formats = useFormats()
  if (inspection.types.length === 0) return null
  return (
    <Section title={words.types} text={words.typesText}>
      <div className={styles.frame} role="group" aria-label={words.types}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.word}</th>
              <th scope="col" className={styles.number}>
                {words.rowsHeading}
              </th>
              <th scope="col">{words.field}</th>
            </tr>
          </thead>
          <tbody>
            {inspection.types.map(({ word, rows, code, known }) => (
              <tr key={word}>
                <th scope="row">
                  {word} {known ? null : <span className={styles.flag}>{words.unknownWord}</span>}
                </th>
                <td className={styles.number}>{formats.count(rows)}</td>
                <td>
                  <select
                    className={styles.select}
                    aria-label={words.typeOf(word)}
                    value={code}
                    onChange={({ target }) => choosing.change(withType(choosing.choices, word, target.value))}
                  >
                    {incidentTypes.map((type) => (
                      <option key={type} value={type}>
                        {incidentTypeLabels[type][language]}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
