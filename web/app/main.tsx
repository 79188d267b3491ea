import '../ui/tokens.css'
import '../ui/base.css'
import { NuqsAdapter } from 'nuqs/adapters/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadBundledFont } from '../map/bundled-font.ts'
import { App } from './app.tsx'
import { languageParser } from '../i18n/language.ts'
import { loadMessages } from './messages/load.ts'

// The catalogue is one small file; waiting for it here saves every component from a state without words.
const messages = await loadMessages(
  languageParser.parseServerSide(new URLSearchParams(location.search).get('lang') ?? undefined),
)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <NuqsAdapter>
      <App firstMessages={messages} />
    </NuqsAdapter>
  </StrictMode>,
)

// After the first paint: the style sheet of the bundled font is large, and most systems bring their own.
requestIdleCallback(() => void loadBundledFont())
