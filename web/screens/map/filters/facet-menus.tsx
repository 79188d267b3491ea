import { type FacetName, facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { Risk } from '@minqing/data/domain/risk'
import { useLanguage } from '../../../i18n/language.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import { useCounts, useViewState } from '../map-page.ts'
import { type ChoiceGroup, facetChoices, toggled } from './facet-choices.ts'
import styles from './filters.module.css'
import { messages } from './messages.ts'

/** The facets as menus above the bar. */
export function FacetMenus() {
  const { view } = useViewState()
  return (
    <div className={styles.menus}>
      {facetNames.map((name) => (
        <Popover
          key={name}
          side="above"
          active={view[name].length > 0}
          trigger={
            <>
              <FacetTitle name={name} />
              <Icon name="down" size={12} />
            </>
          }
        >
          <FacetChoices name={name} />
        </Popover>
      ))}
    </div>
  )
}

/** The facets as sections that unfold. */
export function FacetSections() {
  return facetNames.map((name) => (
    <details key={name} className={styles.section}>
      <summary className={styles.summary}>
        <FacetTitle name={name} />
      </summary>
      <FacetChoices name={name} />
    </details>
  ))
}

/** The facet's title, with how many codes are chosen. */
function FacetTitle({ name }: { name: FacetName }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { view } = useViewState()
  const count = view[name].length
  const title = facetOf(name).title[language]
  return count > 0 ? t('selected', { name: title, count: String(count) }) : title
}

/** Check boxes of a facet's codes, with how many incidents each would leave; a group has a box of its own. */
function FacetChoices({ name }: { name: FacetName }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const { view, change } = useViewState()
  const { tally } = useCounts()
  const groups = facetChoices(name, view, tally, language)
  const chosen: readonly string[] = view[name]
  if (groups.length === 0) return <p className={styles.none}>{t('none')}</p>
  return (
    <fieldset className={styles.facet}>
      <legend className={styles.legend}>{facetOf(name).title[language]}</legend>
      {groups.map((group) => (
        <Group
          key={group.key}
          name={name}
          group={group}
          chosen={chosen}
          toggle={(codes) => change({ [name]: toggled(name, chosen, codes) })}
        />
      ))}
      <button
        type="button"
        className={styles.clear}
        disabled={chosen.length === 0}
        onClick={() => change({ [name]: [] })}
      >
        {t('clear')}
      </button>
    </fieldset>
  )
}

function Group(props: {
  name: FacetName
  group: ChoiceGroup
  chosen: readonly string[]
  toggle: (codes: readonly string[]) => void
}) {
  const { name, group, chosen, toggle } = props
  const formats = useFormats()
  // All of them, so that the group has its one name whichever of its codes have incidents.
  const { codes } = group
  const all = codes.every((code) => chosen.includes(code))
  const some = !all && codes.some((code) => chosen.includes(code))
  return (
    <>
      {group.label !== null && (
        <label className={styles.group}>
          <input
            type="checkbox"
            checked={all}
            ref={(input) => {
              if (input !== null) input.indeterminate = some
            }}
            onChange={() => toggle(codes)}
          />
          <span>{group.label}</span>
          <span className={styles.count}>
            {formats.count(group.choices.reduce((sum, { count }) => sum + count, 0))}
          </span>
        </label>
      )}
      {group.choices.map(({ code, label, count }) => (
        <label key={code} className={styles.choice} data-nested={group.label !== null || undefined}>
          <input type="checkbox" checked={chosen.includes(code)} onChange={() => toggle([code])} />
          {/* A risk's letter stands beside its colour. */}
          {name === 'risk' ? <RiskMark risk={code as Risk} named /> : <span>{label}</span>}
          <span className={styles.count}>{formats.count(count)}</span>
        </label>
      ))}
    </>
  )
}
