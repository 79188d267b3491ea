import { exporting } from './zh/export.ts'
import { map } from './zh/map.ts'
import { shell } from './zh/shell.ts'
import { wall } from './zh/wall.ts'

/** One file an area of the interface; the language's own chunk. */
export const messages = { exporting, map, shell, wall }
