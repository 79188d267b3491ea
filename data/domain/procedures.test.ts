import { describe, expect, it } from 'vitest'
import { incidentTypes } from './incident-type.ts'
import { nextOnRoute, routeOf, type RouteStep } from './procedure-route.ts'
import { routes, stationNames, stations } from './procedures.ts'

const at = (day: string) => `2026-${day}T00:00:00.000Z`
const now = Date.parse(at('03-31'))
const step = (action: RouteStep['action'], day: string, content: object = {}): RouteStep => ({
  action,
  at: at(day),
  content: { ...content },
})
const where = (type: Parameters<typeof routeOf>[0], steps: RouteStep[], isEnded = false) =>
  routeOf(type, steps, isEnded, now)
const currentOf = (route: ReturnType<typeof routeOf>) => route.find(({ state }) => state === 'current')?.name

describe('the table of procedures', () => {
  it('has a route for each type, of different stations', () => {
    for (const type of incidentTypes) {
      expect(routes[type].length, type).toBeGreaterThan(1)
      expect(new Set(routes[type]).size, type).toBe(routes[type].length)
    }
    const used = new Set(Object.values(routes).flat())
    expect(stationNames.filter((name) => !used.has(name))).toEqual([])
  })

  it('leads from each station to another one of the route, unless it is a last one', () => {
    const last = ['commercial_arbitration', 'appeal', 'administrative_litigation', 'petition_recheck']
    expect(stationNames.filter((name) => stations[name].next.length === 0)).toEqual(
      last.toSorted(
        (a, b) => stationNames.findIndex((name) => name === a) - stationNames.findIndex((name) => name === b),
      ),
    )
    const deadEnds = incidentTypes.flatMap((type) =>
      routes[type].filter((name) => stations[name].next.length > 0 && nextOnRoute(type, name).length === 0),
    )
    expect(deadEnds).toEqual([])
  })

  it('names a law wherever it states a time, and both languages', () => {
    for (const name of stationNames) {
      const { limits, basis, label, authority } = stations[name]
      expect(limits.length > 0 && basis.length === 0, name).toBe(false)
      for (const { amount } of limits) expect(amount, name).toBeGreaterThan(0)
      for (const text of [label, authority, ...limits.map((limit) => limit.label)])
        expect(
          [text.zh, text.en].map((one) => one.trim() !== ''),
          name,
        ).toEqual([true, true])
    }
  })

  it.each([
    ['labour_arbitration', [12, 45, 15, 15]],
    ['petition', [15, 60, 30]],
    ['reconsideration', [60, 60, 30]],
    ['judicial_confirmation', [30]],
    ['people_mediation', []],
  ] as const)('gives %s the times of its law', (name, amounts) => {
    expect(stations[name].limits.map(({ amount }) => amount)).toEqual(amounts)
  })
})

describe('the route of a case', () => {
  it('begins with the first procedure when it is taken on', () => {
    const route = where('D10', [step('report', '03-01'), step('accept', '03-02')])
    expect(route.map(({ name, state }) => [name, state])).toEqual([
      ['people_mediation', 'current'],
      ['judicial_confirmation', 'open'],
      ['labour_arbitration', 'open'],
      ['litigation', 'open'],
      ['appeal', 'open'],
    ])
    expect(route[0]!.since).toBe(Date.parse(at('03-02')))
    // The law gives mediation no time.
    expect(route[0]!.time).toBeNull()
  })

  it('goes on to what it was referred to, with the time of the law', () => {
    const steps = [
      step('accept', '01-02'),
      step('mediate', '01-10', { mediation: 'people' }),
      step('close', '03-01', { outcome: 'to_arbitration' }),
    ]
    const route = where('D10', steps, true)
    expect(currentOf(route)).toBe('labour_arbitration')
    expect(route[0]!.state).toBe('passed')
    expect(route[2]!.time).toEqual({ used: 30, left: 15, dueAt: Date.parse(at('04-15')) })
    expect(nextOnRoute('D10', 'labour_arbitration')).toEqual(['litigation'])
  })

  it('is overdue where the time has passed', () => {
    const route = where('E11', [step('import', '01-01', { status: '50' })])
    expect(route[0]!.time).toMatchObject({ used: 89 })
    expect(route[0]!.time!.left).toBeLessThan(0)
  })

  it('counts the time to confirm an agreement from its day, and ends where the case is settled', () => {
    const steps = [
      step('accept', '03-01'),
      step('agree', '03-21', { form: 'written' }),
      step('close', '03-22', { outcome: 'written' }),
    ]
    const route = where('D02', steps, true)
    expect(currentOf(route)).toBeUndefined()
    const confirmation = route.find(({ name }) => name === 'judicial_confirmation')!
    expect(confirmation).toMatchObject({ state: 'open', time: { used: 10, left: 20 } })
  })

  it('goes by the last outcome where a case was opened again', () => {
    const steps = [
      step('accept', '01-01'),
      step('close', '01-10', { outcome: 'to_litigation' }),
      step('reopen', '01-20'),
      step('close', '02-10', { outcome: 'oral' }),
    ]
    expect(currentOf(where('D02', steps.slice(0, 2), true))).toBe('litigation')
    expect(currentOf(where('D02', steps, true))).toBeUndefined()
  })

  it('counts months to the end of a shorter one', () => {
    const route = where('D04', [
      step('accept', '01-01'),
      step('choose_procedure', '08-31', { procedure: 'litigation' }),
    ])
    expect(route.find(({ name }) => name === 'litigation')!.time!.dueAt).toBe(Date.parse('2027-02-28T00:00:00.000Z'))
  })

  it('understands a word for a procedure as the one that the type has', () => {
    const chosen = (type: Parameters<typeof routeOf>[0], procedure: string) =>
      currentOf(where(type, [step('accept', '01-01'), step('choose_procedure', '01-02', { procedure })]))
    expect(chosen('D12', 'people_mediation')).toBe('medical_mediation')
    expect(chosen('D13', 'administrative_mediation')).toBe('traffic_mediation')
    expect(chosen('D07', 'arbitration')).toBe('land_arbitration')
    expect(chosen('D04', 'arbitration')).toBe('commercial_arbitration')
    // Not open to it: it stays where it is.
    expect(chosen('D01', 'arbitration')).toBe('people_mediation')
    expect(where('D01', [])[0]).toMatchObject({ state: 'open', since: null })
  })
})
