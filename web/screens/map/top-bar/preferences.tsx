import { useTranslations } from 'use-intl'
import { useLanguageParameter } from '../../../i18n/language.ts'
import { useTheme } from '../../../theme/theme.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'

/** Language and theme; both stand in the address, so that a link looks the same for the colleague. */
export function Preferences({ small }: { small: boolean }) {
  const t = useTranslations('shell')
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
