import { useMessages } from '../i18n/messages.ts'
import { basicMessages } from './basic-messages.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { useErrorText } from './use-error-text.ts'

/** What failed, why, and a button to try again; nothing where nothing failed. */
export function Failure({ title, error, onRetry }: { title: string; error: Error | null; onRetry?: () => void }) {
  const basic = useMessages(basicMessages)
  const errorText = useErrorText()
  if (error === null) return null
  const action = onRetry === undefined ? undefined : <Button onPress={onRetry}>{basic('retry')}</Button>
  return (
    <Notice tone="danger" title={title} action={action}>
      {errorText(error)}
    </Notice>
  )
}
