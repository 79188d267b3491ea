import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useMessages } from '../../../i18n/messages.ts'
import { Skeleton } from '../../../ui/notice.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { dateOf, dayOf, startOf, byMonth, histogram } from '../../../view/day.ts'
import { useCounts, useIncidents, useViewState } from '../map-page.ts'
import { moveEnd, shift, spanOf, type DayRange } from './brush-range.ts'
import { BrushAxis, BrushBars } from './brush-bars.tsx'
import styles from './time-brush.module.css'
import { messages } from './messages.ts'

/** Days that each key moves an end of the range by. */
const steps: ReadonlyMap<string, number> = new Map([
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['PageDown', -30],
  ['PageUp', 30],
  ['Home', -1e6],
  ['End', 1e6],
])

/** Cases per day, week or month, and the stretch of time that is meant: dragged, or moved by keys as two sliders. */
export function TimeBrush() {
  const t = useMessages(messages)
  const formats = useFormats()
  const { tally } = useCounts()
  const { view, change } = useViewState()
  const { aggregate } = useIncidents()
  const track = useRef<HTMLDivElement>(null)
  const drag = useRef<{ mode: 'span' | 'from' | 'to' | 'shift'; day: number; before: DayRange } | null>(null)
  const { firstDay = 0, byDay } = tally ?? {}
  // An aggregate knows months alone.
  const group = aggregate === null ? histogram : byMonth
  const bins = useMemo(() => group(firstDay, byDay ?? new Uint32Array()), [group, firstDay, byDay])
  if (byDay === undefined) return <Skeleton lines={2} />
  if (byDay.length === 0) return null

  const whole: DayRange = { from: firstDay, to: firstDay + byDay.length }
  const days = whole.to - whole.from
  const inside = (day: number) => Math.max(whole.from, Math.min(day, whole.to))
  const range: DayRange = {
    from: view.time.from === null ? whole.from : inside(dayOf(view.time.from)),
    to: view.time.to === null ? whole.to : inside(dayOf(view.time.to - 1) + 1),
  }
  // An end that touches the data's own is open: cases that come in later belong to the range too.
  const apply = (next: DayRange) =>
    change({
      time: {
        from: next.from <= whole.from ? null : startOf(next.from),
        to: next.to >= whole.to ? null : startOf(next.to),
      },
    })
  const dayAt = (event: PointerEvent) => {
    const box = track.current!.getBoundingClientRect()
    return whole.from + Math.floor(((event.clientX - box.left) / box.width) * days)
  }

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    const end = (event.target as HTMLElement).dataset.end
    const day = dayAt(event)
    const partial = range.from > whole.from || range.to < whole.to
    const within = partial && day >= range.from && day < range.to
    const mode = end === 'from' || end === 'to' ? end : within ? 'shift' : 'span'
    drag.current = { mode, day, before: range }
    track.current!.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current === null) return
    const { mode, day: start, before } = drag.current
    const day = dayAt(event)
    switch (mode) {
      case 'span':
        return apply(spanOf(start, day, whole))
      case 'from':
        return apply(moveEnd(before, 'from', day, whole))
      case 'to':
        return apply(moveEnd(before, 'to', day + 1, whole))
      case 'shift':
        return apply(shift(before, day - start, whole))
    }
  }
  const onKeyDown = (end: 'from' | 'to') => (event: KeyboardEvent) => {
    const step = steps.get(event.key)
    if (step === undefined) return
    event.preventDefault()
    apply(moveEnd(range, end, range[end] + step * (event.shiftKey ? 7 : 1), whole))
  }

  const percent = (day: number) => ((day - whole.from) / days) * 100
  const date = (day: number) => formats.day(new Date(`${dateOf(day)}T12:00:00+08:00`))
  const perBin = aggregate !== null ? 'perMonth' : days <= 180 ? 'perDay' : days <= 1260 ? 'perWeek' : 'perMonth'
  return (
    <div className={styles.brush} role="group" aria-label={t('brush')}>
      <p className={styles.title}>{t('histogram', { unit: t(perBin) })}</p>
      <div
        ref={track}
        className={styles.track}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
        onPointerCancel={() => (drag.current = null)}
      >
        <BrushBars bins={bins} whole={whole} range={range} />
        <div
          className={styles.window}
          style={{ left: `${percent(range.from)}%`, right: `${100 - percent(range.to)}%` }}
        />
        {(['from', 'to'] as const).map((end) => (
          <div
            key={end}
            role="slider"
            tabIndex={0}
            data-end={end}
            className={styles.handle}
            style={{ left: `${percent(range[end])}%` }}
            aria-label={t(end)}
            aria-valuemin={whole.from}
            aria-valuemax={whole.to}
            aria-valuenow={range[end]}
            // The last day that is meant, where the range itself ends at the day after it.
            aria-valuetext={date(end === 'from' ? range.from : range.to - 1)}
            onKeyDown={onKeyDown(end)}
          />
        ))}
      </div>
      <BrushAxis whole={whole} />
    </div>
  )
}
