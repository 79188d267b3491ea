import type { ImportPreview } from '@minqing/data/domain/import'
import { useLocale } from 'use-intl'
import styles from './table.module.css'
import { onScreen } from './words/fields.ts'
import { useWords } from './words/use-words.ts'

/**
 * Rows in the file's words; a cell at fault is marked, and its reason stands in the row. The one chosen on the map comes
 * into view.
 */
export function PreviewTable({ preview, chosen }: { preview: ImportPreview; chosen: string | null }) {
  const words = useWords()
  const language = useLocale()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the keyboard (WCAG 2.1.1)
    <div className={styles.frame} role="group" aria-label={words.preview} tabIndex={0}>
      <table className={`${styles.table} ${styles.cells}`}>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>
              {words.line}
            </th>
            <th scope="col">{words.problems}</th>
            {preview.columns.map((column, index) => (
              <th key={`${index} ${column}`} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map(({ row, line, cells, faults }) => (
            <tr
              key={row}
              ref={chosen === String(row) ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              data-faulty={faults.length > 0 || undefined}
              aria-current={chosen === String(row) || undefined}
            >
              <th scope="row" className={styles.number}>
                {line}
              </th>
              <td className={styles.reason}>
                {faults.map(({ column, reason }) => (
                  <span key={`${column} ${reason.en}`}>
                    {column ?? words.wholeRow}：{onScreen(reason[language], language)}
                  </span>
                ))}
              </td>
              {preview.columns.map((column, index) => (
                <td
                  key={`${index} ${column}`}
                  data-faulty={faults.some((fault) => fault.column === column) || undefined}
                >
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
