import { parseAsStringLiteral } from 'nuqs'

export const themes = ['dark', 'light'] as const
export type Theme = (typeof themes)[number]

/** Absent: what the system prefers. */
export const themeParser = parseAsStringLiteral(themes).withOptions({ history: 'replace' })
