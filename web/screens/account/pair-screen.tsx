import {
  groupPairingCode,
  pairingCodeLength,
  preparePairingCode,
  type WaitingWall,
} from '@minqing/data/domain/wall-device'
import { roleLabels, roleNames } from '@minqing/data/domain/role'
import { may } from '@minqing/data/domain/access'
import type { Session } from '@minqing/data/domain/session'
import { useEffect, useRef, useState } from 'react'
import { useShownSession } from '../../api/session.ts'
import { useConfirmPairing, useFindWaiting, useRefusePairing } from '../../api/walls.ts'
import { useLanguage } from '../../i18n/language.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, PageNotice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useFormats } from '../../ui/use-formats.ts'
import { Step } from '../sign-in/step.tsx'
import { AreaSelect } from './area-select.tsx'
import styles from './pair-screen.module.css'
import { ScreenPage } from './screen-page.tsx'

const messages = defineMessages({
  zh: {
    title: '配对大屏',
    off: '此服务器没有启用登录',
    offText: '大屏无需配对，直接打开即可。',
    mayNot: '“{role}”身份不能配对大屏',
    mayNotText: '可以配对的身份：{roles}。请在右上角切换身份，或请中心负责人操作。',
    code: '配对码',
    codeText: '请输入大屏上显示的八个字母。',
    next: '下一步',
    which: '请核对这块大屏',
    whichText: '配对码须与您面前大屏上显示的完全一致；不是您要配对的大屏，请拒绝。',
    address: '网络地址',
    agent: '浏览器',
    asked: '请求时间',
    unknown: '未知',
    name: '大屏名称',
    nameHint: '例如“一楼指挥大厅”，便于以后辨认',
    confirm: '确认配对',
    confirming: '正在配对…',
    refuse: '拒绝',
    done: '已配对',
    doneText: '“{name}”数秒内自动显示画面。在“账号管理 · 大屏”中可以改名或解除配对。',
    refused: '已拒绝',
    refusedText: '该大屏会显示新的配对码。',
    again: '再配对一块大屏',
  },
  en: {
    title: 'Pair a wall',
    off: 'This server runs without sign-in',
    offText: 'A wall needs no pairing: just open it.',
    mayNot: 'The role “{role}” may not pair walls',
    mayNotText: 'These roles may: {roles}. Switch your role at the top right, or ask a centre lead.',
    code: 'Code',
    codeText: 'Enter the eight letters that the screen shows.',
    next: 'Next',
    which: 'Is this the screen?',
    whichText:
      'The code must be exactly the one on the screen in front of you. Refuse if it is not the screen that you want to pair.',
    address: 'Address',
    agent: 'Browser',
    asked: 'Asked at',
    unknown: 'unknown',
    name: 'Name of the screen',
    nameHint: 'For example “Hall, ground floor”, to recognise it later',
    confirm: 'Pair it',
    confirming: 'Pairing…',
    refuse: 'Refuse',
    done: 'Paired',
    doneText: '“{name}” shows its picture within seconds. It can be renamed and removed under Accounts · Walls.',
    refused: 'Refused',
    refusedText: 'The screen shows a new code.',
    again: 'Pair another screen',
  },
})

type Outcome = { kind: 'done'; name: string } | { kind: 'refused' }

/** `/pair#<code>`: confirms a screen that shows a code. */
export function PairScreen() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const session = useShownSession()
  const [round, setRound] = useState(0)
  const [outcome, setOutcome] = useState<Outcome>()
  if (session === undefined) return <PageNotice text={basic('loading')} />
  const again = () => {
    setOutcome(undefined)
    setRound(round + 1)
  }
  return (
    <ScreenPage title={t('title')}>
      {session.id === null ? (
        <Notice title={t('off')}>{t('offText')}</Notice>
      ) : !may(session.role, 'pair', 'wall_device') ? (
        <MayNot session={session} />
      ) : outcome === undefined ? (
        <Pairing
          key={round}
          session={session}
          given={round === 0 ? preparePairingCode(location.hash) : ''}
          onOutcome={setOutcome}
        />
      ) : (
        <output>
          <Notice title={t(outcome.kind)} action={<Button onPress={again}>{t('again')}</Button>}>
            {outcome.kind === 'done' ? t('doneText', { name: outcome.name }) : t('refusedText')}
          </Notice>
        </output>
      )}
    </ScreenPage>
  )
}

function MayNot({ session }: { session: Session }) {
  const t = useMessages(messages)
  const language = useLanguage()
  const roles = roleNames.filter((role) => may(role, 'pair', 'wall_device')).map((role) => roleLabels[role][language])
  return (
    <Notice title={t('mayNot', { role: roleLabels[session.role][language] })}>
      {t('mayNotText', { roles: roles.join(language === 'zh' ? '、' : ', ') })}
    </Notice>
  )
}

function Pairing({
  session,
  given,
  onOutcome,
}: {
  session: Session
  /** The code of the address. */
  given: string
  onOutcome: (outcome: Outcome) => void
}) {
  const t = useMessages(messages)
  const [code, setCode] = useState(given)
  const finding = useFindWaiting()
  const { mutate } = finding
  const isGiven = given.length === pairingCodeLength
  useEffect(() => {
    if (isGiven) mutate(given)
  }, [isGiven, given, mutate])
  if (finding.data !== undefined) return <Confirmation session={session} waiting={finding.data} onOutcome={onOutcome} />
  return (
    <Section title={t('code')} text={t('codeText')}>
      <Step
        error={finding.error}
        action={t('next')}
        pending={finding.isPending}
        onSubmit={() => mutate(preparePairingCode(code))}
      >
        <TextField
          name={t('code')}
          value={code}
          onText={(text) => setCode(text.toUpperCase())}
          className={styles.code}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          required
          focused={!isGiven}
        />
      </Step>
    </Section>
  )
}

function Confirmation({
  session,
  waiting,
  onOutcome,
}: {
  session: Session
  waiting: WaitingWall
  onOutcome: (outcome: Outcome) => void
}) {
  const t = useMessages(messages)
  const formats = useFormats()
  const { areas } = session
  const [name, setName] = useState('')
  const [area, setArea] = useState(areas.length === 1 ? areas[0]!.code : '')
  const confirming = useConfirmPairing()
  const refusing = useRefusePairing()
  const heading = useRef<HTMLOutputElement>(null)
  // The next thing to read: what asks.
  useEffect(() => heading.current?.focus(), [])
  const { code } = waiting
  return (
    <Section title={t('which')} text={t('whichText')}>
      <output ref={heading} tabIndex={-1} className={styles.shown}>
        {groupPairingCode(code)}
      </output>
      <dl className={styles.wall}>
        <dt>{t('address')}</dt>
        <dd>{waiting.address ?? t('unknown')}</dd>
        <dt>{t('agent')}</dt>
        <dd>{waiting.agent ?? t('unknown')}</dd>
        <dt>{t('asked')}</dt>
        <dd>{formats.dateTime(new Date(waiting.createdAt))}</dd>
      </dl>
      <Step
        error={confirming.error ?? refusing.error}
        action={t(confirming.isPending ? 'confirming' : 'confirm')}
        pending={confirming.isPending || refusing.isPending}
        onSubmit={() =>
          confirming.mutate({ code, name, area }, { onSuccess: () => onOutcome({ kind: 'done', name: name.trim() }) })
        }
        beside={
          <Button
            disabled={confirming.isPending || refusing.isPending}
            onPress={() => refusing.mutate(code, { onSuccess: () => onOutcome({ kind: 'refused' }) })}
          >
            {t('refuse')}
          </Button>
        }
      >
        <TextField
          name={t('name')}
          value={name}
          onText={setName}
          hint={t('nameHint')}
          autoComplete="off"
          maxLength={60}
          pattern=".*\S.*"
          required
        />
        <AreaSelect value={area} onChange={setArea} deepest="community" />
      </Step>
    </Section>
  )
}
