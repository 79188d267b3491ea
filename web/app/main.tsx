import '../ui/tokens.css'
import '../ui/base.css'
import { NuqsAdapter } from 'nuqs/adapters/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { watchInputs } from '../api/presence.ts'
import { loadBundledFont } from '../map/bundled-font.ts'
import { App } from './app.tsx'

watchInputs(window)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <NuqsAdapter>
      <App />
    </NuqsAdapter>
  </StrictMode>,
)

// After the first paint: the style sheet of the bundled font is large, and most systems have a font of their own.
requestIdleCallback(() => void loadBundledFont())
