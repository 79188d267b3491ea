import type { ImportRecord } from '@minqing/data/domain/import'
import { useMessages } from '../../i18n/messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { messages } from './messages.ts'
import { UndoButton } from './result.tsx'
import { Section } from '../../ui/section.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import { Failure } from './findings.tsx'
import styles from './table.module.css'

/** Past imports, newest first, with undo as long as it is possible. */
export function History({
  records,
  error,
  onRetry,
}: {
  records: ImportRecord[] | undefined
  error: Error | null
  onRetry: () => void
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const day = (text: string) => formats.day(new Date(text))
  if (records === undefined)
    return error === null ? null : <Failure title={t('history')} error={error} onRetry={onRetry} />
  if (records.length === 0)
    return (
      <Section level={3} title={t('history')}>
        {t('noHistory')}
      </Section>
    )
  return (
    <Section level={3} title={t('history')}>
      <TableFrame className={styles.frame} name={t('history')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('time')}</th>
              <th scope="col">{t('file')}</th>
              <th scope="col">{t('collection')}</th>
              <th scope="col" className={styles.number}>
                {t('changes')}
              </th>
              <th scope="col">{t('state')}</th>
            </tr>
          </thead>
          <tbody>
            {records.map(({ id, at, file, collection, counts, via, who, undoneAt, undoable, undoUntil }) => (
              <tr key={id}>
                <td>{formats.dateTime(new Date(at))}</td>
                <th scope="row">
                  {file}{' '}
                  <span className={styles.quiet}>{via === 'command' ? `${t('viaCommand')} ${who}` : t('viaWeb')}</span>
                </th>
                <td>{t(`collections.${collection}`)}</td>
                <td className={styles.number}>
                  {formats.count(counts.inserted)} / {formats.count(counts.updated)}
                </td>
                <td>
                  {undoneAt !== null ? (
                    t('undoneAt', { time: day(undoneAt) })
                  ) : undoable ? (
                    <div className={styles.undo}>
                      <span className={styles.quiet}>{t('undoUntil', { time: day(undoUntil) })}</span>
                      <UndoButton id={id} file={file} label={t('undo')} />
                    </div>
                  ) : (
                    t('final')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  )
}
