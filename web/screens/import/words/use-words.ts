import { useLocale } from 'use-intl'
import { en } from './en.ts'
import { zh, type Words } from './zh.ts'

export function useWords(): Words {
  return useLocale() === 'zh' ? zh : en
}
