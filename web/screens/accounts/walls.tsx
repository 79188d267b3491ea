import type { WallDevice } from '@minqing/data/domain/wall-device'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../api/session.ts'
import { useRemoveWall, useRenameWall, wallsQuery } from '../../api/walls.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Beside, DataTable } from '../../ui/data-table.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { unknown, useFormats } from '../../ui/use-formats.ts'
import { pairPath } from '../../view/screen-path.ts'
import { usePlaceText } from '../account/session-text.ts'
import { Step } from '../sign-in/step.tsx'
import styles from './accounts-screen.module.css'

const messages = defineMessages({
  zh: {
    title: '大屏',
    text: '已配对的大屏长期有效，只显示其区域不含个人信息的汇总。',
    failed: '大屏列表加载失败',
    none: '还没有已配对的大屏。在大屏的浏览器中打开 /wall，按屏上提示配对。',
    pair: '配对大屏',
    name: '名称',
    area: '区域',
    paired: '配对',
    by: '{who} 确认',
    used: '最近使用',
    never: '尚未打开',
    screen: '网络地址与浏览器',
    change: '操作',
    rename: '改名',
    renameOf: '改名 {name}',
    save: '保存',
    remove: '解除配对',
    removeOf: '解除配对 {name}',
    question: '解除“{name}”的配对？它会重新显示配对码。',
    notRemoved: '未能解除配对',
  },
  en: {
    title: 'Walls',
    text: 'A paired wall stays paired, and shows aggregates of its area without personal data.',
    failed: 'The walls could not be loaded',
    none: 'No walls are paired yet. Open /wall in the browser of a wall and follow what it shows.',
    pair: 'Pair a wall',
    name: 'Name',
    area: 'Area',
    paired: 'Paired',
    by: 'by {who}',
    used: 'Last used',
    never: 'not opened yet',
    screen: 'Address and browser',
    change: 'Actions',
    rename: 'Rename',
    renameOf: 'Rename {name}',
    save: 'Save',
    remove: 'Remove',
    removeOf: 'Remove {name}',
    question: 'Remove “{name}”? It shows a pairing code again.',
    notRemoved: 'The wall could not be removed',
  },
})

/** Screens that are paired for an area within the own ones. */
export function Walls() {
  const t = useMessages(messages)
  const { data, error, refetch } = useQuery(wallsQuery())
  const removing = useRemoveWall()
  const mayPair = useMay('pair', 'wall_device')
  return (
    <Section title={t('title')} text={t('text')}>
      <Failure title={t('failed')} error={error} onRetry={() => void refetch()} />
      <Failure title={t('notRemoved')} error={removing.error} />
      {mayPair && (
        <div>
          <a href={pairPath(location.search)}>{t('pair')}</a>
        </div>
      )}
      {data?.length === 0 && <p>{t('none')}</p>}
      {data !== undefined && data.length > 0 && (
        <DataTable name={t('title')} heads={[t('name'), t('area'), t('paired'), t('used'), t('screen'), t('change')]}>
          {data.map((wall) => (
            <Row key={wall.id} wall={wall} disabled={removing.isPending} onRemove={() => removing.mutate(wall.id)} />
          ))}
        </DataTable>
      )}
    </Section>
  )
}

function Row({ wall, disabled, onRemove }: { wall: WallDevice; disabled: boolean; onRemove: () => void }) {
  const t = useMessages(messages)
  const formats = useFormats()
  const placeText = usePlaceText()
  const [isRenaming, setIsRenaming] = useState(false)
  const { id, name, area, pairedBy, pairedAt, usedAt, address, agent } = wall
  return (
    <tr>
      <th scope="row">{isRenaming ? <Renaming id={id} name={name} onClose={() => setIsRenaming(false)} /> : name}</th>
      <td>{placeText([area])}</td>
      <td>
        {formats.day(new Date(pairedAt))}
        <Beside>{t('by', { who: pairedBy })}</Beside>
      </td>
      <td>{usedAt === null ? t('never') : formats.dateTime(new Date(usedAt))}</td>
      <td>
        {address ?? unknown}
        <Beside>{agent ?? unknown}</Beside>
      </td>
      <td>
        <div className={styles.actions}>
          {!isRenaming && (
            <Button label={t('renameOf', { name })} onPress={() => setIsRenaming(true)}>
              {t('rename')}
            </Button>
          )}
          <ConfirmButton
            label={t('removeOf', { name })}
            question={t('question', { name })}
            disabled={disabled}
            onConfirm={onRemove}
          >
            {t('remove')}
          </ConfirmButton>
        </div>
      </td>
    </tr>
  )
}

function Renaming({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const [text, setText] = useState(name)
  const renaming = useRenameWall()
  return (
    <Step
      error={renaming.error}
      action={t('save')}
      pending={renaming.isPending}
      onSubmit={() => renaming.mutate({ id, name: text }, { onSuccess: onClose })}
      beside={
        <Button kind="bare" onPress={onClose}>
          {basic('cancel')}
        </Button>
      }
    >
      <TextField name={t('name')} value={text} onText={setText} maxLength={60} pattern=".*\S.*" required focused />
    </Step>
  )
}
