import type { SearchHit } from '@minqing/data/domain/summary'
import { useQuery } from '@tanstack/react-query'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { searchQuery } from '../../../api/search.ts'
import { Icon } from '../../../ui/icon.tsx'
import { usePlace } from '../map-page.ts'
import styles from './search-box.module.css'
import { SearchResults } from './search-results.tsx'
import { useDebounced } from './use-debounced.ts'
import { useShortcut } from './use-shortcut.ts'

/** Combobox (WAI-ARIA 1.2): the arrows walk through what was found, Enter goes there, Escape clears. */
export function SearchBox({ small }: { small: boolean }) {
  const t = useTranslations('search')
  const language = useLocale()
  const { open, select, fit } = usePlace()
  const [words, setWords] = useState('')
  const [expanded, setExpanded] = useState(false)
  const [pointed, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const asked = useDebounced(words.trim(), 150)
  const query = useQuery(searchQuery(asked, language))
  const hits = asked === '' ? [] : (query.data ?? [])
  const active = Math.max(0, Math.min(pointed, hits.length - 1))
  useShortcut('/', () => input.current?.focus())

  const go = (hit: SearchHit) => {
    setExpanded(false)
    setWords('')
    input.current?.blur()
    switch (hit.kind) {
      case 'area':
        return open(hit.id)
      case 'building':
      case 'facility':
      case 'incident':
        select({ kind: hit.kind, id: hit.id })
        return fit(hit.bbox)
      case 'road':
        return fit(hit.bbox)
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: hits.length - 1 }
    const move = moves[event.key]
    if (event.key === 'Enter' && hits[active] !== undefined && asked === words.trim()) go(hits[active])
    else if (event.key === 'Escape') {
      if (words === '') input.current?.blur()
      setWords('')
      setExpanded(false)
    } else if (move !== undefined && hits.length > 0) setActive((move + hits.length) % hits.length)
    else return
    event.preventDefault()
  }

  const shown = expanded && words.trim() !== ''
  return (
    <search
      className={styles.search}
      data-small={small || undefined}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setExpanded(false)
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        className={styles.input}
        role="combobox"
        aria-label={t('label')}
        aria-keyshortcuts="/"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits.length > 0 ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        placeholder={t('placeholder')}
        title={t('shortcut')}
        value={words}
        onChange={(event) => {
          setWords(event.target.value)
          setActive(0)
          setExpanded(true)
        }}
        onFocus={() => setExpanded(true)}
        onKeyDown={onKeyDown}
      />
      {!small && words === '' && <kbd className={styles.key}>/</kbd>}
      {shown && (
        <SearchResults
          id={list}
          words={asked}
          hits={hits}
          active={active}
          query={query}
          onPick={go}
          onHover={setActive}
        />
      )}
    </search>
  )
}
