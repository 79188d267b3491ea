import { Component, type ReactNode } from 'react'

const secondsUntilReload = 30

/**
 * Nobody is there to press “reload”: a wall that failed to draw, or whose code could not be had from a server that was
 * just restarting, says so and begins again by itself as soon as there is something to begin with.
 */
export class SelfRepair extends Component<{ notice: ReactNode; children: ReactNode }, { failed: boolean }> {
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

/** A page that reloads while the server is away is replaced by the browser's own error page. */
async function reloadWhenServed(): Promise<void> {
  try {
    const response = await fetch('/', { cache: 'no-store' })
    if (response.ok) window.location.reload()
  } catch {
    // Not there yet: the next round asks again.
  }
}
