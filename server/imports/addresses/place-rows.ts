import { addressKey } from '@minqing/data/addresses/normalise'
import type { Gazetteer } from '@minqing/data/addresses/gazetteer'
import { matchAddress, type AddressCandidate, type AddressMatch } from '@minqing/data/addresses/match'
import type { AddressTarget } from '@minqing/data/addresses/named-places'
import { positionSources, type PositionSource } from '@minqing/data/domain/position-source'
import type { AddressReport } from '@minqing/data/domain/import'
import type { Transaction } from '../../store/connect.ts'
import type { AddressSource } from '../collections/collection.ts'
import { pointText } from '../../store/copy-rows.ts'
import { answered, answersOf, meaningless, near, readAnswers, rememberAnswers, type Answers } from './answers.ts'
import { readGazetteer } from './read-gazetteer.ts'

/** Different addresses that are placed at once: some 20 ms, in which a server answers nothing else. */
const atOnce = 1_000
/** Addresses that are listed for a person to decide on. */
const mostListed = 200

type Distinct = { address: string; communityCode: string; gridCode: string; rows: number }

/**
 * Gives the staged rows that have an address and no position the place that the address means, with how it is known and
 * how surely; each different address of a street is looked up once. What is not sure is listed, and its rows stay where
 * their columns put them.
 */
export class RowPlacing {
  readonly #transaction: Transaction
  readonly #given: Answers
  readonly #how: AddressSource | null
  readonly #used = new Map<string, Map<string, string>>()
  /** Answers that the streets so far do not understand, with what is known near them. */
  readonly #notUnderstood = new Map<string, AddressTarget[]>()
  readonly #understood = new Set<string>()
  readonly #levels = new Map<PositionSource, number>()
  readonly #listed = new Map<string, AddressReport['list'][number]>()
  #undecided = 0
  #unplaced = 0

  /** @param given address → what a person said that it means, with this file */
  constructor(transaction: Transaction, given: ReadonlyMap<string, string>, how: AddressSource | null = null) {
    this.#transaction = transaction
    this.#how = how
    this.#given = answersOf(given)
  }

  /** The staged column that addresses are read from. */
  get #address() {
    return this.#transaction(`r.${this.#how?.column ?? 'address'}`)
  }

  /**
   * What was done, and what a person has to decide; null where no row had an address instead of a position.
   *
   * @throws FileProblem where an answer that came with the file means nothing in any of its streets
   */
  async place(): Promise<AddressReport | null> {
    const transaction = this.#transaction
    const streets = await transaction<{ streetCode: string }[]>`
      select distinct street_code from import_row r where position is null and ${this.#address} <> '' order by street_code`
    if (streets.length === 0) return null
    await transaction`
      create temp table import_place (
        street_code text, address text, community_code text, grid_code text, position point, position_source text,
        certainty double precision, placed_community text, placed_grid text, placed_building text
      ) on commit drop`
    for (const { streetCode } of streets) await this.#placeStreet(streetCode)
    for (const [key, known] of this.#notUnderstood)
      if (!this.#understood.has(key)) throw meaningless(key, this.#given.get(key) ?? '', known)
    await transaction`analyze import_place`
    await transaction`
      update import_row r
      set position = p.position, position_source = p.position_source, position_certainty = p.certainty,
        community_code = coalesce(r.community_code, p.placed_community),
        grid_code = coalesce(r.grid_code,
          case when r.community_code is null or starts_with(p.placed_grid, r.community_code) then p.placed_grid end),
        building_code = coalesce(r.building_code, p.placed_building)
      from import_place p
      where r.position is null and p.street_code = r.street_code and p.address = ${this.#address}
        and p.community_code = coalesce(r.community_code, '') and p.grid_code = coalesce(r.grid_code, '')`
    return this.#report()
  }

  /** The addresses with an answer that came with the file and was used, in the form in which they are compared. */
  get used(): ReadonlySet<string> {
    return this.#understood
  }

  /** Remembers the answers that this file brought, under the number of its import. */
  async remember(batch: number): Promise<void> {
    for (const [street, answers] of this.#used) await rememberAnswers(this.#transaction, street, answers, batch)
  }

  async #placeStreet(street: string): Promise<void> {
    const transaction = this.#transaction
    const gazetteer = await readGazetteer(transaction, street, await this.#how?.buildings(street))
    const answers = await readAnswers(transaction, street)
    await transaction`drop table if exists import_address`
    await transaction`
      create temp table import_address on commit drop as
      select row_number() over () as place, ${this.#address} as address, coalesce(community_code, '') as community_code,
        coalesce(grid_code, '') as grid_code, count(*) as rows
      from import_row r where position is null and ${this.#address} <> '' and street_code = ${street} group by 2, 3, 4`
    await transaction`create index on import_address (place)`
    for (let first = 1; ; first += atOnce) {
      const different = await transaction<Distinct[]>`
        select address, community_code, grid_code, rows from import_address
        where place >= ${first} and place < ${first + atOnce}`
      if (different.length === 0) break
      const placed = different.flatMap((one) => this.#placeOne(street, gazetteer, answers, one))
      if (placed.length > 0)
        await transaction`
          insert into import_place
          select ${street}, p.address, p.community, p.grid, p.position::point, p.source, p.certainty, p.placed_community,
            p.placed_grid, p.placed_building
          from unnest(${placed.map(([one]) => one.address)}::text[], ${placed.map(([one]) => one.communityCode)}::text[],
            ${placed.map(([one]) => one.gridCode)}::text[],
            ${placed.map(([, { target }]) => pointText(target.lon, target.lat))}::text[],
            ${placed.map(([, { target }]) => sourceOf(target.level))}::text[],
            ${placed.map(([, { certainty }]) => certainty)}::double precision[],
            ${placed.map(([, { target }]) => target.communityCode)}::text[],
            ${placed.map(([, { target }]) => target.gridCode)}::text[],
            ${placed.map(([, { target }]) => target.buildingCode)}::text[])
            as p (address, community, grid, position, source, certainty, placed_community, placed_grid, placed_building)`
    }
  }

  #placeOne(street: string, gazetteer: Gazetteer, remembered: Answers, one: Distinct): [Distinct, AddressCandidate][] {
    const key = addressKey(one.address)
    const answer = this.#given.get(key) ?? remembered.get(key)
    const meant = answer === undefined ? null : answered(gazetteer, answer)
    if (this.#given.has(key)) this.#noteAnswer(street, gazetteer, key, meant !== null, remembered)
    const within = { communityCode: one.communityCode || null, gridCode: one.gridCode || null }
    const match = meant ?? matchAddress(gazetteer, one.address, within)
    this.#count(key, one, match, answer === '')
    return match.place === null ? [] : [[one, match.place]]
  }

  #noteAnswer(street: string, gazetteer: Gazetteer, key: string, isUnderstood: boolean, remembered: Answers): void {
    const given = this.#given.get(key) ?? ''
    if (!isUnderstood) {
      const known = this.#notUnderstood.get(key) ?? []
      if (known.length === 0) this.#notUnderstood.set(key, near(gazetteer, given))
      return
    }
    this.#understood.add(key)
    if (remembered.get(key) === given) return
    const used = this.#used.get(street) ?? new Map<string, string>()
    this.#used.set(street, used.set(key, given))
  }

  #count(
    key: string,
    { rows, communityCode }: Distinct,
    { place, undecided }: AddressMatch,
    isAnswered: boolean,
  ): void {
    if (place !== null) {
      const source = sourceOf(place.target.level)
      this.#levels.set(source, (this.#levels.get(source) ?? 0) + rows)
    }
    if (undecided.length > 0) this.#undecided += rows
    else if (place === null) this.#unplaced += rows
    if (isAnswered || (place !== null && undecided.length === 0)) return
    const id = `${key} ${communityCode}`
    const there = this.#listed.get(id)
    if (there !== undefined) there.rows += rows
    else if (this.#listed.size < mostListed * 50)
      this.#listed.set(id, {
        address: key,
        rows,
        candidates: undecided.map(({ target, certainty }) => ({ target: target.id, label: target.label, certainty })),
      })
  }

  #report(): AddressReport {
    const list = [...this.#listed.values()].sort(
      (a, b) => Number(b.candidates.length > 0) - Number(a.candidates.length > 0) || b.rows - a.rows,
    )
    return {
      placed: positionSources.flatMap((source) => {
        const rows = this.#levels.get(source) ?? 0
        return rows === 0 ? [] : [{ source, rows }]
      }),
      undecided: this.#undecided,
      unplaced: this.#unplaced,
      different: list.length,
      list: list.slice(0, mostListed),
    }
  }
}

function sourceOf(level: AddressCandidate['target']['level']): PositionSource {
  return `address-${level}`
}
