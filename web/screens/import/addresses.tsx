import type { AddressReport } from '@minqing/data/domain/import'
import { positionSourceLabels } from '@minqing/data/domain/position-source'
import { useState } from 'react'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { addressMessages } from './address-messages.ts'
import styles from './table.module.css'
import { TableSelect } from './table-select.tsx'
import type { Choosing } from './use-choices.ts'

/** What the server takes for “no place at all”. */
const nowhere = '-'

/** How rows were placed by their addresses, and those addresses that a person has to decide on, each once. */
export function Addresses({ addresses, choosing }: { addresses: AddressReport; choosing: Choosing }) {
  const t = useMessages(addressMessages)
  const language = useLanguage()
  const formats = useFormats()
  const [answers, setAnswers] = useState<ReadonlyMap<string, string>>(new Map())
  const { placed, undecided, unplaced, different, list } = addresses
  const given = [...answers].filter(([, target]) => target !== '')
  const answer = (address: string, target: string) => setAnswers(new Map(answers).set(address, target))
  return (
    <div role="group" aria-label={t('title')}>
      <h4>{t('title')}</h4>
      <ul>
        {placed.map(({ source, rows }) => (
          <li key={source}>{t('placed', { source: positionSourceLabels[source][language], rows })}</li>
        ))}
        {undecided > 0 && <li>{t('undecided', { rows: undecided })}</li>}
        {unplaced > 0 && <li>{t('unplaced', { rows: unplaced })}</li>}
      </ul>
      {list.length > 0 && (
        <>
          <p>{t('decide', { shown: list.length, different })}</p>
          <div className={styles.frame}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('address')}</th>
                  <th scope="col" className={styles.number}>
                    {t('rows')}
                  </th>
                  <th scope="col">{t('means')}</th>
                </tr>
              </thead>
              <tbody>
                {list.map(({ address, rows, candidates }, index) => (
                  <tr key={`${address} ${index}`}>
                    <th scope="row">{address}</th>
                    <td className={styles.number}>{formats.count(rows)}</td>
                    <td>
                      {candidates.length === 0 ? (
                        <input
                          aria-label={t('meaningOf', { address })}
                          placeholder={t('target')}
                          maxLength={200}
                          onBlur={({ target }) => answer(address, target.value.trim())}
                        />
                      ) : (
                        <TableSelect
                          name={t('meaningOf', { address })}
                          value={answers.get(address) ?? ''}
                          options={[
                            { value: '', label: t('later') },
                            ...candidates.map(({ target, label, certainty }) => ({
                              value: target,
                              label: t('candidate', { label, certainty }),
                            })),
                            { value: nowhere, label: t('nowhere') },
                          ]}
                          onChange={(target) => answer(address, target)}
                        />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Button
            disabled={given.length === 0}
            onPress={() => choosing.change({ place: withPlaces(choosing.choices.place ?? [], given) })}
          >
            {t('apply')}
          </Button>
        </>
      )}
    </div>
  )
}

/** `address=target` pairs, the new ones instead of those for the same addresses. */
export function withPlaces(pairs: readonly string[], given: readonly (readonly [string, string])[]): string[] {
  const decided = new Set(given.map(([address]) => address))
  return [
    ...pairs.filter((pair) => !decided.has(pair.slice(0, pair.indexOf('=')))),
    ...given.map(([address, target]) => `${address}=${target}`),
  ]
}
