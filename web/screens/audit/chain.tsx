import { auditFaultLabels, auditEntryId, noStreetCode } from '@minqing/data/domain/audit'
import { useQuery } from '@tanstack/react-query'
import { auditVerificationQuery, useVerifyAudit } from '../../api/audit.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { useFormats } from '../../ui/use-formats.ts'
import styles from './audit-screen.module.css'
import { messages } from './messages.ts'

/** Until when the trail is known to be as it was written, or where it is not. */
export function Chain() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const formats = useFormats()
  const errorText = useErrorText()
  const { data: last, error } = useQuery(auditVerificationQuery())
  const verifying = useVerifyAudit()
  const mayVerify = useMay('verify', 'audit')
  const failure = verifying.error ?? error
  const found = last && { by: last.by, rows: last.rows, time: formats.dateTime(new Date(last.at)) }
  const isBroken = (last?.faults.length ?? 0) > 0
  return (
    <section className={styles.section} aria-label={t('chain')}>
      <div className={styles.chain}>
        <h2>{t('chain')}</h2>
        <output data-broken={isBroken || undefined}>
          {verifying.isPending
            ? t('verifying')
            : found === undefined
              ? basic('loading')
              : found === null
                ? t('never')
                : t(isBroken ? 'broken' : 'whole', found)}
        </output>
        {mayVerify && (
          <Button disabled={verifying.isPending} onPress={() => verifying.mutate()}>
            {t('verify')}
          </Button>
        )}
      </div>
      {isBroken && (
        <ul className={styles.faults}>
          {last?.faults.map((at) => (
            <li key={auditEntryId(at)}>
              {t('fault', {
                place: at.streetCode === noStreetCode ? '' : at.streetCode,
                position: String(at.position),
                fault: auditFaultLabels[at.fault][language],
              })}
            </li>
          ))}
        </ul>
      )}
      {failure !== null && (
        <Notice tone="danger" title={t('notVerified')}>
          {errorText(failure)}
        </Notice>
      )}
    </section>
  )
}
