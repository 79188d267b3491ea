import { useMay } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { wallPath } from '../../view/screen-path.ts'
import { InPlaceOfScreen } from '../account/not-allowed.tsx'

const messages = defineMessages({
  zh: {
    title: '此身份不查看地图与事件',
    text: '系统管理员、审计员与大屏只办理各自的事项。有其他身份时，可在右上角切换。',
    wall: '打开大屏',
  },
  en: {
    title: 'This role sees no map and no cases',
    text: 'Administrators, auditors and walls have tasks of their own. If you have another role, switch to it at the top right.',
    wall: 'Open the wall',
  },
})

/** In place of the map page for roles that may read no incidents. */
export function WithoutMap() {
  const t = useMessages(messages)
  const mayWall = useMay('read', 'wall')
  return (
    <InPlaceOfScreen title={t('title')} text={t('text')}>
      {mayWall && <a href={wallPath(null, location.search)}>{t('wall')}</a>}
    </InPlaceOfScreen>
  )
}
