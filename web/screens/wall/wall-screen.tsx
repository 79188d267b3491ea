import { useQuery } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { AnswerError } from '../../api/problem.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useDarkByDefault } from '../../theme/theme.ts'
import { Wall } from './wall.tsx'
import { wallQuery } from './wall-query.ts'
import { WallNotice } from './wall-notice.tsx'

const tourParser = parseAsStringLiteral(['on', 'off']).withDefault('on')

/** `/wall?area=…&tour=on|off&theme=…&lang=…`: the command room's screen. Dark, whatever the machine prefers. */
export function WallScreen() {
  const [area] = useQueryState('area', parseAsString)
  const [tour] = useQueryState('tour', tourParser)
  const shownTheme = useDarkByDefault()
  const language = useLanguage()
  const t = useTranslations('wall.state')
  const { data, error } = useQuery(wallQuery(area))

  if (data === undefined) {
    const unknownArea = area !== null && error instanceof AnswerError && error.status < 500
    // Another place begins its tour anew.
    return (
      <WallNotice theme={shownTheme}>
        {error === null ? t('connecting') : unknownArea ? t('unknownArea', { area }) : t('unreachable')}
      </WallNotice>
    )
  }
  if (data.picture.street === null) return <WallNotice theme={shownTheme}>{t('empty')}</WallNotice>
  // Another place begins its tour anew.
  return (
    <Wall
      key={data.picture.area?.code}
      received={data}
      touring={tour === 'on'}
      theme={shownTheme}
      language={language}
    />
  )
}
