import { Component, lazy, type ReactNode } from 'react'
import { isServed } from '../../api/fetch.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { PageNotice } from '../../ui/notice.tsx'

const messages = defineMessages({
  zh: { broken: '大屏显示失败，30 秒后自动重新加载，无需操作。' },
  en: { broken: 'The wall could not be displayed; it reloads automatically in 30 seconds.' },
})

const WallScreen = lazy(async () => ({ default: (await import('./wall-screen.tsx')).WallScreen }))

/** The wall, and what is shown when it fails: part of the first chunk, because the wall's own may fail to load. */
export function WallRoute() {
  const t = useMessages(messages)
  return (
    <SelfRepair notice={<PageNotice text={t('broken')} />}>
      <WallScreen />
    </SelfRepair>
  )
}

const secondsUntilReload = 30

/**
 * Nobody is there to press “reload”: a wall that failed to draw, or whose code could not be had from a server that was
 * just restarting, says so and begins again by itself as soon as there is something to begin with.
 */
class SelfRepair extends Component<{ notice: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  private timer = 0

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    this.timer = window.setInterval(() => void reloadWhenServed(), secondsUntilReload * 1000)
  }

  override componentWillUnmount() {
    window.clearInterval(this.timer)
  }

  override render() {
    return this.state.failed ? this.props.notice : this.props.children
  }
}

async function reloadWhenServed(): Promise<void> {
  if (await isServed()) window.location.reload()
}
