import type { Language } from '@minqing/data/domain/label'
import { AnswerError } from '../api/fetch.ts'
import { useLanguage } from '../i18n/language.ts'
import { defineMessages, translatorFor } from '../i18n/messages.ts'

const messages = defineMessages({
  zh: {
    unreachable: '无法连接服务器，请检查网络或稍后重试。',
    status: '服务器返回错误（{status}），请重试；如再次出现，请联系管理员。',
  },
  en: {
    unreachable: 'The server cannot be reached. Check your network connection or try again later.',
    status: 'The server returned an error ({status}). Try again; if it happens again, contact your administrator.',
  },
})

const stops = { zh: '。', en: '. ' }

/** Why a request failed and what to do about it: the server's own problem report where there is one. */
export function errorText(error: Error, language: Language): string {
  const t = translatorFor(messages, language)
  if (!(error instanceof AnswerError)) return t('unreachable')
  const { detail, remedy } = error.problem
  const sentences = [detail, remedy].filter((text) => text !== undefined && text !== '')
  return sentences.length === 0 ? t('status', { status: String(error.status) }) : sentences.join(stops[language])
}

export function useErrorText(): (error: Error) => string {
  const language = useLanguage()
  return (error) => errorText(error, language)
}
