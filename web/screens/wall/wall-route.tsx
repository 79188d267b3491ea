import { lazy } from 'react'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { PageNotice } from '../../ui/notice.tsx'
import { SelfRepair } from './self-repair.tsx'

const messages = defineMessages({
  zh: { broken: '大屏显示失败，30 秒后自动重新加载，无需操作。' },
  en: { broken: 'The wall could not be displayed; it reloads automatically in 30 seconds.' },
})

const WallScreen = lazy(async () => ({ default: (await import('./wall-screen.tsx')).WallScreen }))

/** The wall with its net: small, and in the first chunk, because it must work when the wall's own could not be had. */
export function WallRoute() {
  const t = useMessages(messages)
  return (
    <SelfRepair notice={<PageNotice text={t('broken')} />}>
      <WallScreen />
    </SelfRepair>
  )
}
