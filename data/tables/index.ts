import { fileURLToPath } from 'node:url'

/** Glob of the SQL migrations, in order: the only place where tables are defined. */
export const migrationPattern = fileURLToPath(new URL('*.do.*.sql', import.meta.url))
