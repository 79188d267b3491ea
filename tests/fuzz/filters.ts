import * as fc from 'fast-check'

/** Properties of the collections by type, and names that are none. */
const texts = ['type', 'title', 'number', 'risk', 'name', 'code', 'use', 'address', 'source', 'gridCode']
const numbers = ['involvedCount', 'floors', 'height', 'builtYear', 'households', 'areaM2']
const times = ['reportedAt', 'dueAt', 'closedAt']
const property = fc.constantFrom(...texts, ...numbers, ...times, 'geometry', 'constructor', '__proto__', '"name"')

const number = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1e-400',
    '-1e-400',
    '5e-324',
    '1e-320',
    '1e308',
    '-1e308',
    '1e-200',
    '.5',
    '9'.repeat(300),
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
)
const text = fc.oneof(
  fc.constantFrom(
    "'D02'",
    "'%'",
    "'_%'",
    "'\\'",
    "'it''s'",
    "''",
    "'constructor'",
    "'\u{1f5fa}'",
    `'${'%a'.repeat(300)}'`,
  ),
  fc.string({ maxLength: 12 }).map((inside) => `'${inside.replaceAll("'", "''")}'`),
)
const time = fc.oneof(
  fc
    .constantFrom(
      '2026-01-01T00:00:00Z',
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59.999999Z',
      '0000-01-01T00:00:00Z',
      '',
    )
    .map((instant) => `TIMESTAMP('${instant}')`),
  fc.constantFrom('2026-01-01', '2026-02-30', '0001-01-01', '9999-12-31').map((day) => `DATE('${day}')`),
)
const degree = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1e-200',
    '-1e-200',
    '1e-320',
    '180',
    '-180',
    '90',
    '-90',
    '114.3',
    '30.6',
    '1e400',
    '181',
  ),
  fc.double({ min: -180, max: 180, noNaN: true }).map(String),
  fc.integer({ min: 1_140_000, max: 1_146_000 }).map((tenths) => String(tenths / 10_000)),
  fc.integer({ min: 304_000, max: 308_000 }).map((tenths) => String(tenths / 10_000)),
)
const position = fc.tuple(degree, degree).map((pair) => pair.join(' '))
const ring = fc
  .array(position, { minLength: 1, maxLength: 8 })
  .map((corners) => `(${[...corners, corners[0]].join(',')})`)
const shape: fc.Arbitrary<string> = fc.oneof(
  position.map((one) => `POINT(${one})`),
  fc.array(position, { minLength: 1, maxLength: 6 }).map((line) => `LINESTRING(${line.join(',')})`),
  fc.array(ring, { minLength: 1, maxLength: 3 }).map((rings) => `POLYGON(${rings.join(',')})`),
  fc.array(position, { minLength: 1, maxLength: 4 }).map((points) => `MULTIPOINT(${points.join(',')})`),
  fc.array(degree, { minLength: 3, maxLength: 6 }).map((sides) => `BBOX(${sides.join(',')})`),
  position.map((one) => `GEOMETRYCOLLECTION(POINT(${one}),GEOMETRYCOLLECTION(POINT(${one})))`),
)
const operand = fc.oneof(
  { weight: 3, arbitrary: property },
  number,
  text,
  time,
  text.map((inner) => `CASEI(${inner})`),
  property.map((inner) => `CASEI(${inner})`),
)
const relation = fc.constantFrom(
  'T_AFTER',
  'T_BEFORE',
  'T_DURING',
  'T_INTERSECTS',
  'T_MEETS',
  'T_OVERLAPS',
  'T_CONTAINS',
)
const interval = fc.constantFrom(
  "INTERVAL('2026-01-01','..')",
  "INTERVAL('..','..')",
  "INTERVAL('','2026-01-01T00:00:00Z')",
  'INTERVAL(reportedAt,dueAt)',
  "INTERVAL('2027-01-01','2026-01-01')",
)

const comparison = fc.constantFrom('=', '<>', '<', '<=', '>', '>=')

/** Of one type on both sides: these reach the database. */
const sound = fc.oneof(
  fc.tuple(fc.constantFrom(...texts), comparison, text).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom(...texts), fc.constantFrom('LIKE', 'NOT LIKE'), text).map((parts) => parts.join(' ')),
  fc.tuple(fc.constantFrom(...texts), text).map(([name, pattern]) => `CASEI(${name}) LIKE CASEI(${pattern})`),
  fc.tuple(fc.constantFrom(...numbers), comparison, number).map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom(...numbers), number, number)
    .map(([name, low, high]) => `${name} BETWEEN ${low} AND ${high}`),
  fc.tuple(fc.constantFrom(...times), comparison, time).map((parts) => parts.join(' ')),
  fc
    .tuple(relation, fc.constantFrom(...times), fc.oneof(time, interval))
    .map(([name, one, other]) => `${name}(${one},${other})`),
  fc
    .tuple(fc.constantFrom('geometry', ...texts, ...times), fc.constantFrom('IS NULL', 'IS NOT NULL'))
    .map((parts) => parts.join(' ')),
  shape.map((other) => `S_INTERSECTS(geometry,${other})`),
)

const condition = fc.oneof(
  { weight: 12, arbitrary: sound },
  fc.tuple(operand, comparison, operand).map((parts) => parts.join(' ')),
  fc.tuple(operand, fc.constantFrom('LIKE', 'NOT LIKE', 'IN', 'IS'), operand).map((parts) => parts.join(' ')),
  fc.tuple(operand, operand, operand).map(([value, low, high]) => `${value} BETWEEN ${low} AND ${high}`),
  fc
    .tuple(operand, fc.array(operand, { minLength: 1, maxLength: 5 }))
    .map(([value, list]) => `${value} IN (${list.join(',')})`),
  fc.tuple(property, fc.constantFrom('IS NULL', 'IS NOT NULL')).map((parts) => parts.join(' ')),
  fc.tuple(property, shape).map(([name, other]) => `S_INTERSECTS(${name},${other})`),
  fc.tuple(relation, property, fc.oneof(time, interval)).map(([name, one, other]) => `${name}(${one},${other})`),
  fc.constantFrom('TRUE', 'FALSE', 'NOT TRUE'),
)

/** CQL2 texts, most of them understood, with values at and beyond the limits of what the database reckons with. */
export const filters: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(condition, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(' AND ', ' OR ', ' AND NOT '),
    fc.boolean(),
  )
  .map(([conditions, joint, nested]) => {
    const joined = conditions.join(joint)
    return nested ? `NOT (${joined})` : joined
  })
