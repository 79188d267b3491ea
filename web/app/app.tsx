import { QueryClientProvider } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { useRoute } from 'wouter'
import { createQueryClient } from '../api/query-client.ts'
import { useMay } from '../api/session.ts'
import { useRefetchOfChanged } from '../api/status.ts'
import { LanguageContext, useLanguageParameter } from '../i18n/language.ts'
import { translatorFor } from '../i18n/messages.ts'
import { SignInGate } from '../screens/sign-in/sign-in-gate.tsx'
import { useThemeAttribute } from '../theme/theme.ts'
import { basicMessages } from '../ui/basic-messages.ts'
import { ErrorBoundary } from './pages.tsx'
import { Router } from './router.tsx'

const queryClient = createQueryClient()

/** A component of its own, so that an answer renders nothing else. */
function RefetchOfChanged() {
  const [isWall] = useRoute('/wall')
  const mayStatus = useMay('read', 'service')
  useRefetchOfChanged(isWall || !mayStatus ? 'wall' : 'status')
  return null
}

/** What every screen needs: language, theme, query client and error boundary. */
export function App() {
  const [language] = useLanguageParameter()
  useThemeAttribute()
  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.title = translatorFor(basicMessages, language)('product')
  }, [language])

  return (
    <LanguageContext value={language}>
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <SignInGate>
            <RefetchOfChanged />
            <Router />
          </SignInGate>
        </QueryClientProvider>
      </ErrorBoundary>
    </LanguageContext>
  )
}
