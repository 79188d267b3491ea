import type { Poster } from './poster.ts'

/** Colours and type of a sheet. */
export type Paper = {
  ground: string
  text: string
  quiet: string
  line: string
  mark: string
  font: (size: number, weight?: 'plain' | 'strong') => string
}

const colours = {
  light: { ground: '#ffffff', text: '#1b2229', quiet: '#4a545e', line: '#8a8f96', mark: '#9a4d00' },
  dark: { ground: '#151b23', text: '#e8eef4', quiet: '#a9b8c8', line: '#607084', mark: '#ffb14a' },
} as const

export function paperOf(poster: Pick<Poster, 'theme' | 'font'>): Paper {
  return {
    ...colours[poster.theme],
    font: (size, weight = 'plain') => `${weight === 'strong' ? 600 : 400} ${size}px ${poster.font}`,
  }
}
