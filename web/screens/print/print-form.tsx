import { defaultPageSetup, type PageSetup } from '@minqing/data/domain/page-setup'
import { useState, type RefObject } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import type { MapHandle } from '../../map/map-inputs.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { stepFor } from './animation-frames.ts'
import { RadioGroup, TextLine } from './choices.tsx'
import { AnimationOptions } from './animation-options.tsx'
import { messages } from './messages.ts'
import { PagePreview } from './page-preview.tsx'
import styles from './print-form.module.css'
import { printAnimation } from './print-animation.ts'
import { printMap } from './print-map.ts'
import { PageOptions } from './print-options.tsx'
import { printSeries } from './print-series.ts'
import type { PrintedFile, PrintProgress, PrintRun, PrintSubject } from './print-subject.ts'
import { SeriesOptions, type SeriesChoice } from './series-options.tsx'
import { Templates } from './templates.tsx'
import { useFileRun, type FileRun } from './use-file-run.ts'

const kinds = ['page', 'series', 'animation'] as const
type Kind = (typeof kinds)[number]

/** Prints what a map shows: options beside a preview of the page. Stands in a dialog of the screen that shows the map. */
export function PrintForm({
  subject: given,
  map,
  onClose,
}: {
  subject: PrintSubject
  map: RefObject<MapHandle | null>
  onClose: () => void
}) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const language = useLanguage()
  const [kind, setKind] = useState<Kind>('page')
  const [setup, setSetup] = useState<PageSetup>(defaultPageSetup)
  const [title, setTitle] = useState(given.title)
  const [series, setSeries] = useState<SeriesChoice>(() => ({
    level: given.series.community.length > 0 ? 'community' : 'grid',
    binding: 'one',
  }))
  const [step, setStep] = useState(() => (given.time === null ? 'week' : stepFor(given.time)))
  const { state, start, cancel } = useFileRun<PrintProgress>()
  const stateText = useStateText(state)
  const working = state.kind === 'working'
  const subject = { ...given, title }
  const change = (part: Partial<PageSetup>) => setSetup({ ...setup, ...part })
  const missing = missingFor(kind, given)

  const print = async (run: PrintRun): Promise<PrintedFile> => {
    if (map.current === null) throw new Error(t('mapMissing'))
    const now = new Date()
    switch (kind) {
      case 'page':
        return printMap(map.current, setup, subject, run, now)
      case 'series': {
        const choice = { areas: given.series[series.level], binding: series.binding }
        return printSeries(map.current, setup, subject, choice, run, now)
      }
      case 'animation':
        if (given.time === null) throw new Error(t('noTime'))
        return printAnimation(map.current, setup, subject, { time: given.time, step }, run, now)
    }
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void start({ stage: 'loading' }, (run) => print({ ...run, t, language }))
      }}
    >
      <PagePreview map={map} setup={setup} subject={subject} />
      <fieldset className={styles.options} disabled={working}>
        <RadioGroup
          legend={t('kind')}
          values={kinds}
          value={kind}
          label={(value) => t(`kinds.${value}`)}
          onChange={setKind}
        />
        <TextLine label={t('title')} value={title} most={60} required onChange={setTitle} />
        {kind === 'series' && missing === null ? (
          <SeriesOptions choice={series} change={setSeries} areas={given.series} format={setup.format} />
        ) : null}
        {kind === 'animation' && given.time !== null ? (
          <AnimationOptions time={given.time} step={step} change={setStep} />
        ) : null}
        {missing === null ? null : <Notice title={t(missing)} />}
        <PageOptions setup={setup} change={change} withFormat={kind !== 'animation'}>
          {given.streetCode === undefined ? null : <Templates street={given.streetCode} setup={setup} use={setSetup} />}
        </PageOptions>
      </fieldset>
      <div className={styles.end}>
        <output className={styles.state} data-state={state.kind}>
          {stateText}
        </output>
        {working ? (
          <Button onPress={cancel}>{basic('cancel')}</Button>
        ) : (
          <Button onPress={onClose}>{basic('close')}</Button>
        )}
        <Button kind="primary" submit disabled={working || missing !== null}>
          {t(`start.${kind}`)}
        </Button>
      </div>
    </form>
  )
}

/** Why a kind cannot be made of what is shown. */
function missingFor(kind: Kind, { series, time }: PrintSubject): 'noSeries' | 'noTime' | null {
  if (kind === 'series' && series.community.length + series.grid.length === 0) return 'noSeries'
  return kind === 'animation' && time === null ? 'noTime' : null
}

function useStateText(state: FileRun<PrintProgress>): string {
  const t = useMessages(messages)
  switch (state.kind) {
    case 'idle':
      return ''
    case 'working':
      return progressText(state.progress, t)
    case 'done':
      return t('done', { name: state.name })
    case 'cancelled':
      return t('cancelled')
    case 'failed':
      return failureText(state.error, t)
  }
}

function failureText(error: unknown, t: PrintRun['t']): string {
  if (error instanceof Error && error.name === 'NoVideoEncoder') return t('failedVideo')
  return t('failed', { reason: error instanceof Error ? error.message : String(error) })
}

function progressText(progress: PrintProgress, t: PrintRun['t']): string {
  switch (progress.stage) {
    case 'loading':
    case 'finishing':
      return t(`progress.${progress.stage}`)
    case 'drawing':
      return t('progress.drawing', { percent: String(Math.round(progress.share * 100)) })
    case 'pages':
    case 'frames':
      return t(`progress.${progress.stage}`, { done: String(progress.done), of: String(progress.of) })
  }
}
