import { type AreaLevel, levelOf, streetOf } from '@minqing/data/domain/area-code'
import { duties, roleOfDuty } from '@minqing/data/domain/staff'
import type { Transaction } from '../../store/connect.ts'

/**
 * Merges the contacts of the staged areas of a level into `staff`; the areas are written already. A column that the
 * file does not have leaves what is known; of these areas, a contact of which neither name nor phone remains is removed.
 */
export async function mergeContacts(
  transaction: Transaction,
  level: AreaLevel,
  given: ReadonlySet<string>,
): Promise<void> {
  const written = duties.filter((duty) => given.has(duty) || given.has(`${duty}Phone`))
  if (written.length === 0) return
  for (const duty of written) {
    const [named, phoned] = [given.has(duty), given.has(`${duty}Phone`)]
    const [name, phone] = [transaction(duty), transaction(`${duty}_phone`)]
    await transaction`
      insert into staff as s (id, street_code, area_code, role, name, work_phone, duty)
      select r.code || ${`-${duty}`}, left(r.code, 9), r.code, ${roleOfDuty(duty, level)}, coalesce(r.${name}, ''),
        coalesce(r.${phone}, ''), ${duty}
      from import_row r
      where r.level = ${level} and (coalesce(r.${name}, '') <> '' or coalesce(r.${phone}, '') <> ''
        or exists (select from staff k where k.area_code = r.code and k.duty = ${duty}))
      on conflict (area_code, duty) do update
      set name = case when ${named} then excluded.name else s.name end,
        work_phone = case when ${phoned} then excluded.work_phone else s.work_phone end
      where (${named} and s.name <> excluded.name) or (${phoned} and s.work_phone <> excluded.work_phone)`
  }
  const areas = await transaction<{ code: string }[]>`select code from import_row where level = ${level}`
  // By their codes: a table that every machine has cannot be changed from one that one of them has.
  await transaction`
    delete from staff
    where duty = any(${written}::text[]) and name = '' and work_phone = ''
      and area_code = any(${areas.map(({ code }) => code)}::text[])`
}

/** The contacts in the image of an area, as the columns of `area_with_contacts` were. */
export type ContactImage = {
  leader: string | null
  leader_phone: string | null
  worker: string | null
  worker_phone: string | null
}

/** Puts the contacts of areas back to what they were in the areas' images. */
export async function restoreContacts(
  transaction: Transaction,
  images: readonly { code: string; before: ContactImage }[],
): Promise<void> {
  await transaction`
    delete from staff where duty is not null and area_code = any(${images.map(({ code }) => code)}::text[])`
  const rows = images.flatMap(({ code, before }) =>
    duties.map((duty) => ({
      id: `${code}-${duty}`,
      streetCode: streetOf(code),
      areaCode: code,
      role: roleOfDuty(duty, levelOf(code)),
      name: before[duty] ?? '',
      workPhone: before[`${duty}_phone`] ?? '',
      duty,
    })),
  )
  const known = rows.filter(({ name, workPhone }) => name !== '' || workPhone !== '')
  if (known.length > 0) await transaction`insert into staff ${transaction(known)}`
}
