import { homeTimeZone } from '@minqing/data/domain/instant'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { IntlProvider } from 'use-intl'
import { createQueryClient } from '../api/query-client.ts'
import { LanguageContext, useLanguageParameter } from '../i18n/language.ts'
import { translatorFor } from '../i18n/messages.ts'
import { useThemeAttribute } from '../theme/theme.ts'
import { loadMessages, type Messages } from './messages/load.ts'
import { basicMessages } from '../ui/basic-messages.ts'
import { ErrorBoundary } from './pages.tsx'
import { Router } from './router.tsx'

const queryClient = createQueryClient()

/** What every screen needs: language, theme, query client and error boundary. */
export function App({ firstMessages }: { firstMessages: Messages }) {
  const [language] = useLanguageParameter()
  const [catalogue, setCatalogue] = useState({ language, messages: firstMessages })
  useThemeAttribute()

  useEffect(() => {
    if (catalogue.language === language) return
    let current = true
    void loadMessages(language).then((messages) => current && setCatalogue({ language, messages }))
    return () => {
      current = false
    }
  }, [language, catalogue.language])

  useEffect(() => {
    document.documentElement.lang = catalogue.language === 'zh' ? 'zh-CN' : 'en'
    document.title = translatorFor(basicMessages, catalogue.language)('product')
  }, [catalogue])

  return (
    <LanguageContext value={catalogue.language}>
      <IntlProvider locale={catalogue.language} messages={catalogue.messages} timeZone={homeTimeZone}>
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <Router />
          </QueryClientProvider>
        </ErrorBoundary>
      </IntlProvider>
    </LanguageContext>
  )
}
