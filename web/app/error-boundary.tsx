import { Component, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import styles from './notice.module.css'

/** A chunk of an older release that the server no longer has: reloading brings the new one. */
function isOutdated(error: Error) {
  return /dynamically imported module|Importing a module script failed|preload/i.test(error.message)
}

function Crash({ error }: { error: Error }) {
  const t = useTranslations('shell')
  const outdated = isOutdated(error)
  return (
    <main className={styles.page} role="alert">
      <h1 className={styles.title}>{t(outdated ? 'outdatedTitle' : 'crashTitle')}</h1>
      <p className={styles.quiet}>{t(outdated ? 'outdatedText' : 'crashText')}</p>
      {!outdated && <code className={styles.code}>{`${error.name}: ${error.message}`}</code>}
      <Button kind="primary" onPress={() => location.reload()}>
        {t('reload')}
      </Button>
    </main>
  )
}

/** The net under every screen: says what happened and offers the way back. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    return this.state.error === null ? this.props.children : <Crash error={this.state.error} />
  }
}
