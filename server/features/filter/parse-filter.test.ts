import { ProblemError } from '@minqing/data/domain/problem'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparisons, type Condition, type Operand, type Period, temporalRelations } from './expression.ts'
import { instants, integers, type Queryable, texts } from '../queryables.ts'
import { parseFilter } from './parse-filter.ts'
import { longestFilter } from './tokens.ts'

const geometry: Queryable = { name: 'geometry', type: 'geometry', title: { zh: '位置', en: 'Geometry' } }
const queryables = [
  ...texts({ type: ['类型', 'Type'], 标题: ['标题', 'Title'] }),
  ...integers({ floors: ['层数', 'Floors'] }),
  ...instants({ at: ['时间', 'Time'], due: ['时限', 'Due'] }),
  geometry,
]
const [type, title, floors, at, due] = queryables as [Queryable, Queryable, Queryable, Queryable, Queryable]
const parse = (filter: string, latitudeFirst = false) => parseFilter(filter, queryables, latitudeFirst)
const property = (one: Queryable): Operand => ({ kind: 'property', property: one })
const text = (value: string): Operand => ({ kind: 'text', value })

/** The problem that a filter is refused with; undefined where it is taken. */
function problemOf(filter: string): ProblemError | undefined {
  try {
    parse(filter)
    return undefined
  } catch (error) {
    if (error instanceof ProblemError) return error
    throw error
  }
}

function refusal(filter: string): { zh: string; en: string } {
  const problem = problemOf(filter)
  expect(problem).toMatchObject({ code: 'bad_parameter', parameter: 'filter' })
  return problem?.detail ?? { zh: '', en: '' }
}

describe('what is understood', () => {
  test.each<[string, Condition]>([
    ["type = 'D02'", { op: 'compare', operator: '=', left: property(type), right: text('D02') }],
    [`"标题" <> 'it''s'`, { op: 'compare', operator: '<>', left: property(title), right: text("it's") }],
    ["标题 <> 'it\\'s'", { op: 'compare', operator: '<>', left: property(title), right: text("it's") }],
    [
      '-1.5e2<=floors',
      { op: 'compare', operator: '<=', left: { kind: 'number', value: -150 }, right: property(floors) },
    ],
    ['at<due', { op: 'compare', operator: '<', left: property(at), right: property(due) }],
    ["type LIKE 'D%'", { op: 'like', text: property(type), pattern: 'D%' }],
    [
      "casei(type) not like casei('d\\_')",
      { op: 'not', part: { op: 'like', text: { kind: 'caseless', of: property(type) }, pattern: 'd\\_' } },
    ],
    [
      'floors between 1 and 6',
      { op: 'between', value: property(floors), low: { kind: 'number', value: 1 }, high: { kind: 'number', value: 6 } },
    ],
    ["type NOT IN ('a','b')", { op: 'not', part: { op: 'in', value: property(type), list: [text('a'), text('b')] } }],
    ['due IS NOT NULL', { op: 'not', part: { op: 'null', property: due } }],
    ['geometry is null', { op: 'null', property: geometry }],
    ['S_INTERSECTS(geometry,BBOX(1,2,3,4))', { op: 'intersects', shape: { box: [1, 2, 3, 4] } }],
    [
      's_intersects(POINT(1 2), geometry)',
      { op: 'intersects', shape: { geometry: { type: 'Point', coordinates: [1, 2] } } },
    ],
    [
      "T_DURING(at, INTERVAL('2026-01-01','..'))",
      {
        op: 'temporal',
        relation: 't_during',
        left: { from: { property: at }, to: { property: at } },
        right: { from: { at: '2026-01-01T00:00:00+08:00' }, to: { at: 'infinity' } },
      },
    ],
    [
      "T_MEETS(INTERVAL(at,due), TIMESTAMP('2026-01-01T00:00:00Z'))",
      {
        op: 'temporal',
        relation: 't_meets',
        left: { from: { property: at }, to: { property: due } },
        right: { from: { at: '2026-01-01T00:00:00Z' }, to: { at: '2026-01-01T00:00:00Z' } },
      },
    ],
  ])('%s', (filter, condition) => {
    expect(parse(filter)).toEqual(condition)
  })

  test('AND binds closer than OR, NOT closer than both, brackets closest', () => {
    expect(parse('TRUE or NOT false AND true')).toEqual({
      op: 'or',
      parts: [
        { op: 'constant', value: true },
        {
          op: 'and',
          parts: [
            { op: 'not', part: { op: 'constant', value: false } },
            { op: 'constant', value: true },
          ],
        },
      ],
    })
    expect(parse('(true OR true) AND false')).toMatchObject({ op: 'and', parts: [{ op: 'or' }, { op: 'constant' }] })
  })

  test('shapes of every kind, with heights passed over and in either order of axes', () => {
    const shape = (filter: string, latitudeFirst = false) => {
      const condition = parse(`S_INTERSECTS(geometry, ${filter})`, latitudeFirst)
      return condition.op === 'intersects' && 'geometry' in condition.shape ? condition.shape.geometry : condition
    }
    expect(shape('POINT Z (1 2 3)')).toEqual({ type: 'Point', coordinates: [1, 2] })
    expect(shape('POINT(30 114)', true)).toEqual({ type: 'Point', coordinates: [114, 30] })
    expect(shape('MULTIPOINT((1 2),(3 4))')).toEqual(shape('MULTIPOINT(1 2,3 4)'))
    expect(shape('LINESTRING(1 2,3 4)')).toMatchObject({ type: 'LineString' })
    expect(shape('MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))')).toMatchObject({ type: 'MultiPolygon' })
    expect(shape('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(1 2,3 4))')).toMatchObject({
      geometries: [{ type: 'Point' }, { type: 'LineString' }],
    })
  })
})

describe('what is refused says where and why', () => {
  test.each([
    ['', /比较|属性/],
    ['type', /第 5 个字符/],
    ['colour = 1', /“colour”不是；可用：type、标题、floors、at、due、geometry/],
    ["floors = 'six'", /数字不能与文字比较/],
    ['type > 5', /文字不能与数字比较/],
    ['at > 5', /时间不能与数字比较/],
    ['geometry = 1', /S_INTERSECTS/],
    ["type LIKE 'a\\\\\\'", /无法识别|结尾/],
    ['floors LIKE 5', /LIKE/],
    ["at > TIMESTAMP('yesterday')", /TIMESTAMP/],
    ["at > DATE('2026-02-30')", /DATE/],
    ["T_AFTER(type, DATE('2026-01-01'))", /可用：at、due/],
    ["T_DURING(at, INTERVAL('2026-02-01','2026-01-01'))", /起点晚于终点/],
    ['S_INTERSECTS(geometry, POINT(200 0))', /超出经纬度/],
    ['S_INTERSECTS(geometry, POLYGON((0 0,1 0,1 1,2 2)))', /没有闭合/],
    ['S_INTERSECTS(geometry, BBOX(1,2,3))', /BBOX/],
    ['S_INTERSECTS(type, POINT(1 2))', /几何|geometry/],
    ['floors = 1e999', /过大/],
    ['true true', /AND、OR/],
    ['(true', /“\)”/],
    ["type = 'a'; drop table incident", /无法识别“;/],
    ['pg_sleep(9) = 1', /“pg_sleep”不是/],
    ["type = 'a' -- ", /无法识别/],
  ])('%s', (filter, reason) => {
    expect(refusal(filter).zh).toMatch(reason)
  })

  test('bombs: deep, long and wide ones, before anything grows', () => {
    const deep = (levels: number) => `${'('.repeat(levels)}true${')'.repeat(levels)}`
    expect(parse(deep(8))).toEqual({ op: 'constant', value: true })
    for (const bomb of [deep(9), deep(3000), `${'NOT ('.repeat(1000)}true${')'.repeat(1000)}`])
      expect(refusal(bomb).en).toMatch(/deeper than 8/)
    const collections = `S_INTERSECTS(geometry,${'GEOMETRYCOLLECTION('.repeat(50)}POINT(1 2)${')'.repeat(50)})`
    expect(refusal(collections).en).toMatch(/deeper than 8/)
    expect(refusal(`type = ${'casei('.repeat(90)}'a'${')'.repeat(90)}`).en).toMatch(/deeper than 8/)
    expect(refusal(Array.from({ length: 300 }, () => 'true').join(' AND ')).en).toMatch(/more than 200/)
    expect(refusal(`floors IN (${Array.from({ length: 600 }, (_, n) => n).join(',')})`).en).toMatch(/more than 500/)
    expect(refusal(`type = '${'a'.repeat(longestFilter)}'`).en).toMatch(/longer than/)
  })
})

/** A tree of the grammar, and how it is written. */
type Written = { condition: Condition; filter: string }

const textLiteral = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => !/[\\\0]/.test(value))
const quote = (value: string) => `'${value.replaceAll("'", "''")}'`
const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())

const textOperand = fc.oneof(
  textLiteral.map((value) => ({ operand: text(value), written: quote(value) })),
  fc.constant({ operand: property(type), written: 'type' }),
  fc.constant({ operand: property(title), written: '"标题"' }),
)
const numberOperand = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({
    operand: { kind: 'number', value: Object.is(value, -0) ? 0 : value } as Operand,
    written: String(value),
  })),
  fc.constant({ operand: property(floors), written: 'floors' }),
)
const timeOperand = fc.oneof(
  instant.map((value) => ({
    operand: { kind: 'period', from: value, to: value } as Operand,
    written: `TIMESTAMP('${value}')`,
  })),
  fc.constant({ operand: property(at), written: 'at' }),
)
const operands = fc.oneof(
  fc.tuple(textOperand, textOperand),
  fc.tuple(numberOperand, numberOperand),
  fc.tuple(timeOperand, timeOperand),
)

const comparison = fc.tuple(operands, fc.constantFrom(...comparisons)).map(([[left, right], operator]): Written => ({
  condition: { op: 'compare', operator, left: left.operand, right: right.operand },
  filter: `${left.written} ${operator} ${right.written}`,
}))
const inList = fc
  .tuple(textOperand, fc.array(textOperand, { minLength: 1, maxLength: 4 }))
  .map(([value, list]): Written => ({
    condition: { op: 'in', value: value.operand, list: list.map(({ operand }) => operand) },
    filter: `${value.written} IN (${list.map(({ written }) => written).join(', ')})`,
  }))
const temporal = fc.tuple(fc.constantFrom(...temporalRelations), instant).map(([relation, time]): Written => {
  const right: Period = { from: { at: '-infinity' }, to: { at: time } }
  return {
    condition: { op: 'temporal', relation, left: { from: { property: at }, to: { property: due } }, right },
    filter: `${relation.toUpperCase()}(INTERVAL(at, due), INTERVAL('..', '${time}'))`,
  }
})
const leaf = fc.oneof(comparison, inList, temporal)
const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 2, maxLength: 4 }))
      .map(([op, parts]): Written => ({
        condition: { op, parts: parts.map(({ condition }) => condition) },
        filter: parts.map(({ filter }) => `(${filter})`).join(` ${op.toUpperCase()} `),
      })),
    tie('tree').map(({ condition, filter }): Written => ({
      condition: { op: 'not', part: condition },
      filter: `NOT (${filter})`,
    })),
  ),
}))

test('every tree of the grammar is read as it was written', () => {
  fc.assert(
    fc.property(tree, ({ condition, filter }) => {
      fc.pre(filter.length < longestFilter)
      // Dearer ones are refused, each member of a list being a comparison.
      fc.pre(filter.split('CASEI').length <= 12)
      expect(parse(filter)).toEqual(condition)
    }),
    { numRuns: 500 },
  )
})

describe('what costs most is bounded, and the refusal says what there is too much of', () => {
  const many = (count: number, one: (index: number) => string) => Array.from({ length: count }, (_, i) => one(i))
  const ring = (corners: number) => many(corners, (i) => `${i % 180} ${i % 2}`).join()
  test.each<[filter: string, en: string, zh: string]>([
    [many(21, (i) => `type LIKE '%${i}%'`).join(' OR '), '21 LIKE, and 20', 'LIKE共 21 个，最多 20 个'],
    [
      many(51, (i) => `CASEI(type) = CASEI('${i}')`).join(' OR '),
      '51 comparisons by CASEI, and 50',
      'CASEI 的比较共 51 个，最多 50 个',
    ],
    [`CASEI(type) IN (${many(51, (i) => `'${i}'`).join()})`, '51 comparisons by CASEI', 'CASEI 的比较共 51 个'],
    [
      `NOT (${many(11, () => 'S_INTERSECTS(geometry, POINT(1 1))').join(' OR ')})`,
      '11 S_INTERSECTS, and 10',
      'S_INTERSECTS共 11 个',
    ],
    [`S_INTERSECTS(geometry, POLYGON((${ring(1001)},0 0)))`, '1001 corners of shapes', '顶点共 1001 个，最多 1000 个'],
  ])('%.40s…', (filter, en, zh) => {
    const refused = refusal(filter)
    expect(refused.en).toContain(en)
    expect(refused.zh).toContain(zh)
  })

  test('what a person writes is taken', () => {
    expect(problemOf(many(20, (i) => `type LIKE '%${i}%'`).join(' OR '))).toBeUndefined()
    expect(problemOf(`S_INTERSECTS(geometry, POLYGON((${ring(900)},0 0)))`)).toBeUndefined()
  })
})

/** Pieces of the language in any order, and characters that are none. */
const pieces = [
  'type',
  'floors',
  'at',
  'geometry',
  '"标题"',
  'AND',
  'OR',
  'NOT',
  'IN',
  'LIKE',
  'BETWEEN',
  'IS',
  'NULL',
  'TRUE',
  'CASEI',
  'S_INTERSECTS',
  'T_AFTER',
  'INTERVAL',
  'DATE',
  'TIMESTAMP',
  'BBOX',
  'POINT',
  'POLYGON',
  'GEOMETRYCOLLECTION',
  '(',
  ')',
  ',',
  '=',
  '<>',
  '<',
  '>=',
  "'",
  '"',
  '\\',
  "'a'",
  "'2026-01-01'",
  '1',
  '-2.5e3',
  '..',
  ';',
  '--',
  '/*',
  '\0',
  '😀',
]

test('no text whatever breaks the parser: it is understood, or refused in words', () => {
  const noise = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(' ')),
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.tuple(tree, fc.nat(), fc.constantFrom(...pieces)).map(([{ filter }, place, piece]) => {
      const cut = place % (filter.length + 1)
      return filter.slice(0, cut) + piece + filter.slice(cut + (place % 3))
    }),
  )
  fc.assert(
    fc.property(noise, (filter) => {
      expect(['filter', undefined]).toContain(problemOf(filter)?.parameter)
    }),
    { numRuns: 3000 },
  )
})
