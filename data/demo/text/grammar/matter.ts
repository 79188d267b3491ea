import type { Home } from '../../make-buildings.ts'

/**
 * Something that happens: how its title and its text may read (see `template.ts`), and where or when it can be.
 * `{spot}` is the part of the building or street, written into the title so that a reader finds it.
 */
export type Matter = { title: string; text: string; at?: (home: Home) => boolean; months?: readonly number[] }

export function matter(title: string, text: string, more: Pick<Matter, 'at' | 'months'> = {}): Matter {
  return { title, text, ...more }
}

export const summer = [5, 6, 7, 8, 9]
export const winter = [11, 12, 1, 2]
export const isOld = ({ draft }: Home) => draft.builtYear < 1980
export const isHouse = ({ draft }: Home) => draft.sort === 'house' || draft.sort === 'terrace'
export const isSlab = ({ draft }: Home) => draft.sort === 'slab'
export const isTower = ({ draft }: Home) => draft.sort === 'tower'
export const isEstate = ({ draft }: Home) => draft.sort === 'slab' || draft.sort === 'tower'
export const isTrade = ({ building }: Home) =>
  ['commercial', 'market', 'mixed', 'office', 'transport'].includes(building.use)
export const isMarket = ({ building }: Home) => building.use === 'market'
