import { pathToFileURL } from 'node:url'
import { constants, DatabaseSync } from 'node:sqlite'
import { FileProblem } from '../file-problem.ts'
import { limits } from '../source-row.ts'

export type SqlValue = string | number | bigint | null | Uint8Array

export type GpkgLayer = {
  name: string
  rows: number | null
  /** Its columns but the geometry. */
  columns: string[]
  /** The integer primary key, which features are known by. */
  key: string | null
  /** The geometry column; null in a table of attributes. */
  geometry: string | null
  srs: number
  extent: [west: number, south: number, east: number, north: number] | null
}

/** What a reader needs to do; everything else in the language is denied, whatever the file's schema asks for. */
const allowed = new Set([constants.SQLITE_SELECT, constants.SQLITE_READ, constants.SQLITE_PRAGMA])

/**
 * A GeoPackage opened so that a hostile one can do no harm: read-only and immutable (no journal is made or replayed),
 * defensive, no extensions, no functions, and every statement but reading denied. Views are not
 * read: a view is a query that someone else wrote.
 */
export class GeoPackageFile {
  readonly #database: DatabaseSync
  readonly #name: string

  /** @throws FileProblem when it is no SQLite file */
  constructor(path: string, name: string) {
    this.#name = name
    const url = pathToFileURL(path)
    url.search = '?mode=ro&immutable=1'
    this.#database = this.#try(
      () =>
        new DatabaseSync(url, {
          readOnly: true,
          allowExtension: false,
          defensive: true,
          readBigInts: true,
          limits: {
            length: limits.feature,
            sqlLength: 100_000,
            column: limits.columns,
            exprDepth: 20,
            attach: 0,
            triggerDepth: 1,
            vdbeOp: 100_000,
          },
        }),
    )
    this.#try(() => {
      this.#database.exec('pragma trusted_schema = off; pragma cell_size_check = on; pragma mmap_size = 0')
      this.#database.setAuthorizer((action) => (allowed.has(action) ? constants.SQLITE_OK : constants.SQLITE_DENY))
    })
  }

  /** Its layers, without what QGIS keeps beside them. @throws FileProblem when there is none */
  layers(): [GpkgLayer, ...GpkgLayer[]] {
    const rows = this.#all(
      `select c.table_name, c.data_type, c.srs_id, c.min_x, c.min_y, c.max_x, c.max_y, g.column_name, g.srs_id as geometry_srs,
        (select type from sqlite_master m where m.name = c.table_name and m.type in ('table', 'view') limit 1) as kind,
        (select sql from sqlite_master m where m.name = c.table_name and m.type = 'table' limit 1) as sql
      from gpkg_contents c left join gpkg_geometry_columns g on g.table_name = c.table_name
      where c.data_type in ('features', 'attributes') and c.table_name not in ('layer_styles', 'qgis_projects') order by c.data_type desc, c.rowid limit 1000`,
    )
    const [first, ...others] = rows.filter((row) => this.#isPlainTable(row)).map((row) => this.#layer(row))
    if (first !== undefined) return [first, ...others]
    throw new FileProblem(
      `“${this.#name}”里没有可以读取的图层（视图不能读取，请先另存为图层）`,
      `“${this.#name}” has no layer that can be read (a view cannot: save it as a layer first)`,
    )
  }

  /** Organisation, number and text of a reference system. */
  system(srs: number): { organization: string; code: number; definition: string } {
    const [row] = this.#all(
      'select organization, organization_coordsys_id, definition from gpkg_spatial_ref_sys where srs_id = ?',
      srs,
    )
    return {
      organization: String(row?.['organization'] ?? ''),
      code: Number(row?.['organization_coordsys_id'] ?? 0),
      definition: String(row?.['definition'] ?? ''),
    }
  }

  *rows(layer: GpkgLayer): Generator<Record<string, SqlValue>> {
    const names = [...new Set([...layer.columns, layer.key, layer.geometry])].filter((name) => name !== null)
    const statement = this.#try(() =>
      this.#database.prepare(`select ${names.map(quote).join(', ')} from ${quote(layer.name)}`),
    )
    const iterator = this.#try(() => statement.iterate())
    for (;;) {
      const next = this.#try(() => iterator.next())
      if (next.done === true) return
      yield next.value
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #isPlainTable(row: Record<string, SqlValue>): boolean {
    return row['kind'] === 'table' && !/^\s*create\s+virtual/i.test(String(row['sql'] ?? ''))
  }

  #layer(row: Record<string, SqlValue>): GpkgLayer {
    const name = String(row['table_name'])
    const geometry = row['column_name'] == null ? null : String(row['column_name'])
    const all = this.#all(`select name, pk, type from pragma_table_info(?)`, name)
    if (all.length === 0 || all.length > limits.columns) throw this.#damaged()
    const keys = all.filter((column) => Number(column['pk']) > 0)
    const extent = ['min_x', 'min_y', 'max_x', 'max_y'].map((side) =>
      row[side] == null ? Number.NaN : Number(row[side]),
    )
    return {
      name,
      rows: null,
      columns: all.map((column) => String(column['name'])).filter((column) => column !== geometry),
      key: keys.length === 1 ? String(keys[0]?.['name']) : null,
      geometry,
      srs: Number(row['geometry_srs'] ?? row['srs_id'] ?? 0),
      extent: extent.every(Number.isFinite) ? (extent as GpkgLayer['extent']) : null,
    }
  }

  #all(sql: string, ...values: (string | number)[]): Record<string, SqlValue>[] {
    return this.#try(() => this.#database.prepare(sql).all(...values))
  }

  #try<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (cause) {
      if (cause instanceof FileProblem || !isSqliteError(cause)) throw cause
      throw this.#damaged(cause)
    }
  }

  #damaged(cause?: unknown): FileProblem {
    if (cause instanceof Error && cause.message.includes('no such table: gpkg_contents'))
      return new FileProblem(
        `“${this.#name}”是 SQLite 数据库，但不是 GeoPackage。请在 QGIS 中打开，把图层另存为 GeoPackage（.gpkg）后再导入`,
        `“${this.#name}” is an SQLite database, but no GeoPackage. Open it in QGIS, save the layer as GeoPackage (.gpkg) and import that`,
        { cause },
      )
    const detail = cause instanceof Error ? `（${cause.message}）` : ''
    return new FileProblem(
      `“${this.#name}”不是有效的 GeoPackage，或已损坏${detail}。请在 QGIS 中重新导出`,
      `“${this.#name}” is no valid GeoPackage, or is damaged${cause instanceof Error ? ` (${cause.message})` : ''}. Export it again from QGIS`,
      { cause },
    )
  }
}

function isSqliteError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
