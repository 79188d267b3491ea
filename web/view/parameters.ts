import {
  type FacetCode,
  type FacetName,
  facetNames,
  formatFacetCodes,
  hasUnknownFacetCodes,
  mapFacets,
  parseFacetCodes,
} from '@minqing/data/domain/incident-facets'
import { createParser, parseAsStringLiteral } from 'nuqs'
import { languageParser } from '../i18n/language.ts'
import { themeParser } from '../theme/theme.ts'
import type { Camera } from './camera.ts'
import { minuteParser } from './minute.ts'
import { parseTimeWindow, sameTimeWindow, serialiseTimeWindow, wholeTime } from './time-window.ts'

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((code, index) => code === b[index])
}

function facetParser(name: FacetName) {
  return createParser<string[]>({
    parse: (text) => parseFacetCodes(name, text),
    serialize: (codes) => formatFacetCodes(name, codes),
    eq: sameTexts,
  }).withDefault([])
}

type FacetParser<Code> = ReturnType<ReturnType<typeof createParser<Code[]>>['withDefault']>

/** Each parser reads codes of its own facet alone. */
const facetParsers = mapFacets(facetParser) as unknown as { [Name in FacetName]: FacetParser<FacetCode<Name>> }

/** The area parameter's value for all streets together. */
export const allStreetsCode = 'all'

const areaParser = createParser<string>({
  parse: (text) => (/^(all|\d{9}|\d{12}|\d{15})$/.test(text) ? text : null),
  serialize: (code) => code,
})

/** Metres. */
export const radiusLimits = { min: 50, max: 3000 } as const

const radiusParser = createParser<number>({
  parse: (text) => {
    const metres = Number(text)
    return /^\d+$/.test(text) && metres >= radiusLimits.min && metres <= radiusLimits.max ? metres : null
  },
  serialize: String,
})

/** A thing on the map that can be selected. */
export type MapTarget = { kind: (typeof targetKinds)[number]; id: string }

const targetKinds = ['area', 'building', 'incident', 'facility'] as const

const targetParser = createParser<MapTarget>({
  parse: (text) => {
    const [kind, ...id] = text.split(':')
    const known = targetKinds.find((candidate) => candidate === kind)
    return known !== undefined && id.join(':') !== '' ? { kind: known, id: id.join(':') } : null
  },
  serialize: ({ kind, id }) => `${kind}:${id}`,
  eq: (a, b) => a.kind === b.kind && a.id === b.id,
})

/** 5 decimals are a metre; a hundredth of a zoom step and whole degrees are below what an eye sees. */
function cameraText({ lon, lat, zoom, bearing, pitch }: Camera): string {
  return [lon.toFixed(5), lat.toFixed(5), zoom.toFixed(2), bearing.toFixed(0), pitch.toFixed(0)].map(Number).join(',')
}

const cameraParser = createParser<Camera>({
  parse: (text) => {
    const numbers = text.split(',').map(Number)
    if (numbers.length !== 5 || !numbers.every(Number.isFinite)) return null
    const [lon, lat, zoom, bearing, pitch] = numbers as [number, number, number, number, number]
    const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24 && pitch >= 0 && pitch <= 85
    return inside ? { lon, lat, zoom, bearing, pitch } : null
  },
  serialize: cameraText,
  eq: (a, b) => cameraText(a) === cameraText(b),
})

/** Ids of the layers that are switched on, as the map's registry knows them; absent: as each layer is by default. */
const layersParser = createParser<string[]>({
  parse: (text) => (text === 'none' ? [] : /^[a-z-]+(,[a-z-]+)*$/.test(text) ? text.split(',') : null),
  serialize: (layers) => (layers.length === 0 ? 'none' : layers.join(',')),
  eq: sameTexts,
})

/** Which list of incidents is shown in the panel in place of the area's figures. */
export const incidentLists = ['all', 'open', 'overdue'] as const

/** What is being looked at, as the address says it. */
export const viewParameters = {
  area: areaParser,
  time: createParser({ parse: parseTimeWindow, serialize: serialiseTimeWindow, eq: sameTimeWindow }).withDefault(
    wholeTime,
  ),
  ...facetParsers,
  /** Local minute as of whose knowledge cases are shown; now where it is absent. */
  asOf: minuteParser,
  density: parseAsStringLiteral(['heat', 'hexagon', 'off']).withDefault('heat'),
  radius: radiusParser,
  /** Whether the density fades out where single cases are drawn. */
  fade: parseAsStringLiteral(['on', 'off']).withDefault('on'),
  layers: layersParser,
  selected: targetParser,
  list: parseAsStringLiteral(incidentLists),
  at: cameraParser,
}

function hasUnknownPart(name: string, text: string): boolean {
  const facet = facetNames.find((candidate) => candidate === name)
  return facet !== undefined && hasUnknownFacetCodes(facet, text)
}

/** Names of parameters whose value, or a part of it, is not understood and therefore ignored. */
export function ignoredParameters(search: string): string[] {
  const parsers = { ...viewParameters, lang: languageParser, theme: themeParser }
  const given = new URLSearchParams(search)
  return Object.entries(parsers).flatMap(([name, parser]) => {
    const text = given.get(name)
    if (text === null) return []
    return parser.parse(text) === null || hasUnknownPart(name, text) ? [name] : []
  })
}
