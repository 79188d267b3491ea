import type { FieldName } from '@minqing/data/domain/field-name'
import type { AreaLevel } from '@minqing/data/domain/area-code'
import { areaOfAddress, numberedGrids } from './area-of-address.ts'
import type { CheckContext } from './check-context.ts'
import type { Location } from './area-index.ts'
import type { ReadPosition } from './read-position.ts'
import { reasons } from './reasons.ts'
import { digitsOf, type RowView } from './row-view.ts'

/** Where a row lies; `isNamed`: as its own columns say, else by its position, its address or the whole file. */
export type ReadLocation = Location & { isNamed: boolean }

/**
 * The street, community and grid that a row belongs to: by the code or name it gives, else by its position, else the
 * street that was named for the whole file. Null with a fault noted when nothing says it.
 */
export function readLocation(
  view: RowView,
  position: Pick<ReadPosition, 'lon' | 'lat'> | null,
  { areas, plan, nameRow, note }: CheckContext,
): ReadLocation | null {
  const located = position === null ? null : areas.locate(position.lon, position.lat)
  if (position !== null && located?.communityCode === null && areas.isBeyond(position.lon, position.lat))
    note(
      {
        zh: '位置在 --street 指明的街道边界之外',
        en: 'positions outside the boundary of the sub-district given with --street',
      },
      nameRow(view.row),
    )
  const given = givenArea(view, located, { areas, note })
  if (given === 'unknown') return null
  if (given !== null) {
    if (given.gridCode === null && located?.gridCode?.startsWith(given.communityCode ?? given.streetCode) === true)
      return { ...located, isNamed: true }
    if (located?.gridCode != null && given.gridCode !== null && located.gridCode !== given.gridCode)
      note({
        zh: '坐标落在另一个网格内；以文件所写的网格为准',
        en: 'the position lies in another grid than the one given in the file; the given grid was used',
      })
    return { ...given, isNamed: true }
  }
  if (located !== null) {
    if (areas.isInDemo(located.streetCode)) note(inDemo)
    return { ...located, isNamed: false }
  }
  if (plan.street !== null) return { streetCode: plan.street.code, communityCode: null, gridCode: null, isNamed: false }
  const addressed = position === null ? areaOfAddress(areas, view.text('address')) : null
  if (addressed !== null) return { ...areas.of(addressed), isNamed: false }
  const only = position === null ? areas.onlyStreet() : null
  if (only !== null) {
    note({
      zh: '没有写属于哪个街道，归入库中唯一的街道',
      en: 'without a word on their sub-district: taken as of the only one there is',
    })
    return { ...areas.of(only), isNamed: false }
  }
  if (position === null) view.fault('gridCode', '', reasons.noArea)
  else
    view.fault(view.row.geometry == null ? 'lon' : 'geometry', `${position.lon}, ${position.lat}`, reasons.outsideAreas)
  return null
}

const inDemo = {
  zh: '位置落在演示街道内，归入演示街道，移除演示数据时会一并删除；若是真实数据，请撤销这次导入，用 --street 指明所属街道后重新导入',
  en: 'in the demo sub-district by their positions alone, and removed with it; if they are real, undo this import and specify their sub-district with --street',
}

const levels = [
  ['gridCode', 'grid', 15],
  ['communityCode', 'community', 12],
  ['streetCode', 'street', 9],
] as const satisfies [FieldName, AreaLevel, number][]

function givenArea(
  view: RowView,
  located: Location | null,
  { areas, note }: Pick<CheckContext, 'areas' | 'note'>,
): Location | 'unknown' | null {
  let isNoted = false
  for (const [index, [field, , digits]] of levels.entries()) {
    if (!view.has(field)) continue
    const text = view.text(field)
    if (isName(text) || isGridNumber(field, text)) {
      const code = namedArea(view, index, located, areas)
      if (code !== null) return areas.of(code)
      // An everyday name is a hint, not a key: the position or --street can still say where the row belongs.
      if (!isNoted)
        note({
          zh: '所写的街道、社区或网格名称不在库中，或不止一处同名，按坐标或 --street 归属',
          en: 'the name given for a sub-district, community or grid is unknown or not unique: the position or --street decides',
        })
      isNoted = true
      continue
    }
    const code = view.code(field, digits)
    if (code !== null && areas.byCode.has(code)) return areas.of(code)
    view.fault(field, text, reasons.unknownArea)
    return 'unknown'
  }
  return null
}

/** 3 and 03 are the grid of that number in its community. */
const isGridNumber = (field: FieldName, text: string) => field === 'gridCode' && /^\d{1,3}$/.test(digitsOf(text))

const isName = (text: string) => !/^\d+$/.test(digitsOf(text))

/**
 * The one area of that name within what the row says above it, of several the one around the position. A street or a
 * community above it that is not known leaves open whether another area of the same name is meant.
 */
function namedArea(
  view: RowView,
  index: number,
  located: Location | null,
  areas: CheckContext['areas'],
): string | null {
  const [[field, level], ...above] = levels.slice(index) as [(typeof levels)[number], ...(typeof levels)[number][]]
  let codes = areas.named(level, view.text(field))
  if (level === 'grid' && codes.length === 0) codes = numberedGrids(areas, view.text(field))
  for (const [aboveField, aboveLevel] of above) {
    if (!view.has(aboveField)) continue
    const text = view.text(aboveField)
    const around = isName(text) ? areas.named(aboveLevel, text) : [digitsOf(text)]
    codes = codes.filter((code) => around.some((outer) => code.startsWith(outer)))
  }
  if (codes.length > 1) codes = codes.filter((code) => code === located?.[field])
  return codes.length === 1 ? (codes[0] ?? null) : null
}

/**
 * The community and grid that the columns of a row name, for the staging table: they correct where a row is said to lie
 * whose position is not changed.
 */
export function namedAreas({ isNamed, communityCode, gridCode }: ReadLocation) {
  return { named_community: isNamed ? communityCode : null, named_grid: isNamed ? gridCode : null }
}
