import { StreetCode } from '@minqing/data/domain/area-code'
import { Datum, type SourceCrs } from '@minqing/data/domain/datum'
import type { ImportChoices, ImportCollection } from '@minqing/data/domain/import'
import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Label } from '@minqing/data/domain/label'
import { FileProblem } from '@minqing/data/formats/file-problem'
import { LocalTime } from '@minqing/data/domain/local-time'
import type { FileFormat } from '@minqing/data/domain/file-format'
import { parseCrs, toLonLat, type ToLonLat } from '@minqing/data/geo/crs'
import type { WordChoice } from './check/chosen-words.ts'

/** What the person asked for, in their own words. */
export type ImportRequest = Omit<ImportChoices, 'collection' | 'skipInvalid'> & { collection: ImportCollection }

/** The request understood: what will be read, and how. */
export type ImportPlan = {
  collection: ImportCollection
  crs: SourceCrs | null
  local: LocalTime
  street: { code: string; name: string | null } | null
  /** The code of a street that is not known yet and is to be made. */
  newStreet: string | null
  /** `import:` and the name of the source. */
  source: string
  manual: ReadonlyMap<string, string>
  constants: ReadonlyMap<string, string>
  /** Columns that are left out. */
  ignored: ReadonlySet<string>
  /** What words of closed sets mean, where it was said by hand. */
  words: readonly WordChoice[]
  /** Address → what it means, where it was said by hand. */
  places: ReadonlyMap<string, string>
}

/**
 * The same where it is written: with the number of the import that the rows will carry, and the fields that the file
 * says something of.
 */
export type ApplyPlan = ImportPlan & { batch: number; given: ReadonlySet<string> }

/**
 * @param file the file's name
 * @throws FileProblem when an option cannot be understood
 */
export function planImport(request: ImportRequest, file: string): ImportPlan {
  return {
    collection: request.collection,
    crs: request.crs === undefined ? null : crsOf(request.crs, '--crs '),
    local: localTime(request.timeZone ?? homeTimeZone),
    ...streetPlan(request),
    source: `import:${request.source ?? file}`,
    manual: pairs('--map', { zh: '字段=列名', en: 'field=column' }, request.map ?? []),
    constants: pairs('--set', { zh: '字段=值', en: 'field=value' }, request.set ?? []),
    ignored: new Set(request.ignore),
    words: wordChoices(request.words ?? []),
    places: pairs('--place', { zh: '地址=目标', en: 'address=target' }, request.place ?? []),
  }
}

/** The datum that somebody said; null for none, or a projection. */
export function datumIn({ crs }: ImportPlan): Datum | null {
  return Datum.safeParse(crs).data ?? null
}

/**
 * The coordinate system of an open file: what was declared, what its `crs` member says, or WGS84; with notes for
 * the person about it. Call after the first rows, when the member has been read.
 */
export function resolveCrs(
  plan: ImportPlan,
  format: FileFormat,
  fileCrs: string | null,
): { crs: SourceCrs; convert: ToLonLat; notes: Label[] } {
  const notes: Label[] = []
  const ofFile = fileCrs === null ? null : plan.crs === null ? crsOf(fileCrs, 'crs ') : parseCrs(fileCrs)
  const crs = plan.crs ?? ofFile ?? 'wgs84'
  if (plan.crs !== null && ofFile !== null && ofFile !== plan.crs)
    notes.push({
      zh: `文件的 crs 成员写的是 ${ofFile}，已按 --crs ${plan.crs} 处理`,
      en: `The file's crs member says ${ofFile}; --crs ${plan.crs} was used`,
    })
  // Of a Shapefile or GeoPackage without a system it is asked.
  if (plan.crs === null && ofFile === null && format !== 'shapefile' && format !== 'geopackage')
    notes.push({
      zh: '没有指明坐标系，已按 wgs84 处理。高德、腾讯来源的坐标请用 --crs gcj02，百度来源的请用 --crs bd09，否则会偏移约 500 米',
      en: 'No coordinate system was given; wgs84 was assumed. Coordinates from Amap or Tencent need --crs gcj02, from Baidu --crs bd09, or they lie about 500 m off',
    })
  try {
    return { crs, convert: toLonLat(crs), notes }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const [zh = '', en = ''] = error.message.split(' · ')
    throw new FileProblem(zh, en, { cause: error })
  }
}

function crsOf(name: string, from: string): SourceCrs {
  const crs = parseCrs(name)
  if (crs !== null) return crs
  throw new FileProblem(
    `${from}“${name}”：不认识这个坐标系。可用：wgs84、cgcs2000、gcj02、bd09、EPSG:编号`,
    `${from}“${name}” is no coordinate system we know. Use wgs84, cgcs2000, gcj02, bd09 or EPSG:n`,
  )
}

function localTime(zone: string): LocalTime {
  try {
    return new LocalTime(zone)
  } catch (cause) {
    throw new FileProblem(
      `--time-zone ${zone}：没有这个时区。请写成 Asia/Shanghai 这样的形式`,
      `--time-zone ${zone}: there is no such zone. Write it like Asia/Shanghai`,
      { cause },
    )
  }
}

/**
 * The sub-district that was said for the whole file.
 *
 * @throws FileProblem where its code has not nine digits
 */
export function streetPlan({ street, newStreet }: ImportChoices): Pick<ImportPlan, 'street' | 'newStreet'> {
  return { street: street === undefined ? null : streetOption(street), newStreet: newStreet ?? null }
}

function streetOption(text: string): { code: string; name: string | null } {
  const [code = '', ...rest] = text.split('=')
  if (!StreetCode.safeParse(code).success)
    throw new FileProblem(
      `--street ${text}：街道编码应为 9 位数字，例如 --street 420102012=丹水池街道`,
      `--street ${text}: a sub-district code has 9 digits, e.g. --street 420102012=丹水池街道`,
    )
  const name = rest.join('=').trim()
  return { code, name: name === '' ? null : name }
}

function pairs(option: string, form: Label, texts: readonly string[]): Map<string, string> {
  const map = new Map<string, string>()
  for (const text of texts) {
    const at = text.indexOf('=')
    if (at <= 0 || at === text.length - 1)
      throw new FileProblem(`${option} ${text}：应写成 ${form.zh}`, `${option} ${text}: should read ${form.en}`)
    map.set(text.slice(0, at).trim(), text.slice(at + 1).trim())
  }
  return map
}

/** `field=word=meaning`: a word may hold the sign as well. */
function wordChoices(texts: readonly string[]): WordChoice[] {
  return texts.map((text) => {
    const [first, last] = [text.indexOf('='), text.lastIndexOf('=')]
    const choice = {
      of: text.slice(0, first).trim(),
      word: text.slice(first + 1, last).trim(),
      meaning: text.slice(last + 1).trim(),
    }
    if (first > 0 && last > first && choice.word !== '' && choice.meaning !== '') return choice
    throw new FileProblem(
      `--word ${text}：应写成 列=词=值，例如 --word 状态=已转办=待签收`,
      `--word ${text}: should read column=word=value, e.g. --word 状态=已转办=Dispatched`,
    )
  })
}
