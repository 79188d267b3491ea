import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** Degrees around a demo street that its base map reaches beyond its boundary. */
const margin = 0.02

/**
 * Whether a row of a tile is to be drawn, by its `street_code`: the demo lies on the ground of a real city, and is left
 * out where areas with a boundary have been imported on that ground. Codes of the demo begin with 99, which is no province, so that
 * without such areas one look into the index of codes decides.
 */
export function isDrawn(transaction: Transaction): Fragment {
  return transaction`
    street_code <> all (case when exists (select from area where code < '99') then array(
      select d.code from area d
      where d.level = 'street' and d.source = 'demo' and exists (
        select from area r where r.code < '99'
          and r.area_m2 > 0 and r.extent && box(point((d.extent[1])[0] - ${margin}, (d.extent[1])[1] - ${margin}),
            point((d.extent[0])[0] + ${margin}, (d.extent[0])[1] + ${margin})))
    ) else '{}'::text[] end)`
}
