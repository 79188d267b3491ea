import type { Inspection } from '@minqing/data/domain/import'
import { useLocale } from 'use-intl'
import { withColumn } from './column-choices.ts'
import { Section } from './section.tsx'
import styles from './table.module.css'
import type { Choosing } from './use-choices.ts'
import { fieldLabel } from './words/fields.ts'
import { useWords } from './words/use-words.ts'

/** Which column is read as which field. */
export function Columns({ inspection, choosing }: { inspection: Inspection; choosing: Choosing }) {
  const words = useWords()
  const language = useLocale()
  return (
    <Section title={words.columns} text={words.columnsText}>
      <div className={styles.frame} role="group" aria-label={words.columns}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.field}</th>
              <th scope="col">{words.samples}</th>
            </tr>
          </thead>
          <tbody>
            {inspection.columns.map(({ name, samples, field }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <select
                    className={styles.select}
                    aria-label={words.fieldOf(name)}
                    value={field ?? ''}
                    data-quiet={field === null || undefined}
                    onChange={({ target }) =>
                      choosing.change(withColumn(choosing.choices, name, target.value === '' ? null : target.value))
                    }
                  >
                    <option value="">{words.notImported}</option>
                    {inspection.fields.map((one) => (
                      <option key={one} value={one}>
                        {fieldLabel(one)[language]}
                      </option>
                    ))}
                  </select>
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
