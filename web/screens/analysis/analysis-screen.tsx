import { useQuery } from '@tanstack/react-query'
import { useMay } from '../../api/session.ts'
import { analysisResultQuery, analysisStateQuery, askQuery, goesOn, useCancelAnalysis } from '../../api/analyses.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { ScreenPage } from '../account/screen-page.tsx'
import styles from './analysis-screen.module.css'
import { messages } from './messages.ts'
import { QuestionForm } from './question-form.tsx'
import { ResultMap } from './result-map.tsx'
import { ResultPanel } from './result-panel.tsx'
import { useAnalysisView, useQuestion } from './use-question.ts'

/** Where incidents cluster, and whether that is more than chance: question, map and figures beside each other. */
export function AnalysisScreen() {
  const t = useMessages(messages)
  const mayAsk = useMay('create', 'analysis')
  return (
    <ScreenPage title={t('title')} fills={mayAsk}>
      {mayAsk ? <Analysis /> : <Notice title={t('closed')}>{t('closedText')}</Notice>}
    </ScreenPage>
  )
}

function Analysis() {
  const t = useMessages(messages)
  const [view, change] = useAnalysisView()
  const question = useQuestion(view)
  const asked = useQuery(askQuery(question))
  const id = asked.data?.id
  const state = useQuery({ ...analysisStateQuery(id), enabled: id !== undefined && goesOn(asked.data) })
  const current = state.data ?? asked.data
  const result = useQuery(analysisResultQuery(current?.state === 'done' ? id : undefined))
  const error = asked.error ?? state.error ?? result.error
  const isRunning = error === null && question !== null && result.data === undefined && current?.state !== 'cancelled'
  return (
    <div className={styles.screen}>
      <div className={styles.question}>
        <QuestionForm key={JSON.stringify(question)} view={view} change={change} />
      </div>
      <ResultMap
        result={result.data}
        view={view}
        onSelect={(selected) => change({ selected })}
        onShow={(show) => change({ show })}
      />
      <section className={styles.panel} aria-label={t('results')}>
        {error !== null && <Failed error={error} />}
        {isRunning && <Running id={id} progress={current?.progress ?? 0} />}
        {current?.state === 'cancelled' && <Notice title={t('cancelled')}>{t('cancelledText')}</Notice>}
        {question === null && <Notice title={t('start')}>{t('startText')}</Notice>}
        {result.data !== undefined && (
          <ResultPanel result={result.data} robustness={current?.robustness ?? null} view={view} change={change} />
        )}
      </section>
    </div>
  )
}

function Running({ id, progress }: { id: string | undefined; progress: number }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const cancel = useCancelAnalysis()
  const percent = formats.percent(progress)
  return (
    <div className={styles.running}>
      <output>{t('running', { percent })}</output>
      <progress value={progress} max={1} aria-label={t('running', { percent })} />
      <Button disabled={id === undefined || cancel.isPending} onPress={() => id !== undefined && cancel.mutate(id)}>
        {t('cancel')}
      </Button>
    </div>
  )
}

function Failed({ error }: { error: Error }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const errorText = useErrorText()
  return (
    <Notice
      tone="danger"
      title={t('failed')}
      action={<Button onPress={() => location.reload()}>{basic('retry')}</Button>}
    >
      {errorText(error)}
    </Notice>
  )
}
