import { languages, type Language } from '@minqing/data/domain/label'
import { parseAsStringLiteral, useQueryState } from 'nuqs'

/** Chinese unless the address says otherwise: a link opens for the colleague as it was seen. */
export const languageParser = parseAsStringLiteral(languages).withDefault('zh').withOptions({ history: 'replace' })

export function useLanguage(): [Language, (language: Language) => void] {
  const [language, setLanguage] = useQueryState('lang', languageParser)
  return [language, (next) => void setLanguage(next)]
}

/** The same, before React runs. */
export function languageOf(search: string): Language {
  return languageParser.parse(new URLSearchParams(search).get('lang') ?? '') ?? 'zh'
}
