import { Component, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { defineMessages, useMessages } from '../i18n/messages.ts'
import { Button } from '../ui/button.tsx'
import { basicMessages } from '../ui/basic-messages.ts'
import { PageNotice } from '../ui/notice.tsx'

const messages = defineMessages({
  zh: {
    notFoundTitle: '页面不存在',
    notFoundText: '没有找到“{path}”。请检查链接，或返回地图。',
    crashTitle: '页面出现错误',
    crashText: '页面发生意外错误，数据未受影响。请重新加载；如再次出现，请将下方信息提供给管理员。',
    outdatedTitle: '系统已更新',
    outdatedText: '服务器已升级到新版本，请重新加载后继续使用。',
    reload: '重新加载',
  },
  en: {
    notFoundTitle: 'Page not found',
    notFoundText: 'There is no page at “{path}”. Check the link or go back to the map.',
    crashTitle: 'Something went wrong',
    crashText:
      'An unexpected error occurred on this page. No data was lost. Reload the page; if it happens again, send the line below to your administrator.',
    outdatedTitle: 'A new version is available',
    outdatedText: 'The server has been updated. Reload the page to continue.',
    reload: 'Reload page',
  },
})

/** Shown while the code of a screen is being loaded. */
export function Loading() {
  return <PageNotice text={useMessages(basicMessages)('loading')} />
}

export function NotFound() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const [path] = useLocation()
  return (
    <PageNotice title={t('notFoundTitle')} text={t('notFoundText', { path })}>
      <Link href="/">{basic('toMap')}</Link>
    </PageNotice>
  )
}

/** Shows what happened and offers to reload when a screen throws while it renders. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    return this.state.error === null ? this.props.children : <Crash error={this.state.error} />
  }
}

function Crash({ error }: { error: Error }) {
  const t = useMessages(messages)
  const outdated = isOutdated(error)
  return (
    <PageNotice
      alert
      title={t(outdated ? 'outdatedTitle' : 'crashTitle')}
      text={t(outdated ? 'outdatedText' : 'crashText')}
    >
      {!outdated && <code>{`${error.name}: ${error.message}`}</code>}
      <Button kind="primary" onPress={() => location.reload()}>
        {t('reload')}
      </Button>
    </PageNotice>
  )
}

/** Whether a script of an earlier release was requested that the server no longer has. */
function isOutdated(error: Error) {
  return /dynamically imported module|Importing a module script failed|preload/i.test(error.message)
}
