import { useMessages } from '../../i18n/messages.ts'
import { framesOf, frameSteps, type FrameStep } from './animation-frames.ts'
import { SelectOne } from './choices.tsx'
import { messages } from './messages.ts'
import styles from './print-form.module.css'
import type { PrintTime } from './print-subject.ts'

/** How long a frame of an animation is, and how many there are then. */
export function AnimationOptions({
  time,
  step,
  change,
}: {
  time: PrintTime
  step: FrameStep
  change: (step: FrameStep) => void
}) {
  const t = useMessages(messages)
  return (
    <div className={styles.pair}>
      <SelectOne
        label={t('step')}
        values={frameSteps}
        value={step}
        name={(value) => t(`steps.${value}`)}
        onChange={change}
      />
      <p className={styles.note}>{t('stepNote', { count: String(framesOf(time, step).length) })}</p>
    </div>
  )
}
