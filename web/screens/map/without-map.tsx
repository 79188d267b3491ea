import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { PageNotice } from '../../ui/notice.tsx'
import { Preferences } from '../../ui/preferences.tsx'
import { AccountMenu } from '../account/account-menu.tsx'
import styles from './without-map.module.css'

const messages = defineMessages({
  zh: {
    title: '此身份不查看地图与事件',
    text: '系统管理员与审计员只办理各自的事项。有其他身份时，可在右上角切换。',
  },
  en: {
    title: 'This role sees no map and no cases',
    text: 'Administrators and auditors have tasks of their own. If you have another role, switch to it at the top right.',
  },
})

/** In place of the map page for roles that may read no incidents. */
export function WithoutMap() {
  const t = useMessages(messages)
  return (
    <div className={styles.page}>
      <header className={styles.tools}>
        <Preferences small={false} />
        <AccountMenu small={false} />
      </header>
      <PageNotice title={t('title')} text={t('text')} />
    </div>
  )
}
