import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react'

export const themes = ['dark', 'light'] as const
export type Theme = (typeof themes)[number]

/** URL parameter `theme`; absent: what the system prefers. */
export const themeParser = parseAsStringLiteral(themes).withOptions({ history: 'replace' })

const systemIsLight = () => window.matchMedia('(prefers-color-scheme: light)')

function onSystemChange(listener: () => void) {
  const query = systemIsLight()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** The theme in force: what the URL says, else what the system prefers. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [chosen, setChosen] = useQueryState('theme', themeParser)
  const system = useSyncExternalStore(onSystemChange, () => (systemIsLight().matches ? 'light' : 'dark'))
  return [chosen ?? system, (theme) => void setChosen(theme === system ? null : theme)]
}

/** Sets the attribute that the style sheets read to the chosen theme. */
export function useThemeAttribute(): void {
  const [chosen] = useQueryState('theme', themeParser)
  useLayoutEffect(() => {
    if (chosen === null) delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
  }, [chosen])
}

/**
 * The theme of a screen that is dark unless the URL says otherwise. It is set on the root element: `color-scheme` on a
 * descendant does not change the colours, which are compiled to what the root says.
 */
export function useDarkByDefault(): Theme {
  const [chosen] = useQueryState('theme', themeParser)
  // Runs after the layout effect above, which removes the attribute.
  useEffect(() => {
    document.documentElement.dataset.theme = chosen ?? 'dark'
    return () => {
      if (chosen === null) delete document.documentElement.dataset.theme
    }
  }, [chosen])
  return chosen ?? 'dark'
}
