import type { ReactNode, Ref } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import type { Loading } from './map-page.ts'
import styles from './panel-parts.module.css'

const messages = defineMessages({
  zh: { back: '返回', failed: '{what}加载失败' },
  en: { back: 'Back', failed: '{what} could not be loaded' },
})

/** Title and subtitle of the panel, with a back button where it was opened from elsewhere. */
export function PanelHead({ title, note, onBack }: { title: ReactNode; note?: ReactNode; onBack?: () => void }) {
  const t = useMessages(messages)
  return (
    <header className={styles.head}>
      {onBack && (
        <Button kind="icon" label={t('back')} onPress={onBack}>
          <Icon name="back" />
        </Button>
      )}
      <div className={styles.headings}>
        <h1 className={styles.title}>{title}</h1>
        {note !== undefined && <p className={styles.note}>{note}</p>}
      </div>
    </header>
  )
}

type ScrollAreaProps = { label: string; ref?: Ref<HTMLDivElement>; divided?: boolean; children: ReactNode }

/** The scrolling part of the panel. It can be focused itself: while it loads, nothing inside it can. */
export function ScrollArea({ label, ref, divided = false, children }: ScrollAreaProps) {
  return (
    <div
      className={styles.scroll}
      data-divided={divided || undefined}
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling element must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      ref={ref}
    >
      {children}
    </div>
  )
}

/** One titled part of the panel; `aside` stands at the end of the title's line. */
export function PanelSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div className={styles.line}>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {aside !== undefined && <span className={styles.note}>{aside}</span>}
      </div>
      {children}
    </section>
  )
}

/** What could not be loaded, why, and a button to retry; nothing without a failure. */
export function LoadError({ what, loading }: { what: string; loading: Pick<Loading, 'failed' | 'retry'> }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const errorText = useErrorText()
  const { failed, retry } = loading
  if (failed === null) return null
  return (
    <Notice tone="danger" title={t('failed', { what })} action={<Button onPress={retry}>{basic('retry')}</Button>}>
      {errorText(failed)}
    </Notice>
  )
}
