import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { nextOnRoute, routeOf, type RouteStation } from '@minqing/data/domain/procedure-route'
import { stations } from '@minqing/data/domain/procedures'
import { useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { PanelSection } from '../map/panel-parts.tsx'
import styles from './case.module.css'
import { messages } from './messages.ts'

/** 路线图: the lawful procedures that are open to a case as a line of stations, and what the law says of one of them. */
export function RouteLine({
  type,
  loop,
  isEnded,
  now,
}: {
  type: IncidentType
  loop: LoopState
  isEnded: boolean
  now: number
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const [chosen, setChosen] = useState<string | null>(null)
  const route = routeOf(type, loop.log, isEnded, now)
  const current = route.find(({ state }) => state === 'current')
  const open = route.find(({ name }) => name === chosen) ?? current ?? route.findLast(({ state }) => state === 'passed')
  return (
    <PanelSection title={t('route')} aside={t('routeNote')}>
      <ol className={styles.stations}>
        {route.map(({ name, label, state }) => (
          <li key={name} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <button type="button" aria-pressed={name === open?.name} onClick={() => setChosen(name)}>
              <span>{label[language]}</span>
              <span className={styles.stationState}>{t('stationState', { state })}</span>
            </button>
          </li>
        ))}
      </ol>
      {current === undefined && isEnded && isSettled(loop) && <p className={styles.quiet}>{t('settled')}</p>}
      {open !== undefined && <StationFacts station={open} type={type} />}
    </PanelSection>
  )
}

/** Whether the last outcome that was recorded settles the matter. */
function isSettled({ log }: LoopState): boolean {
  const outcome = log.findLast(({ content }) => typeof content['outcome'] === 'string')?.content['outcome']
  return outcome === 'written' || outcome === 'oral' || outcome === 'eased' || outcome === 'settled'
}

function StationFacts({ station, type }: { station: RouteStation; type: IncidentType }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { label, authority, limits, basis, time, name } = station
  const next = nextOnRoute(type, name).map((one) => stations[one].label[language])
  const laws = basis.map(({ law, article }) => `《${law}》${article ?? ''}`).join('、')
  return (
    <div className={styles.station} aria-live="polite">
      <p>
        <strong>{label[language]}</strong> {t('authority', { authority: authority[language] })}
      </p>
      {time !== null && (
        <p className={styles.time} data-late={time.left < 0 || undefined}>
          {time.left < 0
            ? t('overdue', { used: time.used, over: -time.left, time: formats.day(new Date(time.dueAt)) })
            : t('used', { used: time.used, left: time.left, time: formats.day(new Date(time.dueAt)) })}
        </p>
      )}
      {limits.length === 0 ? (
        <p className={styles.quiet}>{t('noLimit')}</p>
      ) : (
        <ul className={styles.limits}>
          {limits.map((limit) => (
            <li key={`${limit.of} ${limit.label.zh}`}>
              {t('limit', { amount: formats.count(limit.amount), unit: limit.unit, label: limit.label[language] })}
            </li>
          ))}
        </ul>
      )}
      <p>{next.length === 0 ? t('noNext') : t('next', { names: next.join(language === 'zh' ? '、' : ', ') })}</p>
      {laws !== '' && <p className={styles.quiet}>{t('basis', { laws })}</p>}
    </div>
  )
}
