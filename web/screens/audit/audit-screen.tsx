import { useMay } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Notice } from '../../ui/notice.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { useAuditFilter } from './audit-filter.ts'
import { Chain } from './chain.tsx'
import { Entries } from './entries.tsx'
import { Filters } from './filters.tsx'
import { messages } from './messages.ts'

/** Who did what, when, from where and with what result: searched, verified and exported. The start of auditors. */
export function AuditScreen() {
  const t = useMessages(messages)
  const mayRead = useMay('read', 'audit')
  const hasMap = useMay('read', 'incident')
  return (
    <ScreenPage title={t('title')} wide isHome={mayRead && !hasMap}>
      {mayRead ? <Trail /> : <Notice title={t('closed')}>{t('closedText')}</Notice>}
    </ScreenPage>
  )
}

function Trail() {
  const { filter, change, search } = useAuditFilter()
  return (
    <>
      <Chain />
      <Filters filter={filter} change={change} search={search} />
      <Entries key={JSON.stringify(search)} search={search} change={change} />
    </>
  )
}
