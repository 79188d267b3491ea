import type { Language } from '@minqing/data/domain/label'
import type { messages as zh } from './zh.ts'

export type Messages = typeof zh

/** Only the language that is shown is sent. The keys are the Chinese catalogue's; the words are the language's own. */
export async function loadMessages(language: Language): Promise<Messages> {
  switch (language) {
    case 'zh':
      return (await import('./zh.ts')).messages
    case 'en':
      // `Shape` proves that every key is there; only the literal Chinese words of the type do not hold.
      return (await import('./en.ts')).messages as unknown as Messages
  }
}

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
    Locale: Language
  }
}
