import { groupPairingCode } from '@minqing/data/domain/wall-device'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { endWait } from '../../api/sign-in-wait.ts'
import { pairingQuery, pairingStateQuery, type WaitingScreen } from '../../api/walls.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { useDarkByDefault } from '../../theme/theme.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import { pairPath } from '../../view/screen-path.ts'
import pairing from './wall-pairing.module.css'
import styles from './wall.module.css'

const messages = defineMessages({
  zh: {
    title: '本屏尚未配对',
    refused: '上一次配对已被拒绝。如需配对，请使用新的配对码。',
    scan: '用手机扫描二维码',
    scanText: '以中心负责人身份登录，核对配对码，选择本屏显示的区域后确认。',
    type: '或在任意电脑上打开',
    typeText: '登录后输入配对码：',
    code: '配对码 {code}',
    qr: '打开配对页面的二维码',
    left: '有效期还有 {minutes}:{seconds}，过期后自动更换。确认后本屏自动显示，无需操作。',
    local: '本屏以本机地址打开，手机无法访问：请改用服务器的网络地址打开本页后再扫描。',
    away: '正在连接服务器…',
    signIn: '在本屏上登录',
  },
  en: {
    title: 'This screen is not paired yet',
    refused: 'The last request was refused. To pair this screen, use the new code.',
    scan: 'Scan the QR code with a phone',
    scanText: 'Sign in as centre lead, compare the code, choose the area that this screen shows, and confirm.',
    type: 'Or open on any computer',
    typeText: 'and enter the code after signing in:',
    code: 'Code {code}',
    qr: 'QR code that opens the pairing page',
    left: 'Good for another {minutes}:{seconds}, then replaced by itself. Once it is confirmed this screen goes on by itself.',
    local:
      'This page was opened by a local address that no phone can reach: open it by the network address of the server before scanning.',
    away: 'Connecting to the server…',
    signIn: 'Sign in on this screen',
  },
})

/** A screen at which nobody has signed in: a code that somebody confirms elsewhere. Read from three metres. */
export function WallPairing({ onSignIn }: { onSignIn: () => void }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const theme = useDarkByDefault()
  const client = useQueryClient()
  const { data: waiting, refetch, isFetching } = useQuery(pairingQuery())
  const { data: state } = useQuery(pairingStateQuery(waiting?.secret))
  const left = useSecondsLeft(waiting)
  const [refused, setRefused] = useState<string>()
  if (state === 'refused' && refused !== waiting?.secret) setRefused(waiting?.secret)
  const isOver = state === 'expired' || state === 'refused' || left === 0

  useEffect(() => {
    if (isOver) void refetch()
  }, [isOver, refetch])
  useEffect(() => {
    if (state !== 'paired') return
    client.removeQueries({ queryKey: pairingQuery().queryKey })
    // The picture was refused, and is asked for again.
    endWait(true)
  }, [state, client])

  const isLocal = /^(localhost|127\.|\[::1\])/.test(location.hostname)
  const code = waiting === undefined || isFetching ? undefined : groupPairingCode(waiting.code)
  return (
    <main className={`${styles.screen} ${pairing.screen}`} style={{ colorScheme: theme }}>
      <p className={pairing.product}>
        <img src="/icon.svg" alt="" />
        {basic('product')}
      </p>
      <div className={pairing.middle}>
        <div className={pairing.words}>
          <h1>{t('title')}</h1>
          {refused !== undefined && <p className={pairing.refused}>{t('refused')}</p>}
          <ol>
            <li>
              <strong>{t('scan')}</strong>
              <p>{t('scanText')}</p>
            </li>
            <li>
              <strong>
                {t('type')} <span className={pairing.address}>{`${location.host}${pairPath('')}`}</span>
              </strong>
              <p>{t('typeText')}</p>
            </li>
          </ol>
          {code === undefined || left === undefined ? (
            <output>{t('away')}</output>
          ) : (
            <>
              <output className={pairing.code} aria-label={t('code', { code })}>
                {code}
              </output>
              <p className={pairing.left}>
                {t('left', { minutes: String(Math.floor(left / 60)), seconds: String(left % 60).padStart(2, '0') })}
              </p>
            </>
          )}
        </div>
        <div className={pairing.qr}>
          {code !== undefined && <QrCode text={`${location.origin}${pairPath('')}#${code}`} name={t('qr')} />}
          {isLocal && <p>{t('local')}</p>}
        </div>
      </div>
      <button type="button" className={pairing.signIn} onClick={onSignIn}>
        {t('signIn')}
      </button>
    </main>
  )
}

/** Counted by how long ago it came: the clock of a screen may be wrong. */
function useSecondsLeft(waiting: WaitingScreen | undefined): number | undefined {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  if (waiting === undefined) return undefined
  const passed = Math.max(0, now - waiting.receivedAt) / 1000
  return Math.max(0, Math.round(waiting.seconds - passed))
}
