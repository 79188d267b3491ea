import { channels, type Channel } from '@minqing/data/domain/channel'
import { homeTimeZone } from '@minqing/data/domain/instant'
import type { IncidentStatus } from '@minqing/data/domain/incident-status'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import { risks, type Risk } from '@minqing/data/domain/risk'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * What a case is, as one number below 2^53: 6 bits type, 6 channel, 7 status, 3 risk, 5 hour, 5 day of the month,
 * 20 place. Stored (`incident_month.cells`), so it means the same for ever: types and statuses are numbered by their
 * codes, channels and risks by their position in lists that only grow at their ends.
 */
export const typeOf = (cell: number) => cell & 63
export const channelOf = (cell: number) => (cell >>> 6) & 63
export const statusOf = (cell: number) => (cell >>> 12) & 127
export const riskOf = (cell: number) => (cell >>> 19) & 7
export const hourOf = (cell: number) => (cell >>> 22) & 31
export const dayOf = (cell: number) => cell >>> 27
/** 0 for the street itself, else 1 + 1001 × community, + 1 + grid within a grid. */
export const placeOf = (cell: number) => Math.floor(cell / 4_294_967_296)

/** D99 and E99 are 0 and 32: no list of ours reaches 32 types of a kind. */
export const typeCode = (type: IncidentType) => (type.startsWith('E') ? 32 : 0) + (Number(type.slice(1)) % 99)
export const channelCode = (channel: Channel) => channels.indexOf(channel)
export const statusCode = (status: IncidentStatus) => Number(status)
export const riskCode = (risk: Risk) => risks.indexOf(risk)

/** The code of a place within a street: itself, a community or a grid. */
export function placeCode(street: string, place: number): string {
  if (place === 0) return street
  const community = Math.floor((place - 1) / 1001)
  const grid = (place - 1) % 1001
  const three = (number: number) => String(number).padStart(3, '0')
  return `${street}${three(community)}${grid === 0 ? '' : three(grid - 1)}`
}

/** The cell of each row of `incident`. */
export function cellOfRow(transaction: Transaction): Fragment {
  const local = transaction`(reported_at at time zone ${homeTimeZone})`
  return transaction`(
    (ascii(type) - 68) * 32 + substr(type, 2)::integer % 99
    + ((array_position(${[...channels]}::text[], channel) - 1) << 6) + (status::integer << 12)
    + ((array_position(${[...risks]}::text[], risk) - 1) << 19)
    + ((extract(hour from ${local})::bigint + extract(day from ${local})::bigint * 32) << 22)
    + (case when grid_code is not null
        then 2 + substr(grid_code, 10, 3)::bigint * 1001 + substr(grid_code, 13)::bigint
        when community_code is not null then 1 + substr(community_code, 10)::bigint * 1001 else 0 end << 32))`
}

/** First day of the month at home in which a moment lies. */
export function homeMonth(transaction: Transaction, moment: Fragment): Fragment {
  return transaction`date_trunc('month', ${moment} at time zone ${homeTimeZone})::date`
}

/** Numbers as PostgreSQL writes them between commas: far faster to read than an array's own text. */
export function numbersOf(text: string): number[] {
  return JSON.parse(`[${text}]`) as number[]
}
