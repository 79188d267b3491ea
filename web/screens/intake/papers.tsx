import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Registered } from '../../api/intake.ts'
import { useShownSession } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { casePath } from '../../view/screen-path.ts'
import type { Entered } from './intake-form.tsx'
import styles from './intake.module.css'
import { messages } from './messages.ts'

type Paper = 'receipt' | 'form'

/** What is handed to the visitor and what is filed, as they are printed, and the way on. */
export function Papers({ made, entered, onNext }: { made: Registered; entered: Entered; onNext: () => void }) {
  const t = useMessages(messages)
  const [paper, setPaper] = useState<Paper>('receipt')
  const next = useRef<HTMLDivElement>(null)
  useEffect(() => next.current?.querySelector('button')?.focus(), [])
  const print = (which: Paper) => {
    setPaper(which)
    // The page shows it before it is printed.
    requestAnimationFrame(() => requestAnimationFrame(() => window.print()))
  }
  return (
    <>
      <output className={styles.done}>
        <strong>{t(made.status === '20' ? 'done' : 'registered', { number: made.number })}</strong>
        <span>{t('doneText')}</span>
      </output>
      <div className={styles.actions} ref={next}>
        <Button kind="primary" onPress={() => print('receipt')}>
          {t('printReceipt')}
        </Button>
        <Button onPress={() => print('form')}>{t('printForm')}</Button>
        <a className={styles.link} href={casePath(made.street, made.number, location.search)}>
          {t('open')}
        </a>
        <Button onPress={onNext}>{t('next')}</Button>
      </div>
      {paper === 'receipt' ? <Receipt made={made} /> : <RegistrationForm made={made} entered={entered} />}
    </>
  )
}

function useCentre(street: string): string {
  const t = useMessages(messages)
  const { data } = useQuery(statusQuery())
  return t('centre', { street: data?.streets.find(({ code }) => code === street)?.name ?? street })
}

/** 受理告知书: what was accepted, by whom, and how to ask for it; no name. */
function Receipt({ made }: { made: Registered }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const centre = useCentre(made.street)
  const address = `${location.origin}/r`
  const grouped = made.receipt.replaceAll(/(.{4})(?=.)/g, '$1-')
  return (
    <article className={styles.paper} aria-label={t('receiptTitle')}>
      <h2>{t('receiptTitle')}</h2>
      <dl>
        <dt>{t('number')}</dt>
        <dd>{made.number}</dd>
        <dt>{t('acceptedAt')}</dt>
        <dd>{formats.dateTime(new Date(made.reportedAt))}</dd>
        <dt>{t('matterType')}</dt>
        <dd>{incidentTypeLabels[made.type][language]}</dd>
        <dt>{t('receivedBy')}</dt>
        <dd>{centre}</dd>
        <dt>{t('code')}</dt>
        <dd className={styles.code}>{grouped}</dd>
      </dl>
      <p>{t('rights')}</p>
      <div className={styles.scan}>
        <QrCode text={`${address}#${made.receipt}`} name={t('code')} />
        <p>{t('scan', { address })}</p>
      </div>
      <p>{t('keep')}</p>
      <p className={styles.seal}>{t('sealed')}</p>
    </article>
  )
}

/** 来访登记表: everything that was entered, for the file. */
function RegistrationForm({ made, entered }: { made: Registered; entered: Entered }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const session = useShownSession()
  const centre = useCentre(made.street)
  const willing = { yes: t('willingYes'), no: t('willingNo'), unknown: t('willingUnknown') }[entered.willing]
  const rows = [
    [t('number'), made.number],
    [t('acceptedAt'), formats.dateTime(new Date(made.reportedAt))],
    [t('reporter'), `${entered.name}　${entered.phone}`],
    [t('matterType'), incidentTypeLabels[made.type][language]],
    [t('heading'), made.title],
    [t('matter'), entered.text],
    [t('where'), entered.place],
    [t('grid'), made.gridCode ?? made.communityCode ?? '—'],
    [t('willing'), willing],
    [t('receivedBy'), centre],
    [t('registrar'), session?.name ?? ''],
  ]
  return (
    <article className={styles.paper} aria-label={t('formTitle')}>
      <h2>{t('formTitle')}</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.seal}>{t('signature')}</p>
    </article>
  )
}
