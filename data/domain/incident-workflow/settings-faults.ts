import { eventCategoryLabels } from '../incident-type.ts'
import type { Label } from '../label.ts'
import { dayLength } from '../local-time.ts'
import { urgencyLabels } from '../risk.ts'
import { type CalendarYear, minuteOfDay, officeHours, type SpecialDay, type WorkHours } from './calendar.ts'
import { type ClockSettings, ruleKey, timeLimitsOf } from './clock-settings.ts'
import { type ClockNode, clockNodeLabels, clockNodes, type ClockRule } from './clocks.ts'

/** Why a set cannot hold: `at` is the path of the part at fault, as in `rules.3` or `calendar.years.0.days.4`. */
export type SettingsFault = { at: string; problem: Label; remedy: Label }

/** Time limits that follow from no table: visits are due weekly, then monthly. */
export const isFixedNode = (node: ClockNode): boolean => node === 'follow_up'
/** Of a reply from outside the unit itself says when it comes. */
const needsRule = (node: ClockNode): boolean => !isFixedNode(node) && node !== 'outside'

/** Longest time limits that are computed. */
const most: Record<ClockRule['unit'], number> = { minute: 9999, hour: 2000, day: 1000 }
const unitLabels: Record<ClockRule['unit'], Label> = {
  minute: { zh: '分钟', en: 'minutes' },
  hour: { zh: '小时', en: 'hours' },
  day: { zh: '天', en: 'days' },
}
/** Minutes that offices are open on a working day at least, and days in a row that they are closed at most. */
const shortestDay = 60
const longestClosure = 31

/** What is wrong with a set that has the right form; nothing where it can hold. */
export function settingsFaults(settings: ClockSettings): SettingsFault[] {
  const { rules, calendar } = settings
  const days = [...hoursFaults(calendar.hours), ...yearsFaults(calendar.years)]
  // How long offices are closed is counted in a calendar that is one.
  return [...rulesFaults(rules), ...days, ...(days.length === 0 ? closureFaults(settings) : [])]
}

/** For what a rule holds, in words. */
export function ruleName({ node, category, urgency }: Pick<ClockRule, 'node' | 'category' | 'urgency'>): Label {
  const name = (language: 'zh' | 'en') =>
    [
      clockNodeLabels[node][language],
      ...(category === null ? [] : [eventCategoryLabels[category][language]]),
      ...(urgency === null ? [] : [urgencyLabels[urgency][language]]),
    ].join(' · ')
  return { zh: name('zh'), en: name('en') }
}

function rulesFaults(rules: readonly ClockRule[]): SettingsFault[] {
  const seen = new Set<string>()
  const faults = rules.flatMap((rule, index): SettingsFault[] => {
    const at = `rules.${index}`
    const name = ruleName(rule)
    const key = ruleKey(rule)
    const isSecond = seen.has(key)
    seen.add(key)
    if (isSecond)
      return [
        {
          at,
          problem: { zh: `“${name.zh}”有两条时限`, en: `There are two time limits for “${name.en}”` },
          remedy: {
            zh: '请删除其中一条，或改选类别、紧急程度',
            en: 'Remove one, or choose another category or urgency',
          },
        },
      ]
    if (isFixedNode(rule.node))
      return [
        {
          at,
          problem: {
            zh: `“${name.zh}”的时间由回访制度决定，不能设置时限`,
            en: `“${name.en}” is due by the rule of visits and takes no time limit`,
          },
          remedy: { zh: '请删除这一条', en: 'Remove it' },
        },
      ]
    if (rule.mode === 'cumulative' && rule.node !== 'handle')
      return [
        {
          at,
          problem: {
            zh: `只有“${clockNodeLabels.handle.zh}”可以累计计时，“${name.zh}”不可以`,
            en: `Only “${clockNodeLabels.handle.en}” can be cumulative, “${name.en}” cannot`,
          },
          remedy: { zh: '请改为单次计时', en: 'Count it by itself' },
        },
      ]
    if (rule.amount < 1)
      return [
        {
          at,
          problem: { zh: `“${name.zh}”没有填写时限`, en: `“${name.en}” has no time` },
          remedy: { zh: '请填写大于 0 的整数', en: 'Give a whole number above 0' },
        },
      ]
    if (rule.amount > most[rule.unit])
      return [
        {
          at,
          problem: {
            zh: `“${name.zh}”的时限 ${rule.amount} ${unitLabels[rule.unit].zh}过长`,
            en: `${rule.amount} ${unitLabels[rule.unit].en} are too long for “${name.en}”`,
          },
          remedy: {
            zh: `请不超过 ${most[rule.unit]} ${unitLabels[rule.unit].zh}，或改用更大的单位`,
            en: `Give ${most[rule.unit]} ${unitLabels[rule.unit].en} at most, or a larger unit`,
          },
        },
      ]
    return []
  })
  const missing = clockNodes
    .filter((node) => needsRule(node) && !seen.has(ruleKey({ node, category: null, urgency: null })))
    .map((node): SettingsFault => {
      const { zh, en } = clockNodeLabels[node]
      return {
        at: 'rules',
        problem: { zh: `“${zh}”缺少通用时限`, en: `“${en}” lacks a time limit for all other cases` },
        remedy: {
          zh: '请为该环节保留一条不限类别、不限紧急程度的时限',
          en: 'Leave it one that is for any category and any urgency',
        },
      }
    })
  return [...faults, ...missing]
}

function hoursFaults(hours: WorkHours): SettingsFault[] {
  const { opens, closes, breaks } = hours
  const at = 'calendar.hours'
  const remedy = { zh: '请改正后再保存', en: 'Correct it and save again' }
  if (minuteOfDay(opens) >= minuteOfDay(closes))
    return [
      {
        at,
        problem: {
          zh: `上班时间 ${opens} 不早于下班时间 ${closes}`,
          en: `Offices open at ${opens}, not before ${closes}`,
        },
        remedy,
      },
    ]
  const faults = breaks.flatMap(({ from, until }, index): SettingsFault[] => {
    const before = index === 0 ? opens : breaks[index - 1]!.until
    const isWithin =
      minuteOfDay(before) < minuteOfDay(from) &&
      minuteOfDay(from) < minuteOfDay(until) &&
      minuteOfDay(until) < minuteOfDay(closes)
    if (isWithin) return []
    return [
      {
        at: `${at}.breaks.${index}`,
        problem: {
          zh: `休息时间 ${from}–${until} 不在 ${before} 与 ${closes} 之间`,
          en: `The break ${from}–${until} does not lie between ${before} and ${closes}`,
        },
        remedy: {
          zh: '休息时间须在上下班时间之内，按先后排列，互不重叠',
          en: 'Breaks lie within the working hours, one after the other and apart',
        },
      },
    ]
  })
  if (faults.length > 0) return faults
  const open = officeHours(hours).reduce((sum, [from, until]) => sum + until - from, 0)
  if (open >= shortestDay) return []
  return [
    {
      at,
      problem: { zh: `每天只有 ${open} 分钟工作时间`, en: `Offices are open for ${open} minutes a day` },
      remedy: { zh: `请至少留出 ${shortestDay} 分钟`, en: `Leave ${shortestDay} minutes at least` },
    },
  ]
}

function yearsFaults(years: readonly CalendarYear[]): SettingsFault[] {
  const seen = new Set<number>()
  return years.flatMap(({ year, days }, index): SettingsFault[] => {
    const at = `calendar.years.${index}`
    const isSecond = seen.has(year)
    seen.add(year)
    if (isSecond)
      return [
        {
          at,
          problem: { zh: `${year} 年的日历有两份`, en: `There are two calendars of ${year}` },
          remedy: { zh: '请只保留一份', en: 'Leave one of them' },
        },
      ]
    const dates = new Set<string>()
    return days.flatMap((day, number): SettingsFault[] => {
      const fault = dayFault(day, year, dates)
      dates.add(day.date)
      return fault === null ? [] : [{ at: `${at}.days.${number}`, ...fault }]
    })
  })
}

/** Why a day cannot stand in a calendar of a year beside others. */
export function dayFault(
  { date, kind }: Pick<SpecialDay, 'date' | 'kind'>,
  year: number,
  others: ReadonlySet<string>,
): Omit<SettingsFault, 'at'> | null {
  if (!date.startsWith(`${year}-`))
    return {
      problem: { zh: `${date} 不在 ${year} 年`, en: `${date} is not in ${year}` },
      remedy: { zh: '请把它放进所在年份', en: 'Move it to its own year' },
    }
  if (others.has(date))
    return {
      problem: { zh: `${date} 出现两次`, en: `${date} is there twice` },
      remedy: { zh: '同一天只能是放假或上班之一', en: 'A day is either free or worked' },
    }
  if (kind === 'workday' && !isWeekend(date))
    return {
      problem: { zh: `${date} 不是周末，本来就上班`, en: `${date} is no weekend and is worked anyway` },
      remedy: {
        zh: '请核对日期和年份；调休上班日都在周六或周日',
        en: 'Check day and year: only Saturdays and Sundays are worked instead',
      },
    }
  return null
}

/** @param date `YYYY-MM-DD` */
export function isWeekend(date: string): boolean {
  return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
}

/** Offices that stay closed would leave a time limit without an end. */
function closureFaults(settings: ClockSettings): SettingsFault[] {
  const { calendar } = timeLimitsOf(settings)
  return settings.calendar.years.flatMap(({ year }, index): SettingsFault[] => {
    const first = Date.parse(`${year}-01-01T00:00:00Z`) / dayLength
    let closed = 0
    for (let day = first - longestClosure; day <= first + 365 + longestClosure; day++) {
      closed = calendar.isWorkday(day) ? 0 : closed + 1
      if (closed > longestClosure)
        return [
          {
            at: `calendar.years.${index}`,
            problem: {
              zh: `${year} 年有超过 ${longestClosure} 天连续不上班`,
              en: `Offices are closed for more than ${longestClosure} days on end in ${year}`,
            },
            remedy: { zh: '请核对该年的放假日', en: 'Check the holidays of that year' },
          },
        ]
    }
    return []
  })
}
