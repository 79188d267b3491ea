import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSections } from '../filters/filter-sections.tsx'
import { useViewState } from '../map-page.ts'
import { Panel } from '../panel.tsx'
import { Legend } from '../stage/legend.tsx'
import styles from './bottom-sheet.module.css'
import { heightOf, nearestStep, sheetSteps, type SheetStep } from './sheet-steps.ts'

/** Pixels of the legend above the folded sheet, where alone it has room. */
const legendHeight = 90

/** Pixels between the top bar and the foot of the window. */
function roomOf(sheet: HTMLElement | null): number {
  return sheet?.parentElement?.clientHeight ?? window.innerHeight
}

/** Everything that stands beside the map on a desk, in one sheet of three heights: dragged, or by keys on its handle. */
export function BottomSheet({ onHeight }: { onHeight: (pixels: number) => void }) {
  const t = useTranslations('map')
  const filters = useTranslations('filters')
  const { view } = useViewState()
  const [step, setStep] = useState<SheetStep>('peek')
  const [tab, setTab] = useState<'panel' | 'filters'>('panel')
  const [dragged, setDragged] = useState<number | null>(null)
  const start = useRef<{ y: number; height: number } | null>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const opened = view.selected?.id ?? view.list
  const [seen, setSeen] = useState<string | null>(null)

  // What is covered at full height cannot be kept free: the camera uses the map's part at half height.
  useEffect(() => {
    const height = heightOf(step === 'full' ? 'half' : step, roomOf(sheet.current))
    onHeight(step === 'peek' ? height + legendHeight : height)
  }, [step, onHeight])
  // Whatever was opened is shown: a case card under a closed sheet would be an answer nobody sees.
  if (opened !== seen) {
    setSeen(opened)
    if (opened !== null) setTab('panel')
    if (opened !== null && step === 'peek') setStep('half')
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    start.current = { y: event.clientY, height: sheet.current?.offsetHeight ?? 0 }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (start.current === null) return
    const height = start.current.height + start.current.y - event.clientY
    if (Math.abs(height - start.current.height) > 6) setDragged(height)
  }
  const onPointerUp = () => {
    if (dragged === null) setStep(step === 'peek' ? 'half' : step === 'half' ? 'full' : 'peek')
    else setStep(nearestStep(dragged, roomOf(sheet.current)))
    start.current = null
    setDragged(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const index = sheetSteps.indexOf(step)
    const next = { ArrowUp: index + 1, ArrowDown: index - 1, Home: 0, End: 2 }[event.key]
    if (next === undefined || sheetSteps[next] === undefined) return
    event.preventDefault()
    setStep(sheetSteps[next])
  }

  return (
    <div
      className={styles.place}
      data-step={step}
      ref={sheet}
      style={dragged === null ? undefined : { blockSize: dragged }}
    >
      <div className={styles.legend}>
        <Legend />
      </div>
      <section className={styles.sheet} id="panel" tabIndex={-1} aria-label={t('panel')}>
        <div
          role="slider"
          tabIndex={0}
          className={styles.grip}
          aria-label={t('sheet')}
          aria-orientation="vertical"
          aria-valuemin={0}
          aria-valuemax={2}
          aria-valuenow={sheetSteps.indexOf(step)}
          aria-valuetext={t('sheetStep', { step })}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => setDragged(null)}
          onKeyDown={onKeyDown}
        />
        <div className={styles.tabs} role="group" aria-label={t('panel')}>
          {(['panel', 'filters'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className={styles.tab}
              aria-pressed={tab === name}
              onClick={() => {
                setTab(name)
                if (step === 'peek') setStep('half')
              }}
            >
              {name === 'panel' ? t('overview') : filters('title')}
            </button>
          ))}
        </div>
        <div className={styles.content}>{tab === 'panel' ? <Panel /> : <FilterSections />}</div>
      </section>
    </div>
  )
}
