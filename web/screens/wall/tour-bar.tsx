import { defineMessages, useMessages } from '../../i18n/messages.ts'
import type { Tour, TourEvent } from './tour.ts'
import styles from './tour-bar.module.css'

const messages = defineMessages({
  zh: {
    label: '社区巡览',
    pause: '暂停巡览',
    start: '开始巡览',
    previous: '上一个',
    next: '下一个',
    held: '已暂停，一分钟后继续',
  },
  en: {
    label: 'Tour of the communities',
    pause: 'Pause the tour',
    start: 'Start the tour',
    previous: 'Previous',
    next: 'Next',
    held: 'Paused, resumes in one minute',
  },
})

/** Where the tour is, with buttons large enough for a finger. */
export function TourBar(props: { tour: Tour; names: readonly string[]; dispatch: (event: TourEvent) => void }) {
  const { tour, names, dispatch } = props
  const t = useMessages(messages)
  const stops = names.length
  const running = tour.mode === 'running'
  return (
    <nav className={styles.bar} aria-label={t('label')} data-mode={tour.mode}>
      <button type="button" onClick={() => dispatch({ kind: 'previous', stops })} aria-label={t('previous')}>
        <Icon path="M15 4 7 12l8 8" />
      </button>
      <button type="button" onClick={() => dispatch({ kind: 'toggled' })} aria-label={t(running ? 'pause' : 'start')}>
        <Icon path={running ? 'M8 5v14M16 5v14' : 'M8 4v16l12-8Z'} />
      </button>
      <button type="button" onClick={() => dispatch({ kind: 'next', stops })} aria-label={t('next')}>
        <Icon path="m9 4 8 8-8 8" />
      </button>
      <p aria-live="polite">
        <b>{names[tour.stop]}</b>
        <span>
          {tour.stop + 1}/{stops}
        </span>
        {tour.mode === 'held' ? <span>{t('held')}</span> : null}
      </p>
    </nav>
  )
}

function Icon(props: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={props.path} fill="none" stroke="currentcolor" strokeWidth="2.2" strokeLinejoin="round" />
    </svg>
  )
}
