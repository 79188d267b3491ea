import { parseAsString, useQueryState } from 'nuqs'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { importQuery, importsQuery } from '../../api/imports.ts'
import { AnswerError } from '../../api/fetch.ts'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { NotAllowed } from '../account/not-allowed.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { DemoRemoval } from './demo-removal.tsx'
import { History } from './history.tsx'
import { ImportFile } from './import-file.tsx'
import styles from './import-screen.module.css'
import { messages } from './messages.ts'
import { Failure } from './findings.tsx'
import { useDrop, useUpload, type Upload } from './use-upload.ts'

/** The screen for whoever may import; what follows from an import, as its list, is for the same roles. */
export function ImportScreen() {
  return useMay('create', 'import') ? <Imports /> : <NotAllowed />
}

/** Upload, check, preview, import, download rejected rows, undo. The URL names the file. */
function Imports() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const [id, setId] = useQueryState('import', parseAsString.withOptions({ history: 'push' }))
  const { data: session, error, refetch } = useQuery(importQuery(id))
  const imports = useQuery(importsQuery())
  const mayRemoveDemo = useMay('remove', 'demo')
  // Deleted after a day, or in another tab.
  const gone = error instanceof AnswerError && error.status === 404
  const upload = useUpload((received) => void setId(received.id))
  const over = useDrop((files) => imports.error === null && void upload.send(files))
  const begin = id === null || gone || upload.sent !== null
  return (
    <ScreenPage title={t('title')} wide>
      {gone && <Failure title={t('unreadable')} error={error} />}
      {!begin && <Failure title={t('failed')} error={upload.failed} onRetry={upload.retry} />}
      {begin ? (
        <>
          <FileDrop upload={upload} over={over} closed={imports.error} />
          {imports.error === null && mayRemoveDemo && <DemoRemoval />}
        </>
      ) : session === undefined ? (
        error === null ? (
          <output className={styles.quiet}>{basic('loading')}</output>
        ) : (
          <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <ImportFile key={session.id} session={session} over={over} onNext={() => void setId(null)} />
      )}
      <History records={imports.data} error={imports.error} onRetry={() => void imports.refetch()} />
    </ScreenPage>
  )
}

/**
 * Where a file is chosen; the parts of a Shapefile are chosen together. `closed`: why uploads are refused; `over`: files
 * are being dragged over the screen.
 */
function FileDrop({ upload, over, closed }: { upload: Upload; over: boolean; closed: Error | null }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const formats = useFormats()
  const input = useRef<HTMLInputElement>(null)
  const { sent, failed, send, stop, retry } = upload
  return (
    <section className={styles.upload} aria-label={t('file')}>
      <div className={styles.drop} data-over={over || undefined}>
        <Icon name="upload" size={28} />
        <h2 className={styles.dropTitle}>{t('dropTitle')}</h2>
        <p className={styles.dropText}>{t('dropText')}</p>
        <input
          ref={input}
          hidden
          type="file"
          multiple
          onChange={({ target }) => {
            void send([...(target.files ?? [])])
            target.value = ''
          }}
        />
        {sent === null ? (
          <Button kind="primary" disabled={closed !== null} onPress={() => input.current?.click()}>
            {t('choose')}
          </Button>
        ) : (
          <Button onPress={stop}>{basic('cancel')}</Button>
        )}
        <output className={styles.uploadState}>
          {sent === null ? '' : sent < 1 ? t('uploading', { share: formats.percent(sent) }) : t('checking')}
        </output>
      </div>
      <Failure title={t('failed')} error={failed} onRetry={retry} />
    </section>
  )
}
