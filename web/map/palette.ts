import type { MapInputs } from './map-inputs.ts'

/** Quiet tones for the ground, so that data is the only saturated thing on the screen. */
export type Palette = {
  land: string
  estate: string
  busy: string
  institution: string
  paved: string
  green: string
  water: string
  road: string
  roadMajor: string
  roadCasing: string
  path: string
  rail: string
  building: string
  buildingTall: string
  buildingLine: string
  label: string
  labelQuiet: string
  labelWater: string
  halo: string
  areaLine: string
  areaLineStrong: string
  accent: string
  danger: string
  warning: string
  pill: string
  pillLine: string
  pillText: string
  /** How much darker a wall is than a roof. */
  shade: number
}

export const palettes: Record<MapInputs['theme'], Palette> = {
  dark: {
    land: '#11161d',
    estate: '#141a22',
    busy: '#171b25',
    institution: '#181e26',
    paved: '#161c24',
    green: '#12211b',
    water: '#0b1f2e',
    road: '#232b36',
    roadMajor: '#2d3744',
    roadCasing: '#0b0f14',
    path: '#1f2731',
    rail: '#323c49',
    building: '#222d3a',
    buildingTall: '#34445a',
    buildingLine: '#2e3a49',
    label: '#9fb0c3',
    labelQuiet: '#8b9bad',
    labelWater: '#4f7f9f',
    halo: '#11161d',
    areaLine: '#566a80',
    areaLineStrong: '#8ea4bd',
    accent: '#2bb3a3',
    danger: '#ff8589',
    warning: '#ffb14a',
    pill: '#151b23e6',
    pillLine: '#3a4756',
    pillText: '#d5dfe9',
    shade: 0.42,
  },
  light: {
    land: '#f4f3ef',
    estate: '#f1efe9',
    busy: '#f4eee6',
    institution: '#efece9',
    paved: '#f0eee8',
    green: '#dfe8d6',
    water: '#cfe0ea',
    road: '#ffffff',
    roadMajor: '#ffffff',
    roadCasing: '#dcdad3',
    path: '#e9e6df',
    rail: '#c9c6bf',
    building: '#e7e3db',
    buildingTall: '#ece9e3',
    buildingLine: '#d6d1c6',
    label: '#55606c',
    labelQuiet: '#7a838c',
    labelWater: '#5f8aa5',
    halo: '#f4f3ef',
    areaLine: '#8b97a3',
    areaLineStrong: '#5b6975',
    accent: '#0b7a6e',
    danger: '#c1272d',
    warning: '#9a4d00',
    pill: '#fffffff0',
    pillLine: '#c9c6bf',
    pillText: '#2b333b',
    shade: 0.14,
  },
}
