import { codeLength, levelOf } from '@minqing/data/domain/area-code'
import { useMemo, useState } from 'react'
import type { AreaFeature } from '../../../api/collections.ts'
import { useMessages } from '../../../i18n/messages.ts'
import { Skeleton } from '../../../ui/notice.tsx'
import { unknown, useFormats } from '../../../ui/use-formats.ts'
import { countsByArea, type Counts } from '../../../view/crossfilter.ts'
import { incidentLists, allStreetsCode } from '../../../view/parameters.ts'
import { useCounts, usePlace } from '../map-page.ts'
import { PanelSection } from '../panel-parts.tsx'
import styles from './area-children.module.css'
import { messages } from './messages.ts'

type SortKey = 'name' | keyof Counts
type AreaRow = Counts & { code: string; name: string }

const columns = ['name', 'total', 'open', 'overdue'] as const satisfies SortKey[]

/** The areas directly below as a table, with the incidents of the filter in each. */
export function AreaChildren({ area }: { area: string }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const { areas, open, loadingAreas } = usePlace()
  const { tally, places } = useCounts()
  const [sort, setSort] = useState<{ by: SortKey; descending: boolean }>({ by: 'total', descending: true })
  const level = area === allStreetsCode ? 'street' : levelOf(area) === 'street' ? 'community' : 'grid'
  const below = areas?.[({ street: 'streets', community: 'communities', grid: 'grids' } as const)[level]]
  const rows = useMemo(() => {
    const features = below?.features ?? []
    const counts = tally && places ? countsByArea(tally, places, codeLength[level]) : undefined
    return (features as AreaFeature[])
      .filter(({ properties }) => level === 'street' || properties.parentCode === area)
      .map(({ properties: { code, name } }) => ({
        code,
        name,
        ...(counts?.get(code) ?? { total: 0, open: 0, overdue: 0 }),
      }))
  }, [below, tally, places, area, level])
  if (level !== 'street' && levelOf(area) === 'grid') return null

  const labels: Record<SortKey, string> = {
    name: t('name'),
    total: t('incidents'),
    open: t('open'),
    overdue: t('overdue'),
  }
  const lists = { total: incidentLists[0], open: incidentLists[1], overdue: incidentLists[2] }
  return (
    <PanelSection
      title={t(level === 'street' ? 'streets' : level === 'community' ? 'communities' : 'grids')}
      aside={rows.length > 0 ? formats.count(rows.length) : undefined}
    >
      {areas === undefined ? (
        loadingAreas.failed === null && <Skeleton lines={5} />
      ) : rows.length === 0 ? (
        <p>{t('noChildren')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((key) => (
                <th
                  key={key}
                  scope="col"
                  aria-sort={sort.by === key ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    className={styles.sort}
                    aria-label={t('sortBy', { column: labels[key] })}
                    onClick={() =>
                      setSort({ by: key, descending: sort.by === key ? !sort.descending : key !== 'name' })
                    }
                  >
                    {labels[key]}
                    <span aria-hidden="true">{sort.by === key ? (sort.descending ? '↓' : '↑') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sortedRows(rows, sort.by, sort.descending).map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <button type="button" className={styles.name} onClick={() => open(row.code)}>
                    {row.name}
                  </button>
                </th>
                {(['total', 'open', 'overdue'] as const).map((key) => (
                  <td key={key}>
                    {/* Not counted yet is unknown, not zero. */}
                    {tally === undefined ? (
                      <span className={styles.number}>{unknown}</span>
                    ) : (
                      <button
                        type="button"
                        className={styles.number}
                        data-late={(key === 'overdue' && row.overdue > 0) || undefined}
                        aria-label={t('openList', {
                          what: `${row.name} ${labels[key]}`,
                          count: formats.count(row[key]),
                        })}
                        onClick={() => open(row.code, lists[key])}
                      >
                        {formats.count(row[key])}
                      </button>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </PanelSection>
  )
}

const byName = new Intl.Collator('zh-CN', { numeric: true })

/** Rows by one column; equal ones by code, so that the order is stable. */
export function sortedRows(rows: readonly AreaRow[], by: SortKey, descending: boolean): AreaRow[] {
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const difference = by === 'name' ? byName.compare(a.name, b.name) : a[by] - b[by]
    return difference * sign || (a.code < b.code ? -1 : 1)
  })
}
