import { languages, type Language } from '@minqing/data/domain/label'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { createContext, useContext } from 'react'

/** Chinese unless the URL names another language, so that a shared link opens in the language it was copied from. */
export const languageParser = parseAsStringLiteral(languages).withDefault('zh').withOptions({ history: 'replace' })

/** Provided once, by the root of the page. */
export const LanguageContext = createContext<Language>('zh')

/** The language of the page. */
export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** The language as the URL has it, and how to change it. */
export function useLanguageParameter(): [Language, (language: Language) => void] {
  const [language, setLanguage] = useQueryState('lang', languageParser)
  return [language, (next) => void setLanguage(next)]
}
