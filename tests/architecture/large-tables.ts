import { readSources } from './source.ts'

/** Small enough to be on every machine of a distributed database. */
export const referenceTables = ['area', 'collection_version', 'incident_total', 'import_batch', 'demo_state']

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
