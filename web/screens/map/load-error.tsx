import { useTranslations } from 'use-intl'
import { AnswerError } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Loading } from './map-page.ts'

/** What did not load, why as far as the server said, and the way to ask again; nothing while all is well. */
export function LoadError({ what, loading }: { what: string; loading: Pick<Loading, 'failed' | 'retry'> }) {
  const t = useTranslations('map')
  const shell = useTranslations('shell')
  const { failed, retry } = loading
  if (failed === null) return null
  const told = failed instanceof AnswerError
  const said = told ? [failed.problem.detail, failed.problem.remedy].filter((text) => text !== undefined).join(' ') : ''
  const reason = told ? said || shell('errorAnswer', { status: String(failed.status) }) : shell('errorUnreachable')
  return (
    <Notice tone="danger" title={t('loadFailed', { what })} action={<Button onPress={retry}>{shell('retry')}</Button>}>
      {reason}
    </Notice>
  )
}
