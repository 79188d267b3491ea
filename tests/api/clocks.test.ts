import type { Registered, ReceiptProgress } from '@minqing/data/domain/intake'
import type { ClockSettings, CurrentClockSettings } from '@minqing/data/domain/incident-workflow/clock-settings'
import type { LoopState } from '@minqing/data/domain/incident-workflow/loop-state'
import type { Problem } from '@minqing/data/domain/problem'
import type { RoleName } from '@minqing/data/domain/role'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { actorAs } from '../../server/access/actor.ts'
import { writeAs } from '../../server/writing/write-as.ts'
import { now, type ServedApi, serveApi, serveOn } from './serve-api.ts'
import { communities, grids, insertAreas, street } from './world.ts'

let lead: ServedApi
let other: ServedApi
let clock = now
const opened: ServedApi[] = []
beforeAll(async () => {
  const held = await serveApi()
  opened.push(held)
  await insertAreas(held.database)
  const as = async (role: RoleName, area: string, name = '') => {
    const served = await serveOn(held.database, {
      actor: actorAs({ id: role, name }, role, [area]),
      clock: () => clock,
    })
    opened.unshift(served)
    return served
  }
  lead = await as('centre_lead', street, '甲')
  other = await as('administrator', 'all')
})
afterAll(async () => {
  for (const one of opened) await one.close()
})
beforeEach(async () => {
  clock = now
  await lead.database`delete from clock_settings where street_code = ${street}`
})

const read = (served = lead) => served.getJson<CurrentClockSettings>(`/clocks/${street}`)
const send = (served: ServedApi, method: string, path: string, body: unknown, type = 'application/json') =>
  fetch(`${served.api}${path}`, {
    method,
    headers: { 'content-type': type, 'accept-language': 'zh' },
    body: type === 'application/json' ? JSON.stringify(body) : (body as string),
  })
const save = (version: number, settings: ClockSettings, served = lead) =>
  send(served, 'PUT', `/clocks/${street}`, { version, settings })
const load = (text: string | Buffer, served = lead) =>
  send(served, 'POST', `/clocks/${street}/holidays`, text, 'text/csv')

/** The settings with another time in which disputes have to be resolved, in working days. */
function withDisputesIn(settings: ClockSettings, amount: number): ClockSettings {
  const rules = settings.rules.map((rule) =>
    rule.node === 'resolve' && rule.category === 'E01' ? { ...rule, amount } : rule,
  )
  return { ...settings, rules }
}

async function register(): Promise<Registered> {
  const report = { text: '楼上漏水', type: 'D02', accept: true }
  const response = await send(lead, 'POST', '/incidents', report)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as Registered
}
async function storedDue(number: string): Promise<string> {
  const [row] = await lead.database<{ dueAt: string }[]>`
    select due_at from incident where street_code = ${street} and number = ${number}`
  return local(row!.dueAt)
}
const local = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16)
const loopOf = (number: string, query = '') => lead.getJson<LoopState>(`/incidents/${street}/${number}/loop${query}`)
const resolveDue = ({ clocks }: LoopState) => local(clocks.find(({ node }) => node === 'resolve')!.dueAt)

it('has the defaults until somebody changes them, and says who did', async () => {
  const before = await read()
  expect(before).toMatchObject({ street, version: 0, history: [] })
  expect(before.settings).toEqual(before.defaults.settings)
  expect((await save(0, withDisputesIn(before.settings, 3))).status).toBe(200)
  const after = await read(other)
  expect(after.settings).toEqual(withDisputesIn(before.settings, 3))
  expect(after.history).toEqual([{ version: 1, setAt: now.toISOString(), setBy: '甲', role: 'centre_lead' }])
  const [audit] = await lead.database`
    select action, object, actor_id, details from audit where street_code = ${street} and object = 'clock'
    order by position desc limit 1`
  expect(audit).toEqual({
    action: 'change',
    object: 'clock',
    actorId: 'centre_lead',
    details: { version: 1, rules: 1, hours: 0, days: 0 },
  })
})

it('holds for what is registered from then on, and for an earlier case from its next step on', async () => {
  const earlier = await register()
  expect(await storedDue(earlier.number)).toBe('2026-03-31T17:30')
  clock = new Date(now.getTime() + 60_000)
  expect((await save(0, withDisputesIn((await read()).settings, 3))).status).toBe(200)
  const later = await register()
  expect(await storedDue(later.number)).toBe('2026-03-13T17:30')
  expect(resolveDue(await loopOf(later.number))).toBe('2026-03-13T17:30')
  const progress = await send(lead, 'POST', '/receipts/progress', { code: later.receipt })
  expect(((await progress.json()) as ReceiptProgress).number).toBe(later.number)

  expect(await storedDue(earlier.number)).toBe('2026-03-31T17:30')
  // As of then the limits of then hold.
  expect(resolveDue(await loopOf(earlier.number, `?asOf=${encodeURIComponent(now.toISOString())}`))).toBe(
    '2026-03-31T17:30',
  )
  const content = { type: 'D02', risk: 'yellow', urgency: '1' }
  const step = await send(lead, 'POST', `/incidents/${street}/${earlier.number}/steps`, {
    sequence: earlier.sequence,
    action: 'classify',
    content,
  })
  expect(step.status).toBe(200)
  expect(await storedDue(earlier.number)).toBe('2026-03-13T17:30')
})

it('counts down on a receipt by the limits of the street', async () => {
  const { settings } = await read()
  const rules = settings.rules.map((rule) => (rule.node === 'dispatch' ? { ...rule, amount: 5 } : rule))
  expect((await save(0, { ...settings, rules })).status).toBe(200)
  const { receipt } = await register()
  const progress = await send(lead, 'POST', '/receipts/progress', { code: receipt })
  const { next } = (await progress.json()) as ReceiptProgress
  expect([next?.label.zh, local(next!.dueAt)]).toEqual(['交办', '2026-03-10T17:00'])
})

it('follows a change that another process has made', async () => {
  const { settings } = await read()
  await register()
  for (const [version, amount, due] of [
    [1, 2, '2026-03-12T17:30'],
    [2, 4, '2026-03-16T17:30'],
  ] as const) {
    await lead.database`
      insert into clock_settings (street_code, version, settings, set_at, set_by, set_role)
      values (${street}, ${version}, ${lead.database.json(withDisputesIn(settings, amount))}, ${now}, '', 'centre_lead')`
    expect(await storedDue((await register()).number)).toBe(due)
  }
  // The same version again, as after a demo was removed: its contents are others.
  await lead.database`delete from clock_settings where street_code = ${street}`
  expect(await storedDue((await register()).number)).toBe('2026-03-31T17:30')
  await save(0, withDisputesIn(settings, 1))
  expect(await storedDue((await register()).number)).toBe('2026-03-11T17:30')
})

it('lets one of two editors win, and tells the other who was first', async () => {
  const { settings } = await read()
  const answers = await Promise.all([2, 3, 4, 5].map((amount) => save(0, withDisputesIn(settings, amount))))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
  const refused = answers.find(({ status }) => status === 409)!
  expect(await refused.json()).toMatchObject({
    code: 'conflict',
    parameter: 'version',
    detail: '中心负责人 甲已于 2026-03-10 12:00 修改了时限与日历（第 1 版）',
    remedy: expect.stringContaining('最新版本'),
  })
  expect((await read()).version).toBe(1)
  expect((await save(1, withDisputesIn(settings, 9), other)).status).toBe(200)
})

it('is read by whoever handles cases, and changed by who answers for the whole sub-district', async () => {
  const { settings } = await read()
  const asked = async (role: RoleName, area: string) => {
    const served = await serveOn(lead.database, { actor: actorAs({ id: role }, role, [area]) })
    const statuses = [(await served.get(`/clocks/${street}`)).status, (await save(0, settings, served)).status]
    await served.close()
    return statuses
  }
  expect(await asked('grid_worker', grids[0]!)).toEqual([200, 403])
  expect(await asked('supervisor', street)).toEqual([200, 403])
  expect(await asked('auditor', street)).toEqual([403, 403])
  expect(await asked('centre_lead', communities[0]!)).toEqual([200, 403])
  expect(await asked('centre_lead', '960101999')).toEqual([200, 403])
  expect((await read()).version).toBe(0)
  expect(await asked('administrator', street)).toEqual([200, 200])
  // A part of the street computes by what the whole of it has set.
  const worker = await serveOn(lead.database, { actor: actorAs({ id: 'w' }, 'grid_worker', [grids[0]!]) })
  expect((await read(worker)).version).toBe(1)
  await worker.close()
  const elsewhere = await serveOn(lead.database, { actor: actorAs({ id: 'e' }, 'centre_lead', ['960101999']) })
  expect((await read(elsewhere)).version).toBe(0)
  await elsewhere.close()
})

it('is written by nobody for a street of which they have a part, whatever the code says, and changed by nobody', async () => {
  await save(0, (await read()).settings)
  const writeIn = (area: string, statement: string) =>
    writeAs(
      lead.database,
      actorAs({ id: 'lead' }, 'centre_lead', [area]),
      { action: 'change', object: 'clock', area: street },
      ({ transaction }) => transaction.unsafe(statement),
    )
  const insert = `
    insert into clock_settings (street_code, version, settings, set_at, set_by, set_role)
    values ('${street}', 2, '{}', now(), '', '')`
  await expect(writeIn(communities[0]!, insert)).rejects.toThrow(/row-level security/)
  await expect(writeIn(street, `update clock_settings set settings = '{}'`)).rejects.toThrow(/permission denied/)
  expect((await read()).version).toBe(1)
})

it('refuses what cannot hold, and names it', async () => {
  const { settings } = await read()
  const { rules, calendar } = settings
  const refused = async (changed: ClockSettings) => {
    const response = await save(0, changed)
    const { parameter, detail } = (await response.json()) as Problem
    return [response.status, parameter, detail]
  }
  expect(await refused({ ...settings, rules: [...rules, rules[0]!] })).toEqual([400, 'rules.15', '“受理”有两条时限'])
  expect(await refused({ ...settings, rules: rules.slice(1) })).toEqual([400, 'rules', '“受理”缺少通用时限'])
  const hours = { ...calendar.hours, breaks: [{ from: '17:00', until: '18:00' }] }
  expect(await refused({ ...settings, calendar: { ...calendar, hours } })).toEqual([
    400,
    'calendar.hours.breaks.0',
    '休息时间 17:00–18:00 不在 08:30 与 17:30 之间',
  ])
  const none = rules.map((rule) => ({ ...rule, amount: 0 }))
  expect((await save(0, { ...settings, rules: none })).status).toBe(400)
  const years = [{ year: 2027, days: [{ date: '2027-01-01', kind: 'holiday', name: '元\0旦' } as const] }]
  expect((await save(0, { ...settings, calendar: { ...calendar, years } })).status).toBe(400)
  const more = { ...settings, also: 1 }
  expect((await save(0, more)).status).toBe(400)
  expect((await read()).version).toBe(0)
})

/** Two days off in the week after, for a Saturday that is worked. */
const notice = '日期,截止日期,类型,名称\r\n2026-03-11,2026-03-12,放假,测试节\r\n2026年3月14日,,调休,测试节\r\n'

it('loads the holidays of a notice from a file, and computes by them', async () => {
  await save(0, withDisputesIn((await read()).settings, 2))
  const response = await load(notice)
  expect(await response.json()).toEqual({ version: 2, years: [{ year: 2026, holidays: 2, workdays: 1 }] })
  // Friday the 13th and Saturday the 14th.
  expect(await storedDue((await register()).number)).toBe('2026-03-14T17:30')
  const [audit] = await lead.database`
    select details from audit where street_code = ${street} and object = 'clock' order by position desc limit 1`
  // The national holidays of the year gave way.
  expect(audit).toMatchObject({ details: { version: 2, years: [2026], rules: 0, days: 42 } })
})

it('reads a file in GB18030, and rows as JSON', async () => {
  // `2027-01-01,放假,元旦` by `iconv -t GB18030`.
  const bytes = Buffer.from('323032372d30312d30312cb7c5bcd92cd4aab5a9', 'hex')
  expect(await (await load(bytes)).json()).toMatchObject({ years: [{ year: 2027, holidays: 1, workdays: 0 }] })
  const rows = [{ date: '2028-01-01', until: '2028-01-03', kind: 'holiday', name: '元旦' }]
  const response = await send(lead, 'POST', `/clocks/${street}/holidays`, { rows })
  expect(await response.json()).toMatchObject({ version: 2, years: [{ year: 2028, holidays: 3 }] })
  const { settings } = await read()
  expect(settings.calendar.years.map(({ year, days }) => [year, days.length, days[0]?.name])).toEqual([
    [2027, 1, '元旦'],
    [2028, 3, '元旦'],
  ])
})

it.each([
  ['2026-03-11,放假,节\n2026-03-11,上班,节', '第 2 行：2026-03-11 出现两次'],
  ['日期,类型,名称\n2026-03-12,上班,节', '第 2 行：2026-03-12 不是周末，本来就上班'],
  ['2026-02-30,放假,节', '第 1 行：日期“2026-02-30”无法识别'],
  ['2026-03-11,放,节', '第 1 行：类型“放”无法识别'],
  ['', '文件里没有日期'],
])('refuses the file %j, naming the row', async (text, detail) => {
  const response = await load(text)
  expect([response.status, ((await response.json()) as Problem).detail]).toEqual([400, detail])
  expect((await read()).version).toBe(0)
})
