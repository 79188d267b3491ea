import { useQueryState } from 'nuqs'
import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react'
import { themeParser, type Theme } from './theme-parameter.ts'

const systemIsLight = window.matchMedia('(prefers-color-scheme: light)')

function onSystemChange(listener: () => void) {
  systemIsLight.addEventListener('change', listener)
  return () => systemIsLight.removeEventListener('change', listener)
}

/** The theme in force: what the address says, else what the system prefers. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [chosen, setChosen] = useQueryState('theme', themeParser)
  const system = useSyncExternalStore(onSystemChange, () => (systemIsLight.matches ? 'light' : 'dark'))
  return [chosen ?? system, (theme) => void setChosen(theme === system ? null : theme)]
}

/** Writes a chosen theme where the style sheets look for it. */
export function useThemeAttribute(): void {
  const [chosen] = useQueryState('theme', themeParser)
  useLayoutEffect(() => {
    if (chosen === null) delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
  }, [chosen])
}

/**
 * The theme of a screen that is dark until another is chosen. It stands where the style sheets look for it: `color-scheme`
 * on an element alone does not reach the colours, which are compiled to what the root says.
 */
export function useDarkByDefault(): Theme {
  const [chosen] = useQueryState('theme', themeParser)
  // After the layout effect above, which takes away what nobody chose.
  useEffect(() => {
    document.documentElement.dataset.theme = chosen ?? 'dark'
    return () => {
      if (chosen === null) delete document.documentElement.dataset.theme
    }
  }, [chosen])
  return chosen ?? 'dark'
}
