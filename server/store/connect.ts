import postgres from 'postgres'

/** A pool of connections. Columns come out camelCased, bigint as number, timestamps as ISO strings with offset. */
export type Database = postgres.Sql<Record<string, never>>
export type Transaction = postgres.TransactionSql<Record<string, never>>

export type ConnectOptions = {
  /** `postgres://user@host:port/name`; a Unix socket directory goes into `host`. */
  url: string
  /** Directory of a Unix socket, instead of the host in the URL. */
  socketDirectory?: string
  poolSize?: number
  /** Milliseconds after which the database gives a statement up. */
  statementTimeout?: number
}

/** Opens a pool; nothing is connected before the first query. End it with `database.end()`. */
export function connect(options: ConnectOptions): Database {
  const { url, socketDirectory, poolSize = 10, statementTimeout = 30_000 } = options
  return postgres(url, {
    ...(socketDirectory === undefined ? {} : { host: socketDirectory }),
    max: poolSize,
    onnotice: () => {},
    connection: { application_name: 'minqing', statement_timeout: statementTimeout, TimeZone: 'UTC' },
    transform: { ...postgres.camel, undefined: null },
    types: {
      // count(*) and log positions stay far below 2^53.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      // Postgres writes `2026-11-21 06:05:32.123+00`; every border speaks ISO 8601.
      instant: {
        to: 1184,
        from: [1184],
        serialize: (value: string | Date) => (value instanceof Date ? value.toISOString() : value),
        parse: (text: string) => new Date(text).toISOString(),
      },
      // A date stays the text it is: a Date object would move it by the zone.
      day: { to: 1082, from: [1082], serialize: (value: string) => value, parse: (text: string) => text },
    },
  }) as unknown as Database
}
