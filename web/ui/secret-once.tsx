import { useRef, useState } from 'react'
import { defineMessages, useMessages } from '../i18n/messages.ts'
import { Button } from './button.tsx'
import styles from './secret-once.module.css'

const messages = defineMessages({
  zh: { copy: '复制', copied: '已复制。', select: '已选中，请按 Ctrl+C 复制。' },
  en: { copy: 'Copy', copied: 'Copied.', select: 'Selected: press Ctrl+C to copy it.' },
})

/** What is shown this once: a first password, a token. */
export function SecretOnce({ name, secret }: { name: string; secret: string }) {
  const t = useMessages(messages)
  const shown = useRef<HTMLElement>(null)
  const [outcome, setOutcome] = useState<'copied' | 'select'>()
  const copy = async () => {
    // Browsers have a clipboard for pages under TLS and of this machine alone.
    try {
      await navigator.clipboard.writeText(secret)
      setOutcome('copied')
    } catch {
      if (shown.current !== null) getSelection()?.selectAllChildren(shown.current)
      setOutcome('select')
    }
  }
  return (
    <div className={styles.secret}>
      <span>{name}</span>
      <code ref={shown}>{secret}</code>
      <Button onPress={() => void copy()}>{t('copy')}</Button>
      <output>{outcome === undefined ? '' : t(outcome)}</output>
    </div>
  )
}
