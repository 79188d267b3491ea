import postgres from 'postgres'

/** A pool of connections. Columns come out camelCased, bigint as number, timestamps as ISO strings with offset. */
export type Database = postgres.Sql<Record<string, never>>
export type Transaction = postgres.TransactionSql<Record<string, never>>

export type ConnectOptions = {
  /** `postgres://user@host:port/name`, or with a Unix socket `postgres://user@localhost/name?host=/directory`. */
  url: string
  poolSize?: number
  /** Milliseconds after which the database gives a statement up. */
  statementTimeout?: number
  /** Called with each statement as it is sent, without its values. */
  onStatement?: (statement: string) => void
}

/** Opens a pool; nothing is connected before the first query. End it with `database.end()`. */
export function connect(options: ConnectOptions): Database {
  const { poolSize = 10, statementTimeout = 30_000, onStatement } = options
  const { url, socketDirectory } = splitSocket(options.url)
  return postgres(url, {
    ...(socketDirectory === undefined ? {} : { host: socketDirectory }),
    max: poolSize,
    ...(onStatement === undefined ? {} : { debug: (_connection, statement) => onStatement(statement) }),
    onnotice: () => {},
    // An unreachable database is reported at once, and reconnected as soon: the driver would wait up to 20 s.
    backoff: () => 0.2,
    connect_timeout: 5,
    // Compiling a query costs more than any of ours takes: row-level security makes the planner expect the worst.
    connection: { application_name: 'minqing', statement_timeout: statementTimeout, TimeZone: 'UTC', jit: 'off' },
    transform: { ...postgres.camel, undefined: null },
    types: {
      // count(*) and log positions stay far below 2^53.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      // Postgres writes `2026-11-21 06:05:32.123+00`; every border speaks ISO 8601.
      instant: {
        to: 1184,
        from: [1184],
        serialize: (value: string | Date) => (value instanceof Date ? value.toISOString() : value),
        parse: parseInstant,
      },
      // A date stays the text it is: a Date object would move it by the zone.
      day: { to: 1082, from: [1082], serialize: (value: string) => value, parse: (text: string) => text },
    },
  }) as unknown as Database
}

/** Takes libpq's `?host=/directory` out of a URL: the driver would send it to the server as a setting. */
function splitSocket(text: string): { url: string; socketDirectory: string | undefined } {
  const url = new URL(text)
  const socketDirectory = url.searchParams.get('host') ?? undefined
  url.searchParams.delete('host')
  return { url: url.href, socketDirectory }
}

/**
 * A `timestamptz` as PostgreSQL writes it (`2026-11-21 06:05:32.123456+00`) in the form of RFC 3339, in UTC with
 * milliseconds, of which more digits are cut off. Sessions are in UTC (`connect`), so that nearly every text only needs
 * other separators: parsing dates was a third of reading a row.
 *
 * @throws RangeError for what is no instant (`infinity`)
 */
export function parseInstant(text: string): string {
  const isUtc = text.length >= 22 && text.charCodeAt(10) === space && text.endsWith('+00')
  if (!isUtc) return new Date(text).toISOString()
  const fraction = text.length === 22 ? '000' : text.slice(20, -3).slice(0, 3).padEnd(3, '0')
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}

const space = 0x20
