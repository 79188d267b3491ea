import { useLocale, useTranslations } from 'use-intl'
import { AnswerError } from '../../api/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { onScreen } from './words/fields.ts'
import { useWords } from './words/use-words.ts'

/** What went wrong, why as far as the server said, and the way to try again. */
export function Failure({ title, error, onRetry }: { title: string; error: Error | null; onRetry?: () => void }) {
  const words = useWords()
  const shell = useTranslations('shell')
  const language = useLocale()
  if (error === null) return null
  const told = error instanceof AnswerError
  const said = told
    ? [error.problem.detail, error.problem.remedy]
        .filter((text) => text !== undefined)
        .join(language === 'zh' ? '。' : '. ')
    : ''
  const reason = told ? said || shell('errorAnswer', { status: String(error.status) }) : words.unreachable
  const action = onRetry === undefined ? undefined : <Button onPress={onRetry}>{words.retry}</Button>
  return (
    <Notice tone="danger" title={title} action={action}>
      {onScreen(reason, language)}
    </Notice>
  )
}
