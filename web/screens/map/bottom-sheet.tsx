import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { FilterSections } from './filters/filter-bar.tsx'
import { useViewState } from './map-page.ts'
import { Panel } from './panel.tsx'
import { Legend } from './stage/legend.tsx'
import styles from './bottom-sheet.module.css'

const messages = defineMessages({
  zh: {
    panel: '区域面板',
    height: '面板高度',
    step: '{step, select, peek {收起} half {半屏} other {全屏}}',
    overview: '概况',
    filters: '筛选',
  },
  en: {
    panel: 'Area panel',
    height: 'Panel height',
    step: '{step, select, peek {Collapsed} half {Half height} other {Full height}}',
    overview: 'Overview',
    filters: 'Filters',
  },
})

export const sheetSteps = ['peek', 'half', 'full'] as const
type SheetStep = (typeof sheetSteps)[number]

/** Pixels of the legend, which stands above the sheet at its lowest height only. */
const legendHeight = 90

/** Pixels between the top bar and the bottom of the window. */
function availableHeight(sheet: HTMLElement | null): number {
  return sheet?.parentElement?.clientHeight ?? window.innerHeight
}

/** Panel and filters of a small screen: a sheet of three heights, set by dragging or by arrow keys on its handle. */
export function BottomSheet({ onHeight }: { onHeight: (pixels: number) => void }) {
  const t = useMessages(messages)
  const { view } = useViewState()
  const [step, setStep] = useState<SheetStep>('peek')
  const [tab, setTab] = useState<'panel' | 'filters'>('panel')
  const [dragged, setDragged] = useState<number | null>(null)
  const start = useRef<{ y: number; height: number } | null>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const opened = view.selected?.id ?? view.list
  const [seen, setSeen] = useState<string | null>(null)

  // At full height the map is covered; the camera then fits into what is free at half height.
  useEffect(() => {
    const height = heightOf(step === 'full' ? 'half' : step, availableHeight(sheet.current))
    onHeight(step === 'peek' ? height + legendHeight : height)
  }, [step, onHeight])
  // Opening a card or a list raises the collapsed sheet, so that it is visible.
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
    else setStep(nearestStep(dragged, availableHeight(sheet.current)))
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
      className={styles.container}
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
          aria-label={t('height')}
          aria-orientation="vertical"
          aria-valuemin={0}
          aria-valuemax={2}
          aria-valuenow={sheetSteps.indexOf(step)}
          aria-valuetext={t('step', { step })}
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
              {name === 'panel' ? t('overview') : t('filters')}
            </button>
          ))}
        </div>
        <div className={styles.content}>{tab === 'panel' ? <Panel /> : <FilterSections />}</div>
      </section>
    </div>
  )
}

/** Pixels of the sheet at each step; `available` is the height below the top bar. The style sheet has the same values. */
export function heightOf(step: SheetStep, available: number): number {
  switch (step) {
    case 'peek':
      return Math.round(Math.min(256, available * 0.36))
    case 'half':
      return Math.round(available * 0.5)
    case 'full':
      return available - 8
  }
}

/** The step whose height is nearest. */
export function nearestStep(height: number, available: number): SheetStep {
  const distance = (step: SheetStep) => Math.abs(heightOf(step, available) - height)
  return sheetSteps.toSorted((a, b) => distance(a) - distance(b))[0]!
}
