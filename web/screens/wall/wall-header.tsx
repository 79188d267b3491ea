import type { WallPicture } from '@minqing/data/domain/wall'
import { useTranslations } from 'use-intl'
import type { Freshness } from './freshness.ts'
import styles from './wall-header.module.css'
import type { WallFormat } from './wall-format.ts'

/** Whose wall this is, what time it is there, and how old the picture is. */
export function WallHeader(props: { picture: WallPicture; now: number; freshness: Freshness; format: WallFormat }) {
  const { picture, now, freshness, format } = props
  const t = useTranslations('wall')
  const name = picture.area?.name ?? picture.street?.name ?? ''
  const moment = (at: number) => format.moment(at, now)
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h1>{t('title', { name })}</h1>
        {picture.street?.demo ? <span className={styles.demo}>{t('demo')}</span> : null}
      </div>
      <p className={styles.clock}>
        <time>{format.clock(now)}</time>
        <span>{format.date(now)}</span>
      </p>
      <p className={styles.age} data-age={freshness.kind}>
        {ageText(freshness)}
      </p>
    </header>
  )

  function ageText(age: Freshness): string {
    switch (age.kind) {
      case 'fresh':
        return t('age.fresh', { seconds: String(age.seconds) })
      case 'late':
        return t('age.late', { time: format.clock(age.asOf) })
      case 'quiet':
        return t('age.quiet', { time: moment(age.asOf) })
    }
  }
}
