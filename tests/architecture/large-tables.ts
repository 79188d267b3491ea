import { readSources } from './source.ts'

/** Small enough to be on every machine of a distributed database. */
export const referenceTables = ['area', 'collection_version', 'incident_total', 'import_batch', 'demo_state']

/** Every other table of the migrations: those are spread over the machines by `street_code`. */
export function largeTables(): Set<string> {
  const names = readSources(['data/tables/*.do.*.sql']).flatMap(({ text }) =>
    [...text.matchAll(/create table (?:if not exists )?(\w+) \(/g)].map(([, name = '']) => name),
  )
  return new Set(names.filter((name) => !referenceTables.includes(name)))
}
