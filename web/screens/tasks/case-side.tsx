import { incidentStatusLabels } from '@minqing/data/domain/incident-status'
import { incidentTypeLabels } from '@minqing/data/domain/incident-type'
import { useQuery } from '@tanstack/react-query'
import { incidentQuery } from '../../api/incident.ts'
import { useMay } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/notice.tsx'
import { RiskMark } from '../../ui/risk-mark.tsx'
import { casePath, incidentPath } from '../../view/screen-path.ts'
import { NextSteps } from '../case/steps/next-steps.tsx'
import { messages } from './messages.ts'
import styles from './tasks.module.css'

/** The case that is open beside the list: what it is about, and its next steps. */
export function CaseSide({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const mayChange = useMay('change', 'incident')
  const query = useQuery(incidentQuery(id))
  const one = query.data
  const street = id.slice(0, 9)
  const number = id.slice(10)
  return (
    <aside className={styles.side} aria-label={t('panel', { number })}>
      <header className={styles.sideHead}>
        <div>
          <h2>{one?.title || number}</h2>
          <p className={styles.quiet}>{number}</p>
        </div>
        <Button kind="icon" label={t('close')} onPress={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      <Failure title={t('failed')} error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton lines={4} />}
      {one !== undefined && (
        <>
          <p className={styles.badges}>
            <RiskMark risk={one.risk} named />
            <span>{incidentTypeLabels[one.type][language]}</span>
            <span>{incidentStatusLabels[one.status][language]}</span>
          </p>
          {one.text !== '' && <p>{one.text}</p>}
          {one.address !== '' && <p className={styles.quiet}>{one.address}</p>}
          <p className={styles.badges}>
            <a href={incidentPath(street, number, location.search)}>{t('openCase')}</a>
            <a href={casePath(street, number, location.search)}>{t('onMap')}</a>
          </p>
        </>
      )}
      {mayChange && <NextSteps key={id} street={street} number={number} />}
    </aside>
  )
}
