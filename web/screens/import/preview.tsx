import type { ImportSession, Inspection } from '@minqing/data/domain/import'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { previewQuery } from '../../api/imports.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { Failure } from './failure.tsx'
import { PreviewTable } from './preview-table.tsx'
import { Section } from './section.tsx'
import styles from './preview.module.css'
import { Tiling } from './tiling.tsx'
import { useWords } from './words/use-words.ts'

const PreviewMap = lazy(async () => ({ default: (await import('./preview-map.tsx')).PreviewMap }))

/** The first rows as they would come in: on the map, and as a table with what is wrong. */
export function Preview({
  session,
  inspection,
  looking,
}: {
  session: ImportSession
  inspection: Inspection
  looking: boolean
}) {
  const words = useWords()
  const formats = useFormats()
  const [chosen, setChosen] = useState<string | null>(null)
  const version = JSON.stringify([session.choices, session.file.beside])
  const { data: preview, error, refetch } = useQuery(previewQuery(session.id, version))
  if (preview === undefined)
    return error === null ? null : <Failure title={words.preview} error={error} onRetry={() => void refetch()} />
  const shown = formats.count(preview.rows.length)
  return (
    <Section title={words.preview} text={words.previewText(shown, formats.count(inspection.rows))}>
      {preview.tiling !== null && <Tiling tiling={preview.tiling} />}
      <div className={styles.preview} data-looking={looking || undefined}>
        <PreviewTable preview={preview} chosen={chosen} />
        <Suspense fallback={<div className={styles.map} />}>
          {preview.places.features.length === 0 ? (
            <p className={styles.empty}>{words.noPlaces}</p>
          ) : (
            <PreviewMap preview={preview} onRow={setChosen} />
          )}
        </Suspense>
      </div>
    </Section>
  )
}
