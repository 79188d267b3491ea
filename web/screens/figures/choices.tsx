import { useShownSession } from '../../api/session.ts'
import { useMessages } from '../../i18n/messages.ts'
import { AsOfField } from '../../ui/as-of-field.tsx'
import { Fields, Labelled, Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { instantOf } from '../../view/minute.ts'
import { AreaSelect } from '../account/area-select.tsx'
import styles from './figures.module.css'
import { messages } from './messages.ts'
import { type FigureChoices, type PeriodKind, periodKinds, periodOf } from './use-figure-view.ts'

/** Of which area and period, and as known when. */
export function Choices({ choices: { view, change, today, area, period } }: { choices: FigureChoices }) {
  const t = useMessages(messages)
  const ownsAll = useShownSession()?.areas.some(({ code }) => code === 'all') ?? false
  const isOf = (kind: PeriodKind) => {
    if (today === undefined || period === undefined) return false
    const own = periodOf(kind, today)
    return own.from === period.from && own.to === period.to
  }
  return (
    <Section title={t('choices')}>
      <Fields>
        <AreaSelect
          value={area === 'all' && !ownsAll ? '' : area}
          onChange={(code) => change({ area: code === '' ? null : code })}
        />
        <Labelled name={t('period')}>
          <select
            value={periodKinds.find(isOf) ?? 'own'}
            onChange={({ target }) => {
              const kind = periodKinds.find((one) => one === target.value)
              if (kind !== undefined && today !== undefined) change(periodOf(kind, today))
            }}
          >
            {periodKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(kind)}
              </option>
            ))}
            <option value="own">{t('own')}</option>
          </select>
        </Labelled>
        <TextField
          name={t('from')}
          type="date"
          value={period?.from ?? ''}
          onText={(from) => {
            if (from !== '') change({ from, to: period === undefined || period.to < from ? from : period.to })
          }}
        />
        <TextField
          name={t('to')}
          type="date"
          value={period?.to ?? ''}
          onText={(to) => {
            if (to !== '') change({ to, from: period === undefined || period.from > to ? to : period.from })
          }}
        />
        <div className={styles.asOf}>
          <AsOfField
            asOf={view.asOf === null ? null : instantOf(view.asOf)}
            hint={t('asOfHint')}
            onChoose={(minute) => change({ asOf: minute === '' ? null : minute })}
          />
        </div>
      </Fields>
    </Section>
  )
}
