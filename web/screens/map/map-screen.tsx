import { useTranslations } from 'use-intl'

export function MapScreen() {
  const t = useTranslations('map')
  return <main>{t('title')}</main>
}
