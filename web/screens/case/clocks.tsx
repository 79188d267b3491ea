import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { durationText } from '../../ui/duration-text.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { PanelSection } from '../map/panel-parts.tsx'
import styles from './case.module.css'
import { messages } from './messages.ts'

/** Until when what has to be done, and how long that is. */
export function Clocks({ clocks, now }: { clocks: LoopState['clocks']; now: number }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  if (clocks.length === 0) return null
  return (
    <PanelSection title={t('clocks')}>
      <ul className={styles.clocks}>
        {clocks.map(({ node, label, dueAt, isPaused, state }) => {
          const left = Date.parse(dueAt) - now
          const time = durationText(Math.abs(left), language)
          return (
            <li key={node} data-state={state}>
              <span>{label[language]}</span>
              <strong>
                {isPaused ? t('clockPaused') : left < 0 ? t('clockOver', { time }) : t('clockLeft', { time })}
              </strong>
              <span className={styles.quiet}>{t('dueAt', { time: formats.shortDateTime(new Date(dueAt)) })}</span>
            </li>
          )
        })}
      </ul>
    </PanelSection>
  )
}
