import {
  ClockSettings,
  type CurrentClockSettings,
  defaultClockSettings,
} from '@minqing/data/domain/incident-workflow/clock-settings'
import type { CalendarYear } from '@minqing/data/domain/incident-workflow/calendar'
import { type LoadedYear, loadedYears, withLoadedYears } from '@minqing/data/domain/incident-workflow/holiday-file'
import { nationalYears } from '@minqing/data/domain/incident-workflow/national-holidays'
import { settingsChanges } from '@minqing/data/domain/incident-workflow/settings-changes'
import { settingsFaults } from '@minqing/data/domain/incident-workflow/settings-faults'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { ProblemError } from '@minqing/data/domain/problem'
import { type RoleName, roleLabels } from '@minqing/data/domain/role'
import type { Actor } from '../access/actor.ts'
import type { Database, Transaction } from '../store/connect.ts'
import { writeAs, type Writing } from '../writing/write-as.ts'

type Row = { version: number; setAt: string; setBy: string; role: RoleName }

/** Changes that are listed; all of them are in the audit trail. */
const longestHistory = 20

/** Those of a street as they hold now, with who changed them. */
export async function getClockSettings(transaction: Transaction, street: string): Promise<CurrentClockSettings> {
  const [current, history] = await Promise.all([
    readCurrent(transaction, street),
    transaction<Row[]>`
      select version, set_at, set_by, set_role as role from clock_settings where street_code = ${street}
      order by version desc limit ${longestHistory}`,
  ])
  return {
    street,
    ...current,
    history: history.map((row) => ({ ...row, setAt: new Date(row.setAt).toISOString() })),
    defaults: { settings: defaultClockSettings, nationalYears: [...nationalYears] },
  }
}

async function readCurrent(
  transaction: Transaction,
  street: string,
): Promise<{ version: number; settings: ClockSettings }> {
  const [row] = await transaction<{ version: number; settings: unknown }[]>`
    select version, settings from clock_settings where street_code = ${street} order by version desc limit 1`
  if (row === undefined) return { version: 0, settings: defaultClockSettings }
  return { version: row.version, settings: ClockSettings.parse(row.settings) }
}

/**
 * Sets all time limits and the calendar of a street: what is computed from now on follows them.
 *
 * @param version that the actor has seen
 * @returns the new version
 * @throws ProblemError `bad_parameter` that names what cannot hold; `conflict` where somebody else has changed them since;
 *   `forbidden` where the actor's areas are not the whole street
 */
export async function setClockSettings(
  database: Database,
  actor: Actor,
  street: string,
  { version, settings }: { version: number; settings: ClockSettings },
  now: Date,
): Promise<number> {
  refuseOutside(actor, street)
  refuseFaults(settings)
  return writeSettings(database, actor, street, now, async (current, writing) => {
    if (current.version === version) return settings
    throw await changedSince(writing.transaction, street, current.version)
  })
}

/**
 * Sets the years of a file in the calendar of a street; everything else stays.
 *
 * @throws ProblemError as `setClockSettings`
 */
export async function loadHolidays(
  database: Database,
  actor: Actor,
  street: string,
  loaded: readonly CalendarYear[],
  now: Date,
): Promise<{ version: number; years: LoadedYear[] }> {
  refuseOutside(actor, street)
  const years = loadedYears(loaded)
  const version = await writeSettings(database, actor, street, now, async ({ settings }, { details }) => {
    details['years'] = years.map(({ year }) => year)
    const calendar = { ...settings.calendar, years: withLoadedYears(settings.calendar.years, loaded) }
    const changed = { ...settings, calendar }
    refuseFaults(changed)
    return changed
  })
  return { version, years }
}

/** Adds a version that is made from the current one; whoever else writes those of the street waits. */
async function writeSettings(
  database: Database,
  actor: Actor,
  street: string,
  now: Date,
  make: (current: { version: number; settings: ClockSettings }, writing: Writing) => Promise<ClockSettings>,
): Promise<number> {
  return writeAs(database, actor, { action: 'change', object: 'clock', area: street }, async (writing) => {
    const { transaction, details } = writing
    await transaction`select pg_advisory_xact_lock(hashtext('clock_settings'), hashtext(${street}))`
    const current = await readCurrent(transaction, street)
    const settings = await make(current, writing)
    const changes = settingsChanges(current.settings, settings)
    const count = (kind: string) => changes.filter((change) => change.kind.startsWith(kind)).length
    Object.assign(details, { rules: count('rule'), hours: count('hours'), days: count('day') })
    const version = current.version + 1
    await transaction`
      insert into clock_settings (street_code, version, settings, set_at, set_by, set_role)
      values (${street}, ${version}, ${transaction.json(settings)}, ${now}, ${actor.name}, ${actor.role})`
    details['version'] = version
    return version
  })
}

async function changedSince(transaction: Transaction, street: string, version: number): Promise<ProblemError> {
  const [row] = await transaction<Row[]>`
    select version, set_at, set_by, set_role as role from clock_settings
    where street_code = ${street} and version = ${version}`
  const by = (language: 'zh' | 'en') =>
    row === undefined ? '' : `${roleLabels[row.role][language]}${row.setBy === '' ? '' : ` ${row.setBy}`}`
  const at = row === undefined ? '' : timeText.format(new Date(row.setAt))
  return new ProblemError(
    'conflict',
    row === undefined
      ? { zh: '时限与日历已恢复为默认', en: 'Time limits and calendar have been reset to the defaults' }
      : {
          zh: `${by('zh')}已于 ${at} 修改了时限与日历（第 ${version} 版）`,
          en: `${by('en')} changed time limits and calendar at ${at} (version ${version})`,
        },
    {
      parameter: 'version',
      remedy: {
        zh: '请读取最新版本，核对后再次保存',
        en: 'Read the newest version, compare, and save again',
      },
    },
  )
}

const timeText = new Intl.DateTimeFormat('sv-SE', { timeZone: homeTimeZone, dateStyle: 'short', timeStyle: 'short' })

function refuseFaults(settings: ClockSettings): void {
  const [fault] = settingsFaults(settings)
  if (fault === undefined) return
  throw new ProblemError('bad_parameter', fault.problem, { parameter: fault.at, remedy: fault.remedy })
}

function refuseOutside({ scope }: Actor, street: string): void {
  if (scope.areas.some((area) => area === 'all' || street.startsWith(area))) return
  throw new ProblemError(
    'forbidden',
    {
      zh: '时限与日历属于整个街道，您的范围只是其中一部分',
      en: 'Time limits and calendar belong to the whole sub-district, of which you have a part',
    },
    { remedy: { zh: '请联系中心负责人修改', en: 'Ask the centre lead to change them' } },
  )
}
