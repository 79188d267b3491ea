import { exportDatumNames } from '@minqing/data/domain/datum'
import { exportsCountsOnly } from '@minqing/data/domain/export'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnalysisResult } from '../../api/analyses.ts'
import { receiveFile } from '../../api/download.ts'
import { addressOf } from '../../api/fetch.ts'
import { useShownSession } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { ExportProgress } from '../map/export/export-subject.ts'
import { periodText } from '../map/export/export-text.ts'
import { type FileChoice, FileChoices, FileRunEnd } from '../map/export/file-form.tsx'
import dialogStyles from '../map/export/export-dialog.module.css'
import { fileNameOf } from '../map/export/file-name.ts'
import { messages as exportMessages } from '../map/export/messages.ts'
import formStyles from '../print/print-form.module.css'
import { useFileRun } from '../print/use-file-run.ts'
import { WideDialog } from '../print/wide-dialog.tsx'
import { messages, methodMessages } from './messages.ts'
import { type ChangeAnalysis, publishedChoices } from './use-question.ts'

/** Exports the units of a result: those that the map and the table show. */
export function ExportResult({
  result,
  change,
  onClose,
}: {
  result: AnalysisResult
  change: ChangeAnalysis
  onClose: () => void
}) {
  const t = useMessages(messages)
  const exported = useMessages(exportMessages)
  const methodText = useMessages(methodMessages)
  const language = useLanguage()
  const session = useShownSession()
  const { data: status } = useQuery(statusQuery())
  const [choice, setChoice] = useState<FileChoice>({ format: 'geojson', datum: 'wgs84', circulation: 'internal' })
  const { state, start, cancel } = useFileRun<ExportProgress>()
  const { id, question } = result.analysis
  const isPublished = question.basis === 'published'
  const instead = status !== undefined && (
    <Button
      onPress={() => {
        const choices = publishedChoices(question, Date.parse(status.now) / 1000)
        change({ ...choices, selected: null })
        onClose()
      }}
    >
      {t('askPublished')}
    </Button>
  )
  const make = async ({ signal, report }: { signal: AbortSignal; report: (progress: ExportProgress) => void }) => {
    const { format, datum, circulation } = choice
    const path = addressOf(`/api/analyses/:id/export.${format}`, {
      param: { id },
      query: { crs: datum, circulation, lang: language },
    })
    const blob = await receiveFile(path, signal, (bytes) => report({ stage: 'receiving', bytes }))
    const mark = datum === 'wgs84' ? '' : `_${exportDatumNames[datum]}`
    const what = `${t('exportFile')}_${methodText(question.method)}`
    return {
      blob,
      name: fileNameOf({
        what,
        where: `${question.filter.area ?? ''}${mark}`,
        period: periodText(question.filter, exported),
        extension: format,
      }),
    }
  }
  return (
    <WideDialog title={t('export')} onClose={onClose}>
      {!isPublished && session !== undefined && exportsCountsOnly(session.role) ? (
        <Notice title={t('exportClosed')} action={instead}>
          {t('exportClosedText')}
        </Notice>
      ) : (
        <form
          className={dialogStyles.form}
          onSubmit={(event) => {
            event.preventDefault()
            void start({ stage: 'receiving', bytes: 0 }, make)
          }}
        >
          <fieldset className={formStyles.options} disabled={state.kind === 'working'}>
            <FileChoices choice={choice} onChange={(patch) => setChoice({ ...choice, ...patch })} />
            {choice.circulation === 'wide' && !isPublished && <Notice title={t('exportWide')} action={instead} />}
          </fieldset>
          <FileRunEnd state={state} onCancel={cancel} onClose={onClose} />
        </form>
      )}
    </WideDialog>
  )
}
