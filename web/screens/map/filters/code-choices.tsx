import { useTranslations } from 'use-intl'
import type { Risk } from '@minqing/data/domain/risk'
import { RiskMark } from '../../../ui/risk-mark.tsx'
import { useFormats } from '../../../ui/use-formats.ts'
import type { ChoiceGroup, CodeFilter } from './choices.ts'
import styles from './code-choices.module.css'
import { useCodes } from './use-codes.ts'

/** Check boxes of one set of codes, with how many cases each would leave; a group has a box of its own. */
export function CodeChoices({ filter }: { filter: CodeFilter }) {
  const t = useTranslations('filters')
  const { groups, chosen, toggle, clear } = useCodes(filter)
  if (groups.length === 0) return <p className={styles.none}>{t('none')}</p>
  return (
    <fieldset className={styles.set}>
      <legend className={styles.legend}>{t(filter)}</legend>
      {groups.map((group) => (
        <Group key={group.key} filter={filter} group={group} chosen={chosen} toggle={toggle} />
      ))}
      <button type="button" className={styles.clear} disabled={chosen.length === 0} onClick={clear}>
        {t('clear')}
      </button>
    </fieldset>
  )
}

function Group({
  filter,
  group,
  chosen,
  toggle,
}: {
  filter: CodeFilter
  group: ChoiceGroup
  chosen: readonly string[]
  toggle: (codes: readonly string[]) => void
}) {
  const formats = useFormats()
  const codes = group.choices.map(({ code }) => code)
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
          {filter === 'risk' ? <RiskMark risk={code as Risk} named /> : <span>{label}</span>}
          <span className={styles.count}>{formats.count(count)}</span>
        </label>
      ))}
    </>
  )
}
