import { ReceiptCode } from '@minqing/data/domain/intake'
import { type FormEvent, useEffect, useState } from 'react'
import { AnswerError } from '../../api/fetch.ts'
import { type Progress, useProgress, useRate } from '../../api/intake.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Preferences } from '../../ui/preferences.tsx'
import { Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { useFormats } from '../../ui/use-formats.ts'
import { messages } from './messages.ts'
import styles from './receipt.module.css'

/** `/r#<code>`: how far a case has come, for whoever holds its receipt. The code stays in the fragment, which is never sent. */
export function ReceiptScreen() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const errorText = useErrorText()
  const { mutate: ask, ...progress } = useProgress()
  const [code, setCode] = useState(() => location.hash.slice(1))
  useEffect(() => {
    const given = location.hash.slice(1)
    if (given !== '') ask(given)
  }, [ask])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ReceiptCode.safeParse(code).success) ask(code)
  }
  const isUnknown = progress.error instanceof AnswerError && progress.error.status < 500
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <img src="/icon.svg" alt="" width="24" height="24" />
        <h1>{t('title')}</h1>
        <Preferences small={false} />
      </header>
      <main className={styles.main}>
        {progress.data === undefined && (
          <form className={styles.form} onSubmit={submit} aria-label={t('title')}>
            <TextField
              name={t('code')}
              hint={t('codeHint')}
              value={code}
              onText={setCode}
              required
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
            />
            <Button kind="primary" submit disabled={progress.isPending}>
              {progress.isPending ? basic('loading') : t('ask')}
            </Button>
          </form>
        )}
        {progress.error !== null && (
          <Notice tone="danger" title={t(isUnknown ? 'unknown' : 'failed')}>
            {errorText(progress.error)}
          </Notice>
        )}
        {progress.data !== undefined && <Case code={code} progress={progress.data} onRated={() => ask(code)} />}
      </main>
    </div>
  )
}

function Case({ code, progress, onRated }: { code: string; progress: Progress; onRated: () => void }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const formats = useFormats()
  const { number, mergedInto, type, status, unit, procedure, reportedAt, next, steps, mayRate, rating } = progress
  const facts = [
    [t('number'), number],
    [t('type'), type[language]],
    [t('reportedAt'), formats.dateTime(new Date(reportedAt))],
    ...(unit === '' ? [] : [[t('unit'), unit]]),
    ...(procedure === null ? [] : [[t('procedure'), t('procedures', { code: procedure })]]),
    ...(next === null
      ? []
      : [[t('next'), t('nextText', { label: next.label[language], time: formats.dateTime(new Date(next.dueAt)) })]]),
  ]
  return (
    <>
      <p className={styles.status}>{status[language]}</p>
      {mergedInto !== null && <Notice title={t('merged', { number: mergedInto })}>{t('mergedText')}</Notice>}
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {mayRate && <Rating code={code} onRated={onRated} />}
      {rating !== null && <Notice title={t('rated', { rating: t('ratings', { code: rating }) })} />}
      <Section title={t('steps')}>
        <ol className={styles.steps}>
          {steps.map(({ label, at, unit: responsible }, index) => (
            // Steps are only ever appended.
            <li key={index}>
              <time dateTime={at}>{formats.shortDateTime(new Date(at))}</time>
              <span>{label[language]}</span>
              <span className={styles.quiet}>{responsible}</span>
            </li>
          ))}
        </ol>
      </Section>
    </>
  )
}

const ratings = ['satisfied', 'fair', 'dissatisfied'] as const

function Rating({ code, onRated }: { code: string; onRated: () => void }) {
  const t = useMessages(messages)
  const errorText = useErrorText()
  const rate = useRate()
  return (
    <Section title={t('rate')} text={t('rateText')}>
      <div className={styles.ratings}>
        {ratings.map((rating) => (
          <Button
            key={rating}
            disabled={rate.isPending}
            onPress={() => rate.mutate({ code, rating }, { onSuccess: onRated })}
          >
            {t('ratings', { code: rating })}
          </Button>
        ))}
      </div>
      {rate.error !== null && <p role="alert">{errorText(rate.error)}</p>}
    </Section>
  )
}
