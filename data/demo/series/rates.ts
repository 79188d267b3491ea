import type { Channel } from '@minqing/data/domain/channel'
import type { IncidentType } from '@minqing/data/domain/incident-type'
import type { Home } from '../make-buildings.ts'
import { fromSpringFestival, monthOf, weekdayOf, weekdayWeights, type Daily } from './calendar.ts'

export type Rate = {
  /** Incidents in 18 months over the whole street, bursts aside. */
  count: number
  daily: Daily
  weekly: keyof typeof weekdayWeights
  /** Month of the peak and how much it rises above the mean. */
  peak: [month: number, rise: number]
  /** In the building, or before it on the street. */
  where: 'inside' | 'road'
  /** Relative rate of one building. */
  at: (home: Home) => number
  channels: Partial<Record<Channel, number>>
}

const households = (home: Home) => home.building.households ?? 0
const age = (home: Home) => 2026 - home.draft.builtYear
const lived = (factor: (home: Home) => number) => (home: Home) => households(home) * factor(home)
const shops = (home: Home) =>
  ({ commercial: 2.6, market: 4, mixed: 1.3, office: 2, transport: 5, medical: 2, industrial: 1.5 })[
    home.building.use as string
  ] ?? 0
/** Where goods and meals are sold. */
const eating = (home: Home) => ({ commercial: 2.6, market: 4, mixed: 1.3 })[home.building.use as string] ?? 0
const old = (home: Home) =>
  home.draft.sort === 'house' || home.draft.sort === 'terrace' ? 1.6 : age(home) > 25 ? 1.1 : 0.7
const estates = (home: Home) => (home.draft.sort === 'tower' ? 1.5 : home.draft.sort === 'slab' ? 1 : 0.15)
const large = (home: Home) =>
  home.roadKind === 'arterial' ? 5 : home.roadKind === 'secondary' ? 3 : home.roadKind === 'residential' ? 1.2 : 0.5

const talk: Rate['channels'] = {
  walk_in: 22,
  grid_app: 24,
  hotline_12345: 18,
  weilinli: 8,
  mini_program: 7,
  qr_hall: 6,
  visit: 9,
  police_110: 6,
  leader_reception: 2,
  online_reception: 2,
  wechat_group: 5,
}
const seen: Rate['channels'] = {
  grid_app: 34,
  patrol: 16,
  hotline_12345: 14,
  mini_program: 10,
  qr_hall: 7,
  wechat_group: 8,
  weilinli: 5,
  visit: 4,
  message_board: 3,
  superior: 1,
}
const spoken: Rate['channels'] = {
  hotline_12345: 34,
  message_board: 10,
  walk_in: 14,
  mini_program: 11,
  wechat_group: 9,
  qr_hall: 7,
  weilinli: 7,
  grid_app: 8,
  department: 4,
  sunshine_petition: 2,
}

/**
 * The generating model's base rates. A building's rate is `at`, the season and the weekday scale the day, the hour is
 * drawn from the daily profile.
 */
export const rates: Record<IncidentType, Rate> = {
  D01: {
    count: 330,
    daily: 'evening',
    weekly: 'even',
    peak: [2, 0.2],
    where: 'inside',
    at: lived(() => 1),
    channels: { ...talk, police_110: 18 },
  },
  D02: {
    count: 640,
    daily: 'night',
    weekly: 'weekend',
    peak: [7, 0.12],
    where: 'inside',
    at: lived(old),
    channels: talk,
  },
  D03: {
    count: 210,
    daily: 'office',
    weekly: 'weekdays',
    peak: [4, 0.1],
    where: 'inside',
    at: lived((home) => (home.draft.builtYear < 1970 ? 4 : home.draft.sort === 'house' ? 2 : 0.2)),
    channels: talk,
  },
  D04: {
    count: 70,
    daily: 'office',
    weekly: 'weekdays',
    peak: [11, 0.1],
    where: 'inside',
    at: (home) => shops(home) + households(home) * 0.02,
    channels: spoken,
  },
  D05: {
    count: 110,
    daily: 'office',
    weekly: 'weekdays',
    peak: [12, 0.15],
    where: 'inside',
    at: shops,
    channels: spoken,
  },
  D06: {
    count: 130,
    daily: 'flat',
    weekly: 'even',
    peak: [7, 0.1],
    where: 'road',
    at: (home) => shops(home) + households(home) * 0.08,
    channels: talk,
  },
  D07: {
    count: 8,
    daily: 'office',
    weekly: 'weekdays',
    peak: [3, 0.1],
    where: 'road',
    at: (home) => (home.block === 'village' ? 1 : 0.01),
    channels: talk,
  },
  D08: {
    count: 90,
    daily: 'office',
    weekly: 'weekdays',
    peak: [5, 0.1],
    where: 'inside',
    at: (home) => (home.block === 'clearing' ? 30 : home.block === 'village' ? 1.4 : home.block === 'lanes' ? 0.5 : 0),
    channels: { ...talk, sunshine_petition: 9, leader_reception: 9 },
  },
  D09: {
    count: 270,
    daily: 'night',
    weekly: 'even',
    peak: [6, 0.2],
    where: 'road',
    at: (home) => shops(home) * 2 + households(home) * 0.06,
    channels: spoken,
  },
  D10: {
    count: 150,
    daily: 'office',
    weekly: 'weekdays',
    peak: [1, 0.5],
    where: 'inside',
    at: (home) => shops(home) + (home.block === 'clearing' ? 6 : 0),
    channels: { ...spoken, walk_in: 30, sunshine_petition: 6 },
  },
  D11: {
    count: 270,
    daily: 'office',
    weekly: 'weekend',
    peak: [11, 0.15],
    where: 'inside',
    at: eating,
    channels: spoken,
  },
  D12: {
    count: 60,
    daily: 'office',
    weekly: 'weekdays',
    peak: [1, 0.1],
    where: 'inside',
    at: (home) => (home.building.use === 'medical' ? 20 : shops(home) * 0.02),
    channels: talk,
  },
  D13: {
    count: 130,
    daily: 'commute',
    weekly: 'weekdays',
    peak: [6, 0.1],
    where: 'road',
    at: large,
    channels: { police_110: 60, hotline_12345: 12, walk_in: 10, grid_app: 10 },
  },
  D14: {
    count: 540,
    daily: 'evening',
    weekly: 'even',
    peak: [8, 0.15],
    where: 'inside',
    at: lived(estates),
    channels: spoken,
  },
  D15: {
    count: 40,
    daily: 'office',
    weekly: 'even',
    peak: [11, 0.4],
    where: 'inside',
    at: lived(() => 1),
    channels: spoken,
  },
  D99: {
    count: 90,
    daily: 'office',
    weekly: 'weekdays',
    peak: [6, 0.05],
    where: 'inside',
    at: lived(() => 1),
    channels: talk,
  },
  E02: {
    count: 840,
    daily: 'morning',
    weekly: 'weekdays',
    peak: [7, 0.12],
    where: 'inside',
    at: (home) => households(home) * old(home) + shops(home) * 5,
    channels: { ...seen, visit: 14 },
  },
  E03: {
    count: 780,
    daily: 'morning',
    weekly: 'even',
    peak: [7, 0.2],
    where: 'road',
    at: (home) => households(home) * 0.5 + shops(home) * 6,
    channels: seen,
  },
  E04: {
    count: 920,
    daily: 'morning',
    weekly: 'even',
    peak: [1, 0.12],
    where: 'inside',
    at: lived(old),
    channels: spoken,
  },
  E05: {
    count: 580,
    daily: 'meals',
    weekly: 'weekend',
    peak: [6, 0.15],
    where: 'road',
    at: (home) => shops(home) * 3 + large(home) * 0.8,
    channels: seen,
  },
  E06: {
    count: 330,
    daily: 'night',
    weekly: 'weekend',
    peak: [8, 0.12],
    where: 'road',
    at: (home) => shops(home) * 2.5 + households(home) * 0.15,
    channels: { police_110: 46, patrol: 18, grid_app: 12, hotline_12345: 10, visit: 4 },
  },
  E07: {
    count: 430,
    daily: 'office',
    weekly: 'weekdays',
    peak: [1, 0.18],
    where: 'inside',
    at: (home) => home.elderlyAlone * 8 + households(home) * 0.4,
    channels: { visit: 36, grid_app: 26, walk_in: 16, hotline_12345: 8, wechat_group: 6, weilinli: 4 },
  },
  E08: {
    count: 490,
    daily: 'office',
    weekly: 'weekdays',
    peak: [3, 0.1],
    where: 'inside',
    at: lived(() => 1),
    channels: { hotline_12345: 28, walk_in: 26, mini_program: 14, wechat_group: 12, weilinli: 8, online_reception: 3 },
  },
  E09: {
    count: 190,
    daily: 'evening',
    weekly: 'even',
    peak: [3, 0.1],
    where: 'road',
    at: (home) => households(home) + shops(home),
    channels: { message_board: 26, qr_hall: 24, mini_program: 18, wechat_group: 12, hotline_12345: 12 },
  },
  E10: {
    count: 270,
    daily: 'flat',
    weekly: 'even',
    peak: [1, 0.25],
    where: 'inside',
    at: (home) => home.detectors * 10 + households(home) * 0.01,
    channels: { iot: 1 },
  },
  E11: {
    count: 120,
    daily: 'office',
    weekly: 'weekdays',
    peak: [3, 0.15],
    where: 'inside',
    at: (home) => households(home) * old(home) + (home.block === 'clearing' ? 40 : 0),
    channels: { sunshine_petition: 40, leader_reception: 20, walk_in: 22, superior: 12, online_reception: 6 },
  },
  E99: {
    count: 120,
    daily: 'flat',
    weekly: 'even',
    peak: [6, 0.05],
    where: 'road',
    at: lived(() => 1),
    channels: seen,
  },
}

/** Season of a type on a day: a yearly wave, and what the Spring Festival does to it. Mean about 1. */
export function seasonOf(type: IncidentType, day: number): number {
  const [month, rise] = rates[type].peak
  const wave = 1 + rise * Math.cos(((monthOf(day) - month) / 12) * 2 * Math.PI)
  const festival = fromSpringFestival(day)
  // Wages are asked for before the festival; during it offices rest and families meet.
  if (type === 'D10') return wave * (festival >= -30 && festival < -2 ? 2 : festival >= 0 && festival < 9 ? 0.3 : 0.95)
  if (type === 'D01' || type === 'E06') return wave * (festival >= -1 && festival < 9 ? 1.4 : 1)
  if (rates[type].weekly === 'weekdays') return wave * (festival >= -1 && festival < 7 ? 0.3 : 1.01)
  return wave
}

export function weekdayFactor(type: IncidentType, day: number): number {
  return weekdayWeights[rates[type].weekly][weekdayOf(day)] as number
}
