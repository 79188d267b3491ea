import { codeLength, pathOf } from '@minqing/data/domain/area-code'
import { useQuery } from '@tanstack/react-query'
import { areaFeaturesQuery } from '../../api/collections.ts'
import { useShownSession } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Labelled } from '../../ui/section.tsx'

const messages = defineMessages({
  zh: {
    street: '街道',
    community: '社区',
    grid: '网格',
    choose: '请选择',
    everywhere: '全部区域',
    wholeStreet: '整个街道',
    wholeCommunity: '整个社区',
  },
  en: {
    street: 'Sub-district',
    community: 'Community',
    grid: 'Grid',
    choose: 'Choose',
    everywhere: 'All areas',
    wholeStreet: 'Whole sub-district',
    wholeCommunity: 'Whole community',
  },
})

type Option = { code: string; name: string }

/**
 * Chooses one area within the own ones, from sub-district to community to grid.
 *
 * @param value its code, `all`, or empty where nothing is chosen
 * @param deepest the smallest that can be chosen
 */
export function AreaSelect({
  value,
  onChange,
  deepest = 'grid',
}: {
  value: string
  onChange: (code: string) => void
  deepest?: 'community' | 'grid'
}) {
  const t = useMessages(messages)
  const own = useShownSession()?.areas.map(({ code }) => code) ?? []
  const isOwn = (code: string) => own.some((area) => area === 'all' || code.startsWith(area))
  const { data: status } = useQuery(statusQuery())
  // Of a county or a city: given on the command line.
  const divisions = /^\d{2,8}$/.test(value) ? [{ code: value, name: value }] : []
  const [street = '', community = '', grid = ''] = value.length < codeLength.street ? [] : pathOf(value)
  const { data: features } = useQuery(areaFeaturesQuery(street === '' ? undefined : street))
  const below = (parent: string, level: 'communities' | 'grids'): Option[] =>
    (features?.[level].features ?? [])
      .map(({ properties: { code, name } }) => ({ code, name }))
      .filter(({ code }) => code.startsWith(parent) && touchesOwn(code, own))
      .toSorted((a, b) => a.code.localeCompare(b.code))
  /** All of what is above, where that may be chosen. */
  const whole = (code: string, name: string) => (isOwn(code) ? { code, name } : undefined)
  return (
    <>
      <Choice
        name={t('street')}
        value={street === '' ? value : street}
        whole={whole('all', t('everywhere'))}
        options={[...divisions, ...(status?.streets ?? [])]}
        onChange={onChange}
      />
      {street !== '' && (
        <Choice
          name={t('community')}
          value={community}
          whole={whole(street, t('wholeStreet'))}
          options={below(street, 'communities')}
          onChange={onChange}
        />
      )}
      {community !== '' && deepest === 'grid' && (
        <Choice
          name={t('grid')}
          value={grid}
          whole={whole(community, t('wholeCommunity'))}
          options={below(community, 'grids')}
          onChange={onChange}
        />
      )}
    </>
  )
}

/** Whether it lies within an own area, or an own one within it. */
function touchesOwn(code: string, own: readonly string[]): boolean {
  return own.some((area) => area === 'all' || code.startsWith(area) || area.startsWith(code))
}

/** One level; where nothing of it is chosen, `whole` is, if that may be. */
function Choice({
  name,
  value,
  whole,
  options,
  onChange,
}: {
  name: string
  value: string
  whole: Option | undefined
  options: readonly Option[]
  onChange: (code: string) => void
}) {
  const t = useMessages(messages)
  const isAsked = whole === undefined || whole.code === 'all'
  return (
    <Labelled name={name}>
      <select
        value={value === '' && !isAsked ? whole.code : value}
        onChange={({ target }) => onChange(target.value)}
        required
      >
        {isAsked && <option value="">{t('choose')}</option>}
        {whole !== undefined && <option value={whole.code}>{whole.name}</option>}
        {options.map((option) => (
          <option key={option.code} value={option.code}>
            {option.name}
          </option>
        ))}
      </select>
    </Labelled>
  )
}
