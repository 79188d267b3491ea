import { exporting } from './en/export.ts'
import { map } from './en/map.ts'
import { shell } from './en/shell.ts'
import { wall } from './en/wall.ts'
import type { Shape } from './shape.ts'
import type { messages as zh } from './zh.ts'

export const messages: Shape<typeof zh> = { exporting, map, shell, wall }
