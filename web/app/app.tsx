import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useLayoutEffect } from 'react'
import { useRoute } from 'wouter'
import { createQueryClient } from '../api/query-client.ts'
import { useMay } from '../api/session.ts'
import { useRefetchOfChanged } from '../api/status.ts'
import { LanguageContext, useLanguageParameter } from '../i18n/language.ts'
import { translatorFor } from '../i18n/messages.ts'
import { SignInGate } from '../screens/sign-in/sign-in-gate.tsx'
import { useThemeAttribute } from '../theme/theme.ts'
import { basicMessages } from '../ui/basic-messages.ts'
import { ErrorBoundary, Loading } from './pages.tsx'
import { Router } from './router.tsx'

const queryClient = createQueryClient()

const ReceiptScreen = lazy(async () => ({
  default: (await import('../screens/receipt/receipt-screen.tsx')).ReceiptScreen,
}))

/** A component of its own, so that an answer renders nothing else. */
function RefetchOfChanged() {
  const [isWall] = useRoute('/wall')
  const mayStatus = useMay('read', 'service')
  useRefetchOfChanged(isWall || !mayStatus ? 'wall' : 'status')
  return null
}

/** All of them are for who has signed in, but that for who reported a case. */
function Screens() {
  const [isReceipt] = useRoute('/r')
  if (isReceipt)
    return (
      <Suspense fallback={<Loading />}>
        <ReceiptScreen />
      </Suspense>
    )
  return (
    <SignInGate>
      <RefetchOfChanged />
      <Router />
    </SignInGate>
  )
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
          <Screens />
        </QueryClientProvider>
      </ErrorBoundary>
    </LanguageContext>
  )
}
