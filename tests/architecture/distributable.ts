import { loadModule, parseSync } from 'libpg-query'
import { readSources } from './source.ts'

/** A node of PostgreSQL's own parse tree: one key names its kind. */
type Node = { [kind: string]: unknown }
type Fields = Record<string, unknown>

await loadModule()

/**
 * PostgreSQL's aggregates that are not in Citus' list (`AggregateNames` of its multi_logical_optimizer.h): it would bring
 * every row to the coordinator to work them out.
 */
const unmergeable = new Set(
  `string_agg xmlagg range_agg range_intersect_agg bit_xor mode percentile_cont percentile_disc rank dense_rank
  percent_rank cume_dist corr covar_pop covar_samp stddev stddev_pop stddev_samp variance var_pop var_samp regr_avgx
  regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy`.split(/\s+/),
)

/**
 * What keeps a statement from running on tables that are distributed by `street_code` (Citus): each is a sentence. The
 * rules: a statement on a large table names its street, or is a scan or an aggregate that can be merged; large tables
 * meet each other on `street_code`; what is written names the street of each row.
 *
 * @param large names of the distributed tables.
 */
export function undistributableParts(statement: string, large: ReadonlySet<string>): string[] {
  const { stmts = [] } = parseSync(statement)
  return stmts.flatMap(({ stmt }) => new Checker(large).statement((stmt ?? {}) as Node))
}

/** Tables that every machine has whole. */
const replicated = new Set(['area', 'staff'])

type Source = { alias: string; table: string }
type Equality = { alias: string; other: string | undefined }

class Checker {
  readonly #large: ReadonlySet<string>
  readonly #faults: string[] = []

  constructor(large: ReadonlySet<string>) {
    this.#large = large
  }

  statement(node: Node): string[] {
    if ('SelectStmt' in node) this.#select(node['SelectStmt'] as Fields, [])
    if ('CreateTableAsStmt' in node) this.statement((node['CreateTableAsStmt'] as Fields)['query'] as Node)
    if ('InsertStmt' in node) this.#insert(node['InsertStmt'] as Fields)
    for (const kind of ['UpdateStmt', 'DeleteStmt']) if (kind in node) this.#change(kind, node[kind] as Fields)
    if ('CreateTrigStmt' in node) this.#faults.push('a trigger')
    walk(node, (kind, fields) => {
      const scope = kind === 'FuncCall' && nameOf(fields) === 'set_config'
      if (scope && textsIn(fields['args']).includes('app.scope'))
        this.#faults.push('the scope is set by set_config, which does not reach the machines')
    })
    return this.#faults
  }

  /** One block of a query, `outer` the tables around it. */
  #select(select: Fields, outer: Source[]): void {
    for (const arm of ['larg', 'rarg']) if (select[arm] !== undefined) this.#select(select[arm] as Fields, outer)
    this.#withQueries(select)
    const from = (select['fromClause'] ?? []) as Node[]
    const sources = this.#sourcesIn(from)
    const conditions = [...conjunctsOf(select['whereClause']), ...from.flatMap(joinConditions)]
    this.#blocksIn(from, outer)
    for (const part of ['targetList', 'whereClause', 'groupClause', 'havingClause', 'sortClause', 'limitCount'])
      this.#subselects(select[part], [...outer, ...sources])
    if (sources.length === 0) return
    const equalities = [
      ...conditions.flatMap((condition) => streetEqualities(condition, [...sources, ...outer])),
      ...from.flatMap((item) => this.#usingStreet(item)),
    ]
    this.#checkJoins(sources, equalities)
    // With the street of the row around it, a query inside another stays on that row's machine.
    const around = new Set(outer.map(({ alias }) => alias))
    const pinned = sources.every(({ alias }) => isPinned(alias, equalities, around))
    if (!pinned) this.#checkMergeable(select, sources, outer)
  }

  #withQueries(statement: Fields): void {
    const { ctes = [] } = (statement['withClause'] ?? {}) as { ctes?: Node[] }
    for (const cte of ctes) {
      const { ctequery } = cte['CommonTableExpr'] as { ctequery: Node }
      this.statement(ctequery)
    }
  }

  #sourcesIn(from: unknown): Source[] {
    const found: Source[] = []
    walk(from, (kind, fields) => {
      if (kind === 'RangeSubselect') return 'stop'
      if (kind !== 'RangeVar') return
      const table = String(fields['relname'])
      const { aliasname = table } = (fields['alias'] ?? {}) as { aliasname?: string }
      if (this.#large.has(table)) found.push({ alias: aliasname, table })
    })
    return found
  }

  /** `join … using (street_code, …)`: the first large table of one side with that of the other. */
  #usingStreet(node: Node): Equality[] {
    const join = node['JoinExpr'] as { larg: Node; rarg: Node; usingClause?: Node[] } | undefined
    if (join === undefined) return []
    const [left] = this.#sourcesIn([join.larg])
    const [right] = this.#sourcesIn([join.rarg])
    const named = textsIn(join.usingClause).includes('street_code') && left !== undefined && right !== undefined
    const own = named ? [{ alias: left.alias, other: right.alias }] : []
    return [...own, ...this.#usingStreet(join.larg), ...this.#usingStreet(join.rarg)]
  }

  #asksLarge(change: Fields): boolean {
    return this.#sourcesIn([change['whereClause'], change['targetList']]).length > 0
  }

  /** Queries in the place of a table. */
  #blocksIn(from: unknown, outer: Source[]): void {
    walk(from, (kind, fields) => {
      if (kind !== 'RangeSubselect') return
      this.#select((fields['subquery'] as Node)['SelectStmt'] as Fields, outer)
      return 'stop'
    })
  }

  #subselects(part: unknown, outer: Source[]): void {
    walk(part, (kind, fields) => {
      if (kind !== 'SubLink') return
      const select = (fields['subselect'] as Node)['SelectStmt'] as Fields
      this.#checkCorrelation(select, outer)
      this.#select(select, outer)
      return 'stop'
    })
  }

  /** For a row of a table that is not spread, each would be a question of its own to another machine. */
  #checkCorrelation(select: Fields, outer: Source[]): void {
    const from = select['fromClause'] ?? []
    const [source] = this.#sourcesIn(from)
    if (source === undefined) return
    const known = new Set([...aliasesIn(from), ...outer.map(({ alias }) => alias)])
    const others = qualifiersIn(select['whereClause']).filter((alias) => !known.has(alias))
    if (others.length > 0)
      this.#faults.push(`a query of ${source.table} for each row of ${others[0]}, which is not spread`)
  }

  #checkJoins(sources: Source[], equalities: Equality[]): void {
    const [first, ...rest] = sources
    if (first === undefined) return
    const reached = new Set([first.alias])
    for (let grown = true; grown;) {
      grown = false
      for (const { alias, other } of equalities) {
        if (other === undefined || reached.has(alias) === reached.has(other)) continue
        reached.add(alias).add(other)
        grown = true
      }
    }
    const allPinned = sources.every(({ alias }) => isPinned(alias, equalities))
    for (const { alias, table } of rest)
      if (!reached.has(alias) && !allPinned) this.#faults.push(`${first.table} meets ${table} without street_code`)
  }

  /** Over all streets: no windows but over a street, no locks, no aggregate that only sees everything at once. */
  #checkMergeable(select: Fields, sources: Source[], outer: Source[]): void {
    const table = sources[0]?.table ?? ''
    if (outer.some(({ table: around }) => this.#large.has(around)))
      this.#faults.push(`a query of ${table} inside another of a large table, without street_code`)
    if (select['lockingClause'] !== undefined) this.#faults.push(`rows of ${table} are locked over all streets`)
    // A group of one street lies on one machine, which works it out by itself.
    const byStreet = columnsIn(select['groupClause']).includes('street_code')
    walk([select['targetList'], select['havingClause'], select['sortClause']], (kind, fields) => {
      if (kind === 'SubLink') return 'stop'
      if (kind !== 'FuncCall') return
      const name = nameOf(fields)
      const { partitionClause = [] } = (fields['over'] ?? {}) as { partitionClause?: unknown }
      if (fields['over'] !== undefined && !columnsIn(partitionClause).includes('street_code'))
        this.#faults.push(`${name}() over all streets of ${table}`)
      const ordered = fields['agg_order'] !== undefined && fields['over'] === undefined
      if (!byStreet && (ordered || unmergeable.has(name))) this.#faults.push(`${name}() of ${table} cannot be merged`)
    })
  }

  /** A table that is not spread can be changed from spread ones, but not from a query over both kinds. */
  #checkMixture(changed: string, others: Node[]): void {
    walk(others, (kind, fields) => {
      if (kind !== 'RangeSubselect') return
      const tables: string[] = []
      walk([fields], (below, { relname }) => {
        if (below === 'RangeVar') tables.push(String(relname))
      })
      const spread = tables.find((table) => this.#large.has(table))
      const whole = tables.find((table) => !this.#large.has(table))
      if (spread !== undefined && whole !== undefined)
        this.#faults.push(`${changed} is changed from a query over both ${spread} and ${whole}, which is not spread`)
      return 'stop'
    })
  }

  #insert(insert: Fields): void {
    this.#withQueries(insert)
    const { relname = '' } = (insert['relation'] ?? {}) as { relname?: string }
    const select = (insert['selectStmt'] as Node | undefined)?.['SelectStmt'] as Fields | undefined
    if (select !== undefined) this.#select(select, [])
    if (!this.#large.has(relname)) return
    const columns = ((insert['cols'] ?? []) as Node[]).map((column) => (column['ResTarget'] as { name: string }).name)
    if (!columns.includes('street_code')) this.#faults.push(`rows of ${relname} are written without street_code`)
    if (select?.['valuesLists'] === undefined && (insert['returningClause'] ?? insert['returningList']) !== undefined)
      this.#faults.push(`insert … select into ${relname} gives rows back`)
    const { infer } = (insert['onConflictClause'] ?? {}) as { infer?: Fields }
    const elements = ((infer?.['indexElems'] ?? []) as Node[]).map(
      (element) => (element['IndexElem'] as { name?: string }).name,
    )
    if (infer !== undefined && !elements.includes('street_code'))
      this.#faults.push(`a conflict of ${relname} is decided without street_code`)
  }

  #change(kind: string, change: Fields): void {
    this.#withQueries(change)
    const { relname = '', alias } = (change['relation'] ?? {}) as { relname?: string; alias?: { aliasname: string } }
    const others = [...((change['fromClause'] ?? []) as Node[]), ...((change['usingClause'] ?? []) as Node[])]
    const own = { alias: alias?.aliasname ?? relname, table: relname }
    const sources = this.#large.has(relname) ? [own, ...this.#sourcesIn(others)] : this.#sourcesIn(others)
    this.#blocksIn(others, [])
    this.#subselects(change['whereClause'], sources)
    this.#subselects(change['targetList'], sources)
    if (replicated.has(relname) && (others.length > 0 || this.#asksLarge(change)))
      this.#faults.push(`${relname}, which every machine has, is changed from what they have not`)
    if (!this.#large.has(relname)) {
      this.#checkMixture(relname, others)
      return
    }
    const conditions = [...conjunctsOf(change['whereClause']), ...others.flatMap(joinConditions)]
    const equalities = conditions.flatMap((condition) => streetEqualities(condition, sources))
    this.#checkJoins(sources, equalities)
    const named = equalities.some(({ alias: side, other }) => side === own.alias || other === own.alias)
    if (!named) this.#faults.push(`${kind === 'UpdateStmt' ? 'an update' : 'a removal'} of ${relname} names no street`)
  }
}

/** Calls `visit` for each node below; `stop` leaves out what is below it. */
function walk(value: unknown, visit: (kind: string, fields: Fields) => 'stop' | void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [kind, fields] of Object.entries(value)) {
    if (typeof fields !== 'object' || fields === null) continue
    const isNode = /^[A-Z]/.test(kind)
    if (isNode && visit(kind, fields as Fields) === 'stop') continue
    walk(fields, visit)
  }
}

function conjunctsOf(where: unknown): Node[] {
  if (where === undefined) return []
  const { BoolExpr } = where as { BoolExpr?: { boolop: string; args: Node[] } }
  if (BoolExpr?.boolop === 'AND_EXPR') return BoolExpr.args.flatMap(conjunctsOf)
  return [where as Node]
}

function joinConditions(node: Node): Node[] {
  const join = node['JoinExpr'] as { larg: Node; rarg: Node; quals?: Node } | undefined
  return join === undefined
    ? []
    : [...joinConditions(join.larg), ...joinConditions(join.rarg), ...conjunctsOf(join.quals)]
}

/** `a.street_code = b.street_code`, or `= $1`, `= any($1)`, `in (…)`: then there is no other. */
function streetEqualities(condition: Node, sources: Source[]): Equality[] {
  const expression = condition['A_Expr'] as { kind: string; name: Node[]; lexpr: Node; rexpr: Node } | undefined
  const equal = expression !== undefined && textsIn(expression.name)[0] === '='
  if (!equal || !['AEXPR_OP', 'AEXPR_OP_ANY', 'AEXPR_IN'].includes(expression.kind)) return []
  const [left, right] = [expression.lexpr, expression.rexpr].map((side) => aliasOfStreet(side, sources))
  if (left === undefined && right === undefined) return []
  const alias = (left ?? right) as string
  const other = left === undefined ? expression.lexpr : expression.rexpr
  // Another column that is not one of a large table is as good as a value: it comes with the row.
  return [
    { alias, other: left !== undefined && right !== undefined ? right : columnsIn(other).length > 0 ? '' : undefined },
  ]
}

/** The alias whose `street_code` a side is. */
function aliasOfStreet(side: Node, sources: Source[]): string | undefined {
  const column = side['ColumnRef'] as { fields: Node[] } | undefined
  if (column === undefined) return undefined
  const names = textsIn(column.fields)
  if (names.at(-1) !== 'street_code') return undefined
  return names.length > 1 ? names[0] : sources[0]?.alias
}

function isPinned(alias: string, equalities: Equality[], around: ReadonlySet<string> = new Set()): boolean {
  const reached = [alias]
  // What is pushed on the way is looked at as well.
  for (const side of reached) {
    for (const equality of equalities.filter((one) => one.alias === side || one.other === side)) {
      if (equality.other === undefined) return true
      const next = equality.alias === side ? equality.other : equality.alias
      if (around.has(next)) return true
      if (next !== '' && !reached.includes(next)) reached.push(next)
    }
  }
  return false
}

function nameOf(call: Fields): string {
  return textsIn(call['funcname']).at(-1) ?? ''
}

function textsIn(value: unknown): string[] {
  const texts: string[] = []
  const collect = (item: unknown): void => {
    if (Array.isArray(item)) item.forEach(collect)
    else if (typeof item === 'object' && item !== null) {
      const { sval } = item as { sval?: unknown }
      if (typeof sval === 'string') texts.push(sval)
      else Object.values(item).forEach(collect)
    }
  }
  collect(value)
  return texts
}

function columnsIn(value: unknown): string[] {
  const columns: string[] = []
  walk([value], (kind, fields) => {
    if (kind === 'ColumnRef') columns.push(textsIn(fields['fields']).at(-1) ?? '')
  })
  return columns
}

/** The names by which the tables, functions and queries of a from clause go. */
function aliasesIn(from: unknown): string[] {
  const aliases: string[] = []
  walk(from, (kind, fields) => {
    if (!['RangeVar', 'RangeSubselect', 'RangeFunction'].includes(kind)) return
    const { relname = '', alias } = fields as { relname?: string; alias?: { aliasname?: string } }
    aliases.push(alias?.aliasname ?? relname)
    return 'stop'
  })
  return aliases
}

/** What stands before the columns of a condition, queries within it aside. */
function qualifiersIn(condition: unknown): string[] {
  const qualifiers: string[] = []
  walk([condition], (kind, fields) => {
    if (kind === 'SubLink') return 'stop'
    if (kind !== 'ColumnRef') return
    const names = textsIn(fields['fields'])
    if (names.length > 1) qualifiers.push(names[0] ?? '')
  })
  return qualifiers
}

/** Small enough to be on every machine of a distributed database. */
export const referenceTables = [
  'area',
  'staff',
  'collection_version',
  'incident_total',
  'count_layout',
  'import_batch',
  'analysis',
  'demo_state',
  'account',
  'account_grant',
  'session',
  'sign_in_failure',
  'access_token',
  'wall_device',
  'wall_pairing',
  'provider_sign_in',
  'first_account',
  'first_account_link',
  'scheduled_export',
]

/** Every other table of the migrations: those are spread over the machines by `street_code`. */
export function largeTables(): Set<string> {
  const names = new Set<string>()
  for (const { text } of readSources(['data/tables/*.do.*.sql'])) {
    for (const [, name = ''] of text.matchAll(/create table (?:if not exists )?(\w+) \(/g)) names.add(name)
    for (const [, from = '', to = ''] of text.matchAll(/alter table (\w+) rename to (\w+)/g)) {
      names.delete(from)
      names.add(to)
    }
  }
  return new Set([...names].filter((name) => !referenceTables.includes(name)))
}
