import type { WallPicture } from '@minqing/data/domain/wall'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import type { Freshness } from './freshness.ts'
import styles from './wall-header.module.css'
import type { WallFormat } from './wall-format.ts'

const messages = defineMessages({
  zh: {
    title: '{name}综治中心',
    age: {
      fresh: '数据 {seconds} 秒前',
      late: '数据截至 {time} · 服务器连接中断，正在重连',
      quiet: '最近登记 {time} · 已超过一天没有新数据',
    },
  },
  en: {
    title: '{name} Governance Centre',
    age: {
      fresh: 'Data {seconds} s old',
      late: 'Data as of {time} · connection lost, reconnecting',
      quiet: 'Last case {time} · no new data for more than a day',
    },
  },
})

/** Whose wall this is, what time it is there, and how old the picture is. */
export function WallHeader(props: { picture: WallPicture; now: number; freshness: Freshness; format: WallFormat }) {
  const { picture, now, freshness, format } = props
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const name = picture.area?.name ?? picture.street?.name ?? ''
  return (
    <header className={styles.header}>
      <div className={styles.title}>
        <h1>{t('title', { name })}</h1>
        {picture.street?.demo ? <span className={styles.demo}>{basic('demo')}</span> : null}
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
        return t('age.quiet', { time: format.localTime(age.asOf, now) })
    }
  }
}
