import { type AccessObject, may } from '@minqing/data/domain/access'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useShownSession } from '../../api/session.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, PageNotice } from '../../ui/notice.tsx'
import { ScreenPage } from '../account/screen-page.tsx'
import { AccountSessions } from './account-sessions.tsx'
import styles from './accounts-screen.module.css'
import { People } from './people.tsx'
import { Tokens } from './tokens.tsx'
import { Walls } from './walls.tsx'

const messages = defineMessages({
  zh: {
    title: '账号管理',
    parts: '账号管理的各部分',
    people: '人员',
    tokens: '令牌',
    walls: '大屏',
    sessions: '登录',
    off: '此服务器没有启用登录',
    offText: '因此没有账号、令牌和大屏设备。管理员可设置环境变量 SIGN_IN=on 启用。',
    mayNot: '当前身份不能管理账号',
    mayNotText: '请在右上角切换为系统管理员；中心负责人可以管理大屏。',
  },
  en: {
    title: 'Accounts',
    parts: 'Parts of the accounts',
    people: 'People',
    tokens: 'Tokens',
    walls: 'Walls',
    sessions: 'Sign-ins',
    off: 'This server runs without sign-in',
    offText:
      'So there are no accounts, tokens or paired walls. An administrator can set the environment variable SIGN_IN=on.',
    mayNot: 'The present role may not manage accounts',
    mayNotText: 'Switch to administrator at the top right; centre leads may manage walls.',
  },
})

const tabs = ['people', 'tokens', 'walls', 'sessions'] as const
type Tab = (typeof tabs)[number]
const objects: Record<Tab, AccessObject> = {
  people: 'account',
  tokens: 'token',
  walls: 'wall_device',
  sessions: 'account',
}
const parts: Record<Tab, () => React.JSX.Element> = {
  people: People,
  tokens: Tokens,
  walls: Walls,
  sessions: AccountSessions,
}

/** People, access tokens, paired walls and who has signed in, as far as the role may see them. */
export function AccountsScreen() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const session = useShownSession()
  const [asked, setTab] = useQueryState('tab', parseAsStringLiteral(tabs))
  if (session === undefined) return <PageNotice text={basic('loading')} />
  const shown = tabs.filter((tab) => may(session.role, 'read', objects[tab]))
  const tab = shown.find((one) => one === asked) ?? shown[0]
  const Part = tab === undefined ? undefined : parts[tab]
  return (
    <ScreenPage title={t('title')} wide>
      {session.id === null ? (
        <Notice title={t('off')}>{t('offText')}</Notice>
      ) : Part === undefined ? (
        <Notice title={t('mayNot')}>{t('mayNotText')}</Notice>
      ) : (
        <>
          {shown.length > 1 && (
            <nav className={styles.tabs} aria-label={t('parts')}>
              {shown.map((one) => (
                <Button key={one} kind="bare" pressed={one === tab} onPress={() => void setTab(one)}>
                  {t(one)}
                </Button>
              ))}
            </nav>
          )}
          <Part />
        </>
      )}
    </ScreenPage>
  )
}
