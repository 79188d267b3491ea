import type { SearchHit } from '@minqing/data/domain/summary'
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type KeyboardEvent as InputKeyboardEvent } from 'react'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { searchQuery } from '../../../api/collections.ts'
import { Button } from '../../../ui/button.tsx'
import { basicMessages } from '../../../ui/basic-messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import { usePlace } from '../map-page.ts'
import styles from './search.module.css'
import { messages } from './messages.ts'

/** A combobox (WAI-ARIA 1.2): arrow keys move through the results, Enter opens one, Escape clears. */
export function SearchBox({ small }: { small: boolean }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const client = useQueryClient()
  const { open, select, fit } = usePlace()
  const [text, setText] = useState('')
  const [expanded, setExpanded] = useState(false)
  const [highlighted, setHighlighted] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const list = useId()
  const searched = useDebounced(text.trim(), 150)
  const query = useQuery(searchQuery(searched, language))
  const hits = searched === '' ? [] : (query.data ?? [])
  const active = Math.max(0, Math.min(highlighted, hits.length - 1))
  const isCurrent = searched === text.trim() && query.isSuccess && !query.isPlaceholderData
  useShortcut('/', () => input.current?.focus())

  const go = (hit: SearchHit) => {
    setExpanded(false)
    setText('')
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

  /** Enter before the results have arrived opens the first of them, unless the text has changed by then. */
  const openFirst = async (entered: string) => {
    // An error is shown in the list, which has the same query.
    const [first] = await client.fetchQuery(searchQuery(entered, language)).catch((): SearchHit[] => [])
    if (first !== undefined && input.current?.value.trim() === entered) go(first)
  }

  const onKeyDown = (event: InputKeyboardEvent) => {
    const moves = new Map([
      ['ArrowDown', active + 1],
      ['ArrowUp', active - 1],
      ['Home', 0],
      ['End', hits.length - 1],
    ])
    const move = moves.get(event.key)
    if (event.key === 'Enter' && !isCurrent && text.trim() !== '') void openFirst(text.trim())
    else if (event.key === 'Enter' && hits[active] !== undefined) go(hits[active])
    else if (event.key === 'Escape') {
      if (text === '') input.current?.blur()
      setText('')
      setExpanded(false)
    } else if (move !== undefined && hits.length > 0) setHighlighted((move + hits.length) % hits.length)
    else return
    event.preventDefault()
  }

  const shown = expanded && text.trim() !== ''
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
        aria-label={t('search')}
        aria-keyshortcuts="/"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits.length > 0 ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        placeholder={t('searchPlaceholder')}
        title={t('searchShortcut')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setHighlighted(0)
          setExpanded(true)
        }}
        onFocus={() => setExpanded(true)}
        onKeyDown={onKeyDown}
      />
      {!small && text === '' && <kbd className={styles.key}>/</kbd>}
      {shown && (
        <SearchResults
          id={list}
          text={searched}
          hits={hits}
          active={active}
          query={query}
          onPick={go}
          onHover={setHighlighted}
        />
      )}
    </search>
  )
}

function SearchResults({
  id,
  text,
  hits,
  active,
  query,
  onPick,
  onHover,
}: {
  id: string
  text: string
  hits: SearchHit[]
  active: number
  query: UseQueryResult<SearchHit[]>
  onPick: (hit: SearchHit) => void
  onHover: (index: number) => void
}) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  return (
    <div className={styles.panel}>
      {/* Options are not focused: the input has the focus and names the active one. */}
      <ul id={id} role="listbox" aria-label={t('search')}>
        {hits.map((hit, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input's own keys choose
          <li
            key={`${hit.kind}:${hit.id}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.option}
            onPointerMove={() => onHover(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(hit)}
          >
            <span className={styles.kind}>{t('kind', { kind: hit.kind })}</span>
            <span className={styles.name}>{hit.name}</span>
            <span className={styles.detail}>{hit.detail}</span>
          </li>
        ))}
      </ul>
      <output className={styles.state}>
        {query.isError ? (
          <>
            {t('searchFailed')} <Button onPress={() => void query.refetch()}>{basic('retry')}</Button>
          </>
        ) : query.isPending || text === '' ? (
          t('searching')
        ) : hits.length > 0 ? (
          t('results', { count: hits.length })
        ) : (
          <>
            <strong>{t('noResultsTitle', { query: text })}</strong>
            <br />
            {t('noResultsText')}
          </>
        )}
      </output>
    </div>
  )
}

/** The value once it has not changed for `delay` milliseconds. */
function useDebounced<Value>(value: Value, delay: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay)
    return () => clearTimeout(timer)
  }, [value, delay])
  return settled
}

/** Calls `act` when a key is pressed outside of text fields. */
function useShortcut(key: string, act: () => void): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]')
      if (event.key !== key || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [key])
}
