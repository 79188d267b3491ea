import postgres from 'postgres'
import { parseInstant } from './parse-instant.ts'

/** A pool of connections. Columns come out camelCased, bigint as number, timestamps as ISO strings with offset. */
export type Database = postgres.Sql<Record<string, never>>
export type Transaction = postgres.TransactionSql<Record<string, never>>

export type ConnectOptions = {
  /** `postgres://user@host:port/name`, or with a Unix socket `postgres://user@localhost/name?host=/directory`. */
  url: string
  poolSize?: number
  /** Milliseconds after which the database gives a statement up. */
  statementTimeout?: number
  /** Told each statement as it is sent, its values left out. */
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
    // A database that is away is said to be away at once, and found again as soon: the driver would wait up to 20 s.
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
