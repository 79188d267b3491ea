import type { Figures } from '@minqing/data/domain/figure-answers'
import {
  type FigureDivision,
  figureDivisions,
  type FigureName,
  figureOf,
  type FigureValue,
} from '@minqing/data/domain/figures'
import { useMemo, useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Notice } from '../../ui/notice.tsx'
import { Labelled, Section } from '../../ui/section.tsx'
import { TableFrame } from '../../ui/table-frame.tsx'
import { groupName } from './group-name.ts'
import { CountLink, useFigureText } from './figure-number.tsx'
import styles from './figures.module.css'
import { messages } from './messages.ts'
import type { ChangeFigures } from './use-figure-view.ts'

/** Those that are compared between groups; the list of each number has the others' cases as well. */
const compared = [
  'reported',
  'accepted',
  'completion',
  'due_on_time',
  'overdue',
  'response',
  'solved',
  'satisfaction',
] as const satisfies readonly FigureName[]
type Compared = (typeof compared)[number]

const divisionNames = { area: 'byArea', type: 'byType', channel: 'byChannel', unit: 'byUnit' } as const

type Row = { key: string; name: string; values: Map<FigureName, FigureValue> }

/** The period's cases by area, type, channel or unit; never by person. */
export function Groups({ figures, by, change }: { figures: Figures; by: FigureDivision; change: ChangeFigures }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const text = useFigureText()
  const [sort, setSort] = useState<{ by: Compared; down: boolean }>({ by: 'reported', down: true })
  const rows = useMemo(() => {
    const all: Row[] = figures.groups.map((group) => ({
      key: group.key,
      name: group.name ?? groupName(by, group.key, language, t('none')),
      values: new Map(group.figures.map((value) => [value.figure, value])),
    }))
    return sorted(all, sort)
  }, [figures, by, sort, t, language])
  const longest = Math.max(...rows.map(({ values }) => values.get(sort.by)?.value ?? 0), 0)
  return (
    <Section title={t('groups')} text={t('sortBy')}>
      <div className={styles.division}>
        <Labelled name={t('by')}>
          <select
            value={by}
            onChange={({ target }) => change({ by: figureDivisions.find((one) => one === target.value) ?? 'area' })}
          >
            {figureDivisions.map((division) => (
              <option key={division} value={division}>
                {t(divisionNames[division])}
              </option>
            ))}
          </select>
        </Labelled>
      </div>
      {rows.length === 0 ? (
        <Notice title={t('noGroups')} />
      ) : (
        <TableFrame className={styles.frame} name={t('groups')}>
          <table className={styles.table} data-wide>
            <thead>
              <tr>
                <th scope="col">{t('group')}</th>
                {compared.map((figure) => (
                  <th
                    key={figure}
                    scope="col"
                    className={styles.number}
                    aria-sort={sort.by === figure ? (sort.down ? 'descending' : 'ascending') : 'none'}
                  >
                    <button
                      type="button"
                      onClick={() => setSort({ by: figure, down: sort.by === figure ? !sort.down : true })}
                    >
                      {figureOf(figure).label[language]}
                      <span aria-hidden="true">{sort.by === figure ? (sort.down ? ' ↓' : ' ↑') : ''}</span>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, name, values }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {compared.map((figure) => {
                    const value = values.get(figure)
                    if (value === undefined) return null
                    const isRate = figureOf(figure).unit === 'rate'
                    return (
                      <td key={figure} className={styles.number}>
                        {isRate && <span className={styles.rate}>{text(value)}</span>}
                        <CountLink
                          figure={figure}
                          part="numerator"
                          count={value.numerator}
                          group={{ key, name }}
                          change={change}
                        />
                        {isRate && value.denominator !== null && (
                          <>
                            {' / '}
                            <CountLink
                              figure={figure}
                              part="denominator"
                              count={value.denominator}
                              group={{ key, name }}
                              change={change}
                            />
                          </>
                        )}
                        {figure === sort.by && longest > 0 && (
                          <span className={styles.track} aria-hidden="true">
                            <span style={{ inlineSize: `${((value.value ?? 0) / longest) * 100}%` }} />
                          </span>
                        )}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </TableFrame>
      )}
    </Section>
  )
}

/** What is not known comes last in either order. */
function sorted(rows: readonly Row[], { by, down }: { by: Compared; down: boolean }): Row[] {
  const sign = down ? -1 : 1
  return rows.toSorted((one, other) => {
    const [left, right] = [one.values.get(by)?.value ?? null, other.values.get(by)?.value ?? null]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (left - right)
  })
}
