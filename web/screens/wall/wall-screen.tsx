import { useQuery } from '@tanstack/react-query'
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { AnswerError } from '../../api/fetch.ts'
import { useLanguage } from '../../i18n/language.ts'
import { useDarkByDefault } from '../../theme/theme.ts'
import { Wall } from './wall.tsx'
import { wallQuery } from './wall-query.ts'
import { WallNotice } from './wall-notice.tsx'

const messages = defineMessages({
  zh: {
    connecting: '正在连接服务器…',
    unreachable: '无法连接服务器。请检查网络和服务器电源；本屏每 5 秒自动重试，恢复后无需操作。',
    empty: '数据库中还没有街道。请先导入网格与案件，或运行演示数据；导入后本屏会自动显示。',
    unknownArea: '没有编码为 {area} 的街道或社区。请检查本屏网址中的 area 参数。',
  },
  en: {
    connecting: 'Connecting to the server…',
    unreachable:
      'The server cannot be reached. Check the network and the server; this screen retries every 5 seconds and needs no action once the server is back.',
    empty:
      'The database has no sub-districts yet. Import grids and cases or load the demo data; this screen then updates by itself.',
    unknownArea:
      'There is no sub-district or community with code {area}. Check the area parameter in the URL of this screen.',
  },
})

const tourParser = parseAsStringLiteral(['on', 'off']).withDefault('on')

/** `/wall?area=…&tour=on|off&theme=…&lang=…`: the command room's screen. Dark, whatever the machine prefers. */
export function WallScreen() {
  const [area] = useQueryState('area', parseAsString)
  const [tour] = useQueryState('tour', tourParser)
  const shownTheme = useDarkByDefault()
  const language = useLanguage()
  const t = useMessages(messages)
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
