import type { AreaProfile } from '@minqing/data/domain/summary'
import { useTranslations } from 'use-intl'
import { Icon } from '../../../ui/icon.tsx'
import styles from './contacts.module.css'

/** Who is responsible, and a press to call them. */
export function Contacts({ profile }: { profile: AreaProfile }) {
  const t = useTranslations('area')
  const { level, leader, leaderPhone, worker, workerPhone } = profile.area
  const people = [
    { role: t('leaderOf', { level }), name: leader, phone: leaderPhone },
    { role: t('worker'), name: worker, phone: workerPhone },
  ].filter(({ name }) => name !== null && name !== '')
  if (people.length === 0) return <p className={styles.none}>{t('noContact')}</p>
  return (
    <ul className={styles.list}>
      {people.map(({ role, name, phone }) => (
        <li key={role} className={styles.person}>
          <span className={styles.role}>{role}</span>
          <span className={styles.name}>{name}</span>
          {phone && (
            <a className={styles.phone} href={`tel:${phone}`} aria-label={t('call', { name: name ?? '', phone })}>
              <Icon name="phone" size={14} />
              {phone}
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
