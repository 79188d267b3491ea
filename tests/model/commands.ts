import assert from 'node:assert/strict'
import type { Registered } from '@minqing/data/domain/intake'
import * as fc from 'fast-check'
import {
  expectedStatus,
  isMoving,
  modelActions,
  type ModelActor,
  type ModelCase,
  newCase,
  take,
} from './incident-model.ts'
import { contentFor } from './step-contents.ts'

export const actors = [
  { id: 'worker', role: 'grid_worker' },
  { id: 'community', role: 'community' },
  { id: 'mediator-1', role: 'mediator' },
  { id: 'mediator-2', role: 'mediator' },
  { id: 'department', role: 'department' },
  { id: 'officer-1', role: 'duty_officer' },
  { id: 'officer-2', role: 'duty_officer' },
  { id: 'lead-1', role: 'centre_lead' },
  { id: 'lead-2', role: 'centre_lead' },
  { id: 'supervisor', role: 'supervisor' },
  { id: 'analyst', role: 'analyst' },
] as const satisfies readonly ModelActor[]

/** The API under test. */
export type RealApi = {
  street: string
  post: (by: ModelActor, path: string, body: object) => Promise<{ status: number; body: unknown }>
  /** What a party of a merged case is called in the other one. */
  nameInTarget: (number: string, party: string) => string
}

/** What the database is expected to hold, and what was seen of it at some instants. */
export type Model = {
  /** The server's time. */
  clock: number
  cases: ModelCase[]
  taken: number
  asked: number
  /** Actions of one case that were taken, and refused. */
  actions: Map<string, [taken: number, refused: number]>
  seen: { at: number; number: string; status: string; sequence: number; statuses: Record<string, number> }[]
}

const pathOf = ({ street }: RealApi, { number }: ModelCase, rest: string) => `/incidents/${street}/${number}/${rest}`

/** Picks of a command: numbers that say which case, actor, action and content, whatever is there by then. */
type Picks = readonly number[]
const picks = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 12, maxLength: 12 })

class Chooser {
  readonly #picks: Picks
  #next = 0
  constructor(given: Picks) {
    this.#picks = given
  }
  readonly below = (limit: number) => this.#picks[this.#next++ % this.#picks.length]! % limit
  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!
  }
}

type Command = fc.AsyncCommand<Model, RealApi>

/** A command that chooses by its picks. */
abstract class Chosen implements Command {
  readonly given: Picks
  constructor(given: Picks) {
    this.given = given
  }
  /** Cases that have to be there. */
  readonly needs: number = 0
  check({ cases }: Readonly<Model>): boolean {
    return cases.length >= this.needs
  }
  abstract run(model: Model, real: RealApi): Promise<void>
  /** What a failure prints. */
  toString(): string {
    return this.constructor.name
  }
}

class Register extends Chosen {
  async run(model: Model, real: RealApi) {
    const choose = new Chooser(this.given)
    const by = choose.of(actors)
    const type = choose.of(['D02', 'D14', 'E03', 'E05'])
    const report = { text: '邻里漏水', type, reporter: { name: '某人' } }
    const { status, body } = await real.post(by, '/incidents', report)
    model.asked += 1
    if (by.role === 'analyst' || by.role === 'supervisor') return assert.equal(status, 403)
    assert.equal(status, 201, JSON.stringify(body))
    const made = newCase((body as Registered).number, type)
    made.sequence = 2
    made.parties.set('reporter', null)
    model.cases.push(made)
    model.taken += 2
  }
}

class Step extends Chosen {
  override readonly needs = 1
  async run(model: Model, real: RealApi) {
    const choose = new Chooser(this.given)
    const one = choose.of(model.cases.slice(-5))
    const given = { by: choose.of(actors), action: choose.of(modelActions.filter((action) => !ofTwo.has(action))) }
    // Of three steps two are chosen among those that somebody may take, so that cases go on.
    const possible = choose.below(3) === 0 ? [] : possibleFor(one, model.clock)
    // Half of these move it on.
    const moving = choose.below(2) === 0 ? possible.filter(({ action }) => isMoving(one, action)) : []
    // A quarter is what was taken least so far: an action that few states allow is not left to chance.
    const rarest = choose.below(4) === 0 ? leastTaken(possible, model) : []
    const wanted = [rarest, moving, possible].find((some) => some.length > 0)
    const { by, action } = wanted === undefined ? given : choose.of(wanted)
    const content = contentFor(action, one, actors, choose.below, model.clock)
    const isStale = choose.below(20) === 0
    const sequence = one.sequence - (isStale ? 1 : 0)
    const { status, body } = await real.post(by, pathOf(real, one, 'steps'), {
      sequence,
      action,
      content,
    })
    model.asked += 1
    const expected =
      by.role === 'analyst' ? 403 : isStale ? 409 : expectedStatus(one, { action, content }, by, model.clock)
    assert.equal(status, expected, `${by.role} ${action} at ${one.status}: ${JSON.stringify(body)}`)
    const [done, refused] = model.actions.get(action) ?? [0, 0]
    model.actions.set(action, expected === 200 ? [done + 1, refused] : [done, refused + 1])
    if (expected !== 200) return
    take(one, { action, content }, by, model.clock)
    model.taken += 1
    assert.partialDeepStrictEqual(body, { sequence: one.sequence, status: one.status })
  }
}

/** These are requests of their own. */
export const ofTwo = new Set(['merge', 'unmerge', 'absorb', 'release', 'add_party'])

type Possible = { by: ModelActor; action: string }

function leastTaken(possible: readonly Possible[], { actions }: Model): Possible[] {
  const taken = ({ action }: Possible) => actions.get(action)?.[0] ?? 0
  const least = Math.min(...possible.map(taken))
  return possible.filter((one) => taken(one) === least)
}

function possibleFor(one: ModelCase, now: number): Possible[] {
  return actors.flatMap((by) =>
    modelActions
      .filter((action) => !ofTwo.has(action))
      // Whether what it records fits is found out by asking.
      .filter((action) => action !== 'void' && action !== 'reject' && action !== 'archive')
      .filter((action) => isPossible(one, action, by, now))
      .map((action) => ({ by, action })),
  )
}

function isPossible(one: ModelCase, action: string, by: ModelActor, now: number): boolean {
  const content = { parties: [], duties: [], outcome: 'oral' }
  const status = expectedStatus(one, { action, content }, by, now)
  return status === 200 || status === 400
}

class AddParty extends Chosen {
  override readonly needs = 1
  async run(model: Model, real: RealApi) {
    const choose = new Chooser(this.given)
    const one = choose.of(model.cases.slice(-5))
    const by = choose.of(actors)
    const { status, body } = await real.post(by, pathOf(real, one, 'parties'), {
      sequence: one.sequence,
      party: { side: choose.of(['applicant', 'respondent', 'third']), name: '某方' },
    })
    model.asked += 1
    const expected =
      by.role === 'analyst' ? 403 : expectedStatus(one, { action: 'add_party', content: {} }, by, model.clock)
    assert.equal(status, expected === 200 ? 201 : expected, JSON.stringify(body))
    if (expected !== 200) return
    take(one, { action: 'add_party', content: {} }, by, model.clock)
    one.parties.set((body as { party: string }).party, null)
    model.taken += 1
  }
}

class Merge extends Chosen {
  override readonly needs = 2
  async run(model: Model, real: RealApi) {
    const choose = new Chooser(this.given)
    const recent = model.cases.slice(-6)
    const one = choose.of(recent)
    const target = choose.of(recent)
    const by = choose.of(actors)
    const merge = { action: 'merge', content: { into: target.number } }
    const { status, body } = await real.post(by, pathOf(real, one, 'merge'), {
      sequence: one.sequence,
      into: target.number,
      reason: '重复',
    })
    model.asked += 1
    const expected =
      by.role === 'analyst'
        ? 403
        : one === target
          ? 400
          : worse(expectedStatus(one, merge, by, model.clock), () =>
              expectedStatus(target, { action: 'absorb', content: {} }, by, model.clock),
            )
    assert.equal(status, expected, `${one.status} into ${target.status}: ${JSON.stringify(body)}`)
    if (expected !== 200) return
    take(one, merge, by, model.clock)
    take(target, { action: 'absorb', content: {} }, by, model.clock)
    target.duplicates.add(one.number)
    for (const party of one.parties.keys()) target.parties.set(real.nameInTarget(one.number, party), one.number)
    model.taken += 2
  }
}

const worse = (first: number, second: () => number) => (first === 200 ? second() : first)

class Unmerge extends Chosen {
  override readonly needs = 1
  async run(model: Model, real: RealApi) {
    const choose = new Chooser(this.given)
    const merged = model.cases.slice(-12).filter(({ mergedInto }) => mergedInto !== null)
    const one = choose.of(merged.length === 0 ? model.cases.slice(-6) : merged)
    const by = choose.of(actors)
    const { status, body } = await real.post(by, pathOf(real, one, 'unmerge'), {
      sequence: one.sequence,
      reason: '并非同一件',
    })
    model.asked += 1
    const target = model.cases.find(({ number }) => number === one.mergedInto)
    const unmerge = { action: 'unmerge', content: {} }
    const hasSigned = (party: string) =>
      [...(target?.agreements.values() ?? [])].some(({ parties }) => parties.includes(party))
    const isBound = [...(target?.parties ?? [])].some(([party, from]) => from === one.number && hasSigned(party))
    const release = () =>
      target === undefined
        ? 200
        : worse(expectedStatus(target, { action: 'release', content: {} }, by, model.clock), () =>
            isBound ? 400 : 200,
          )
    const expected = by.role === 'analyst' ? 403 : worse(release(), () => expectedStatus(one, unmerge, by, model.clock))
    assert.equal(status, expected, `${one.status} from ${target?.status}: ${JSON.stringify(body)}`)
    if (expected !== 200) return
    take(one, unmerge, by, model.clock)
    take(target!, { action: 'release', content: {} }, by, model.clock)
    target!.duplicates.delete(one.number)
    for (const [party, from] of target!.parties) if (from === one.number) target!.parties.delete(party)
    model.taken += 2
  }
}

/** Time passes; what is known by then is noted, to be asked for afterwards. */
class Wait extends Chosen {
  async run(model: Model) {
    const choose = new Chooser(this.given)
    if (model.cases.length > 0) {
      const one = choose.of(model.cases.slice(-5))
      const statuses = Object.fromEntries(
        [...Map.groupBy(model.cases, ({ status }) => status)].map(([status, all]) => [status, all.length]),
      )
      model.seen.push({ at: model.clock, number: one.number, status: one.status, sequence: one.sequence, statuses })
    }
    model.clock += choose.of([60_000, 3_600_000, 86_400_000, 8 * 86_400_000])
  }
}

const kinds = [...Array.from({ length: 22 }, () => Step), Register, AddParty, AddParty, Merge, Unmerge, Wait, Wait]
/** Something that somebody does, or time that passes. */
export const command = fc
  .tuple(fc.constantFrom(...kinds.keys()), picks)
  .map(([kind, given]): Command => new kinds[kind]!(given))
