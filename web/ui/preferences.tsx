import { useLanguageParameter } from '../i18n/language.ts'
import { defineMessages, useMessages } from '../i18n/messages.ts'
import { useTheme } from '../theme/theme.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

const messages = defineMessages({
  zh: { toLanguage: 'Switch to English（切换到英文）', toDark: '切换到深色', toLight: '切换到浅色' },
  en: {
    toLanguage: '切换到中文 (switch to Chinese)',
    toDark: 'Switch to dark theme',
    toLight: 'Switch to light theme',
  },
})

/** Switches for language and theme. Both are URL parameters, so that a shared link looks the same. */
export function Preferences({ small }: { small: boolean }) {
  const t = useMessages(messages)
  const [language, setLanguage] = useLanguageParameter()
  const [theme, setTheme] = useTheme()
  const otherTheme = theme === 'dark' ? 'light' : 'dark'
  return (
    <>
      <Button
        kind="bare"
        label={small && language === 'zh' ? `EN ${t('toLanguage')}` : t('toLanguage')}
        onPress={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        <span lang={language === 'zh' ? 'en' : 'zh'}>{language === 'zh' ? (small ? 'EN' : 'English') : '中文'}</span>
      </Button>
      <Button kind="icon" label={t(otherTheme === 'dark' ? 'toDark' : 'toLight')} onPress={() => setTheme(otherTheme)}>
        <Icon name={otherTheme === 'dark' ? 'moon' : 'sun'} />
      </Button>
    </>
  )
}
