import { documentLimits, type IncidentDocument } from '@minqing/data/domain/incident-document'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { documentsQuery, readDocument, useWithdraw } from '../../api/documents.ts'
import { saveFile } from '../../api/download.ts'
import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { useDrop } from '../import/use-upload.ts'
import { PanelSection } from '../map/panel-parts.tsx'
import styles from './case.module.css'
import { messages } from './messages.ts'
import { OpenForm } from './steps/open-form.tsx'
import { useDocumentsUpload } from './use-documents-upload.ts'
import { useRoleText } from './use-role-text.ts'

type OfCase = { street: string; number: string }

/** Photographs, scans and PDFs of a case: the list, adding by button and by dropping, reading and withdrawing. */
export function Documents({ street, number }: OfCase) {
  const t = useMessages(messages)
  const documents = useQuery(documentsQuery(street, number))
  const mayAdd = useMay('create', 'document')
  return (
    <PanelSection title={t('documents')} aside={t('documentsNote')}>
      <div className={styles.documents}>
        <Failure title={t('documents')} error={documents.error} onRetry={() => void documents.refetch()} />
        {documents.data?.length === 0 && <p className={styles.quiet}>{t('noDocuments')}</p>}
        <ul className={styles.files}>
          {(documents.data ?? []).map((one) => (
            <Document key={one.id} street={street} number={number} document={one} />
          ))}
        </ul>
        {mayAdd && <Adding street={street} number={number} />}
      </div>
    </PanelSection>
  )
}

function Adding({ street, number }: OfCase) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const formats = useFormats()
  const input = useRef<HTMLInputElement>(null)
  const { send, sending, failed, added, stop } = useDocumentsUpload(street, number)
  const over = useDrop((files) => void send(files))
  return (
    <div className={styles.adding} data-over={over || undefined}>
      <input
        ref={input}
        hidden
        type="file"
        multiple
        accept="image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,application/pdf"
        onChange={({ target }) => {
          void send([...(target.files ?? [])])
          target.value = ''
        }}
      />
      {sending === null ? (
        <Button kind="primary" onPress={() => input.current?.click()}>
          {t('add')}
        </Button>
      ) : (
        <Button onPress={stop}>{basic('cancel')}</Button>
      )}
      <p className={styles.quiet}>{over ? t('dropHere') : t('addHint', { most: documentLimits.file / 1_000_000 })}</p>
      <output className={styles.sending}>
        {sending === null
          ? added.map((name) => t('sent', { name })).join(' ')
          : sending.share < 1
            ? t('sending', { name: sending.name, share: formats.percent(sending.share) })
            : t('processing', { name: sending.name })}
      </output>
      {failed.map(({ file, error }) => (
        <Failure
          key={file.name}
          title={t('sendFailed', { name: file.name })}
          error={error}
          onRetry={() => void send([file])}
        />
      ))}
    </div>
  )
}

function Document({ street, number, document }: OfCase & { document: IncidentDocument }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const roleText = useRoleText()
  const mayWithdraw = useMay('remove', 'document')
  const { id, name, type, size, addedAt, addedByRole, withdrawn } = document
  const isImage = type !== 'application/pdf'
  const [shown, setShown] = useState<string | null>(null)
  const read = useMutation({ mutationFn: () => readDocument(street, number, id) })
  const withdraw = useWithdraw(street, number, id)
  const [reason, setReason] = useState('')
  // An object URL holds the bytes in memory until it is revoked.
  useEffect(() => (shown === null ? undefined : () => URL.revokeObjectURL(shown)), [shown])
  const sizeText =
    size < 1_000_000
      ? t('kilobytes', { count: Math.max(1, Math.round(size / 1000)) })
      : t('megabytes', { count: size / 1_000_000 })
  return (
    <li className={styles.file} data-withdrawn={withdrawn === null ? undefined : true}>
      <div className={styles.fileLine}>
        <strong className={styles.fileName}>{name}</strong>
        <span className={styles.quiet}>
          {isImage ? `${document.width}×${document.height} · ${sizeText}` : `PDF · ${sizeText}`}
        </span>
      </div>
      <p className={styles.quiet}>
        {t('addedBy', { role: roleText(addedByRole), time: formats.dateTime(new Date(addedAt)) })}
      </p>
      {withdrawn === null ? (
        <div className={styles.fileActions}>
          {isImage && (
            <Button
              {...(shown === null ? { label: t('showOf', { name }) } : {})}
              expanded={shown !== null}
              disabled={read.isPending}
              onPress={() => {
                if (shown !== null) setShown(null)
                else read.mutate(undefined, { onSuccess: (blob) => setShown(URL.createObjectURL(blob)) })
              }}
            >
              {t(shown === null ? 'show' : 'hide')}
            </Button>
          )}
          <Button
            label={t('saveOf', { name })}
            disabled={read.isPending}
            onPress={() => read.mutate(undefined, { onSuccess: (blob) => saveFile(blob, name) })}
          >
            {t('save')}
          </Button>
          {mayWithdraw && (
            <OpenForm
              name={t('withdraw')}
              label={t('withdrawOf', { name })}
              save={t('confirmWithdraw')}
              error={withdraw.error}
              isPending={withdraw.isPending}
              onSave={(done) => withdraw.mutate(reason, { onSuccess: done })}
            >
              <TextField
                name={t('withdrawReason')}
                hint={t('withdrawHint')}
                value={reason}
                onText={setReason}
                required
                minLength={2}
                maxLength={200}
              />
            </OpenForm>
          )}
        </div>
      ) : (
        <p className={styles.quiet}>
          {t('withdrawn', {
            role: roleText(withdrawn.byRole),
            time: formats.dateTime(new Date(withdrawn.at)),
            reason: withdrawn.reason,
          })}
        </p>
      )}
      <Failure title={t('readFailed')} error={read.error} />
      {shown !== null && withdrawn === null && <img className={styles.picture} src={shown} alt={name} />}
    </li>
  )
}
