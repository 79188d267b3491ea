import { Component, type ReactNode } from 'react'

const secondsUntilReload = 30

/** Nobody is there to press “reload”: a wall that failed to draw says so and begins again by itself. */
export class SelfRepair extends Component<{ notice: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  private timer = 0

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    this.timer = window.setTimeout(() => window.location.reload(), secondsUntilReload * 1000)
  }

  override componentWillUnmount() {
    window.clearTimeout(this.timer)
  }

  override render() {
    return this.state.failed ? this.props.notice : this.props.children
  }
}
