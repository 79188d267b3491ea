import { faultPlace, type ImportPreview, type ImportSession, type Inspection } from '@minqing/data/domain/import'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { previewQuery } from '../../api/imports.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { withControlNames } from './control-names.ts'
import { messages } from './messages.ts'
import styles from './preview.module.css'
import { Section } from '../../ui/section.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import { Failure } from './findings.tsx'
import tableStyles from './table.module.css'

const PreviewMap = lazy(async () => ({ default: (await import('./preview-map.tsx')).PreviewMap }))

/** The first rows as they would be imported: on a map, and as a table with their problems. */
export function Preview({
  session,
  inspection,
  checking,
}: {
  session: ImportSession
  inspection: Inspection
  checking: boolean
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const [chosen, setChosen] = useState<string | null>(null)
  const version = JSON.stringify([session.choices, session.file.beside])
  const { data: preview, error, refetch } = useQuery(previewQuery(session.id, version))
  if (preview === undefined)
    return error === null ? null : <Failure title={t('preview')} error={error} onRetry={() => void refetch()} />
  const shown = formats.count(preview.rows.length)
  return (
    <Section level={3} title={t('preview')} text={t('previewText', { shown, rows: formats.count(inspection.rows) })}>
      {preview.tiling !== null && <Tiling tiling={preview.tiling} />}
      <div className={styles.preview} data-checking={checking || undefined}>
        <PreviewTable preview={preview} chosen={chosen} />
        <Suspense fallback={<div className={styles.map} />}>
          {preview.places.features.length === 0 ? (
            <p className={styles.empty}>{t('noPositions')}</p>
          ) : (
            <PreviewMap preview={preview} onRow={setChosen} />
          )}
        </Suspense>
      </div>
    </Section>
  )
}

/** Rows as the file has them, with problems marked. The row `chosen` on the map scrolls into view. */
function PreviewTable({ preview, chosen }: { preview: ImportPreview; chosen: string | null }) {
  const t = useMessages(messages)
  const language = useLanguage()
  return (
    <TableFrame className={tableStyles.frame} name={t('preview')}>
      <table className={`${tableStyles.table} ${tableStyles.cells}`}>
        <thead>
          <tr>
            <th scope="col" className={tableStyles.number}>
              {t('line')}
            </th>
            <th scope="col">{t('problems')}</th>
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
              <th scope="row" className={tableStyles.number}>
                {line}
              </th>
              <td className={tableStyles.reason}>
                {faults.map((fault) => (
                  <span key={`${fault.field} ${fault.column} ${fault.reason.en}`}>
                    {faultPlace(fault)?.[language] ?? t('entireRow')}：
                    {withControlNames(fault.reason[language], language)}
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
    </TableFrame>
  )
}

/** Overlaps and gaps between grids: as text, as a diagram, and as GeoJSON for QGIS. */
function Tiling({ tiling }: { tiling: NonNullable<ImportPreview['tiling']> }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { label, svg, geojson } = tiling
  const picture = dataUrl('image/svg+xml', svg)
  return (
    <Notice title={t('tiling')}>
      {label[language]}
      <span className={styles.tiling}>
        <img className={styles.picture} src={picture} alt={t('tilingPicture')} />
        <span className={styles.downloads}>
          <a href={picture} download={t('tilingFile', { extension: 'svg' })}>
            <Icon name="download" />
            {t('tilingSvg')}
          </a>
          <a href={dataUrl('application/geo+json', geojson)} download={t('tilingFile', { extension: 'geojson' })}>
            <Icon name="download" />
            {t('tilingGeojson')}
          </a>
        </span>
      </span>
    </Notice>
  )
}

function dataUrl(type: string, text: string): string {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`
}
