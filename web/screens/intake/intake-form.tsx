import { channelLabels, channels, type Channel } from '@minqing/data/domain/channel'
import { type ChatReport, readChat } from '@minqing/data/domain/chat-report'
import { guessType } from '@minqing/data/domain/guess-type'
import { incidentTypeLabels, incidentTypes, type IncidentType } from '@minqing/data/domain/incident-type'
import { transitions } from '@minqing/data/domain/incident-workflow/transitions'
import type { RoleName } from '@minqing/data/domain/role'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { searchQuery } from '../../api/collections.ts'
import { typedDuplicatesQuery } from '../../api/duplicates.ts'
import { type Registered, type Report, useRegister } from '../../api/intake.ts'
import { useMay, useShownSession } from '../../api/session.ts'
import { statusQuery, useOwnStreets } from '../../api/status.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Labelled } from '../../ui/section.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { DuplicateList } from '../case/duplicate-list.tsx'
import styles from './intake.module.css'
import { messages } from './messages.ts'

/** What was entered, for the papers that are printed of it. */
export type Entered = { text: string; place: string; name: string; phone: string; willing: Willing }
type Willing = 'yes' | 'no' | 'unknown'

const empty: Entered = { text: '', place: '', name: '', phone: '', willing: 'unknown' }

/** Five fields, in the order in which a visit goes; everything else follows from them or is known. */
export function IntakeForm({ onRegistered }: { onRegistered: (made: Registered, entered: Entered) => void }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const errorText = useErrorText()
  const register = useRegister()
  const [entered, setEntered] = useState(empty)
  const [chosen, setChosen] = useState<{ type: IncidentType | ''; channel: Channel | '' }>({ type: '', channel: '' })
  const [street, setStreet] = useStreet()
  /** Codes by the label that is shown for them. */
  const [buildings] = useState(() => new Map<string, string>())
  // Sent again after a failure, the same request makes no second case.
  const [key] = useState(() => crypto.randomUUID())
  const set = (part: Partial<Entered>) => setEntered({ ...entered, ...part })
  const type = chosen.type === '' ? guessType(entered.text) : chosen.type
  const role = useShownSession()?.role
  const mayAccept = accepts(role)
  // Grid workers report what they found on their round.
  const channel = chosen.channel === '' ? (role === 'grid_worker' ? 'grid_app' : 'walk_in') : chosen.channel
  const submit = () => {
    const report = reportOf(entered, {
      accept: mayAccept,
      type: chosen.type,
      channel,
      street,
      buildingCode: buildings.get(entered.place),
    })
    register.mutate({ report, key }, { onSuccess: (made) => onRegistered(made, entered) })
  }
  return (
    <form
      className={styles.form}
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!register.isPending) submit()
      }}
    >
      {street !== undefined && (
        <SelectField
          name={t('street')}
          value={street.code}
          all={t('choose')}
          options={street.options}
          onChoose={setStreet}
        />
      )}
      <ChatField
        onRead={({ text, place, name, phone }) => {
          set({
            text: [entered.text, text].filter((part) => part !== '').join('\n'),
            place: place || entered.place,
            name: name || entered.name,
            phone: phone || entered.phone,
          })
          setChosen({ ...chosen, channel: 'wechat_group' })
        }}
      />
      <MatterField value={entered.text} onText={(text) => set({ text })} />
      <PlaceField
        value={entered.place}
        onText={(place) => set({ place })}
        onBuildings={(found) => found.forEach((code, label) => buildings.set(label, code))}
      />
      <div className={styles.pair}>
        <TextField
          name={t('name')}
          value={entered.name}
          onText={(name) => set({ name })}
          required
          maxLength={50}
          autoComplete="off"
        />
        <TextField
          name={t('phone')}
          value={entered.phone}
          onText={(phone) => set({ phone })}
          inputMode="tel"
          pattern="[0-9+ \-]*"
          maxLength={30}
          autoComplete="off"
        />
      </div>
      <WillingField value={entered.willing} onChoose={(willing) => set({ willing })} />
      <Likely entered={entered} street={street?.code} buildingCode={buildings.get(entered.place)} />
      {register.error !== null && (
        <Notice tone="danger" title={t('failed')}>
          {errorText(register.error)}
        </Notice>
      )}
      <div className={styles.send}>
        <Button kind="primary" submit disabled={register.isPending}>
          {t(register.isPending ? 'submitting' : mayAccept ? 'submit' : 'submitOnly')}
        </Button>
        <kbd>{t('submitHint')}</kbd>
      </div>
      <details className={styles.judged}>
        <summary>
          {t('judged', { type: incidentTypeLabels[type][language], channel: channelLabels[channel][language] })}
        </summary>
        <div className={styles.pair}>
          <SelectField
            name={t('type')}
            value={type}
            all={t('choose')}
            options={incidentTypes.map((code) => ({ value: code, label: incidentTypeLabels[code][language] }))}
            onChoose={(code) => setChosen({ ...chosen, type: code as IncidentType })}
          />
          <SelectField
            name={t('channel')}
            value={channel}
            all={t('choose')}
            options={channels.map((code) => ({ value: code, label: channelLabels[code][language] }))}
            onChoose={(code) => setChosen({ ...chosen, channel: code as Channel })}
          />
        </div>
      </details>
    </form>
  )
}

/** Whether a role accepts cases as well, as the loop has it; before it is known, the server decides. */
function accepts(role: RoleName | undefined): boolean {
  return transitions.some(({ action, by }) => action === 'accept' && (role === undefined || by.includes(role)))
}

function reportOf(
  { text, place, name, phone, willing }: Entered,
  {
    type,
    channel,
    street,
    buildingCode,
    accept,
  }: {
    accept: boolean
    type: IncidentType | ''
    channel: Channel
    street: StreetChoice | undefined
    buildingCode: string | undefined
  },
): Report {
  return {
    text,
    channel,
    address: place,
    accept,
    isWilling: willing === 'unknown' ? null : willing === 'yes',
    reporter: { name, phone },
    ...(type === '' ? {} : { type }),
    ...(street === undefined ? {} : { street: street.code }),
    ...(buildingCode === undefined ? {} : { buildingCode }),
  }
}

type StreetChoice = { code: string; options: { value: string; label: string }[] }

/** Asked for only by who works in several. */
function useStreet(): [StreetChoice | undefined, (code: string) => void] {
  const { streets } = useOwnStreets()
  const [chosen, setChosen] = useState('')
  if (streets.length <= 1) return [undefined, setChosen]
  return [{ code: chosen, options: streets.map(({ code, name }) => ({ value: code, label: name })) }, setChosen]
}

/** Milliseconds without a key before likely duplicates are looked for, and the shortest text that says something. */
const pause = 600
const shortest = 6

/** Cases that likely are the one that is being typed, with the reasons: it may be known already. */
function Likely({
  entered: { text, place },
  street,
  buildingCode,
}: {
  entered: Entered
  street: string | undefined
  buildingCode: string | undefined
}) {
  const t = useMessages(messages)
  const { data: status } = useQuery(statusQuery())
  const mayCompare = useMay('change', 'incident')
  const streetCode = street ?? (status?.streets.length === 1 ? status.streets[0]!.code : '')
  const isAsked = mayCompare && streetCode !== '' && text.trim().length >= shortest
  const typed = useSettled(
    isAsked ? JSON.stringify({ streetCode, text, address: place, buildingCode: buildingCode ?? null }) : '',
    pause,
  )
  const { data = [] } = useQuery(typedDuplicatesQuery(typed === '' ? null : JSON.parse(typed)))
  if (typed === '' || data.length === 0) return null
  return (
    <section aria-label={t('likely')} className={styles.likely}>
      <p>{t('likely')}</p>
      <DuplicateList duplicates={data} />
    </section>
  )
}

/** A value once it has stayed the same for so many milliseconds. */
function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}

/** Text that was copied out of a chat group becomes a draft, which is read and completed before it is sent. */
function ChatField({ onRead }: { onRead: (report: ChatReport) => void }) {
  const t = useMessages(messages)
  const [copied, setCopied] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={styles.judged} open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{t('chat')}</summary>
      <Labelled name={t('copied')} hint={t('copiedHint')}>
        <textarea
          className={styles.matter}
          value={copied}
          onChange={({ target }) => setCopied(target.value)}
          maxLength={20_000}
          rows={5}
        />
      </Labelled>
      <Button
        disabled={copied.trim() === ''}
        onPress={() => {
          onRead(readChat(copied))
          setIsOpen(false)
        }}
      >
        {t('readChat')}
      </Button>
    </details>
  )
}

function MatterField({ value, onText }: { value: string; onText: (text: string) => void }) {
  const t = useMessages(messages)
  return (
    <Labelled name={t('matter')} hint={t('matterHint')}>
      <textarea
        // The first thing that is typed.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className={styles.matter}
        value={value}
        onChange={({ target }) => onText(target.value)}
        // In the other fields Enter alone sends the form.
        onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
          if (key === 'Enter' && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit()
        }}
        required
        minLength={2}
        maxLength={4000}
        rows={4}
      />
    </Labelled>
  )
}

/** An address, with what the sub-district knows by its beginning. */
function PlaceField({
  value,
  onText,
  onBuildings,
}: {
  value: string
  onText: (text: string) => void
  onBuildings: (codes: ReadonlyMap<string, string>) => void
}) {
  const t = useMessages(messages)
  const language = useLanguage()
  const id = useId()
  const words = value.trim()
  const { data: hits } = useQuery({ ...searchQuery(words, language), enabled: words.length >= 2 })
  const options = (hits ?? [])
    .filter(({ kind }) => kind !== 'incident')
    .map((hit) => ({ ...hit, label: hit.kind === 'building' ? labelOf(hit.detail, hit.name) : hit.name }))
  return (
    <>
      <TextField
        name={t('place')}
        hint={t('placeHint')}
        value={value}
        list={id}
        maxLength={200}
        autoComplete="off"
        onText={(text) => {
          onBuildings(
            new Map(options.flatMap(({ kind, label, id: code }) => (kind === 'building' ? [[label, code]] : []))),
          )
          onText(text)
        }}
      />
      <datalist id={id}>
        {options.map(({ kind, id: code, label, detail }) => (
          <option key={`${kind} ${code}`} value={label}>
            {detail}
          </option>
        ))}
      </datalist>
    </>
  )
}

/** Estate and building together name it; the building alone does not. */
function labelOf(detail: string, name: string): string {
  const [estate = ''] = detail.split(' · ')
  return name.startsWith(estate) ? name : `${estate}${name}`
}

function WillingField({ value, onChoose }: { value: Willing; onChoose: (willing: Willing) => void }) {
  const t = useMessages(messages)
  const name = useId()
  const options = [
    ['yes', t('willingYes')],
    ['no', t('willingNo')],
    ['unknown', t('willingUnknown')],
  ] as const
  return (
    <fieldset className={styles.willing}>
      <legend>{t('willing')}</legend>
      {options.map(([code, label]) => (
        <label key={code}>
          <input type="radio" name={name} checked={value === code} onChange={() => onChoose(code)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
