import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { demoQuery, removeDemo } from '../../api/demo.ts'
import { statusQuery } from '../../api/status.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { basicMessages } from '../../ui/basic-messages.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { messages as importMessages } from './messages.ts'
import styles from './result.module.css'
import { Failure } from './findings.tsx'

const messages = defineMessages({
  zh: {
    title: '演示数据仍在库中',
    text: '演示街道是虚构的。已有自己的街道后，建议移除演示数据，以免与真实数据混在一起。',
    remove: '移除演示数据',
    confirmText:
      '确定要移除演示数据吗？演示街道的区域、楼栋、底图、人员和事件将全部删除，不能恢复。{imported, plural, =0 {} other {导入到演示街道的 # 条记录也会一并删除。}}',
    confirm: '确定移除',
    removing: '正在移除…',
    removed: '演示数据已移除。',
  },
  en: {
    title: 'The demo data is still there',
    text: 'The demo sub-district is fictional. Now that there are sub-districts of your own, remove the demo data so that the two are not mixed.',
    remove: 'Remove demo data',
    confirmText:
      'Remove the demo data? Areas, buildings, base map, people and cases of the demo will be deleted for good.{imported, plural, =0 {} other { # records imported into the demo will be deleted with it.}}',
    confirm: 'Remove',
    removing: 'Removing…',
    removed: 'The demo data has been removed.',
  },
})

/** Offers to remove the demo where there are sub-districts beside it; nothing where there is no demo or nothing else. */
export function DemoRemoval() {
  const t = useMessages(messages)
  const basic = useMessages(basicMessages)
  const importing = useMessages(importMessages)
  const client = useQueryClient()
  const { data: status } = useQuery(statusQuery())
  const [confirming, setConfirming] = useState(false)
  const demo = useQuery({ ...demoQuery(), enabled: confirming }).data
  const removing = useMutation({
    mutationFn: removeDemo,
    onSettled: () => setConfirming(false),
    onSuccess: () => client.invalidateQueries({ queryKey: statusQuery().queryKey }),
  })
  const streets = status?.streets ?? []
  if (removing.isSuccess) return <output className={styles.undo}>{t('removed')}</output>
  if (!streets.some((street) => street.demo) || streets.every((street) => street.demo)) return null
  return (
    <Notice
      title={t('title')}
      action={
        confirming || removing.isPending ? (
          <div className={styles.confirm} role="group" aria-label={t('remove')}>
            <span>{t('confirmText', { imported: demo?.imported ?? 0 })}</span>
            <Button disabled={removing.isPending || demo === undefined} onPress={() => removing.mutate()}>
              {removing.isPending ? t('removing') : t('confirm')}
            </Button>
            <Button kind="bare" disabled={removing.isPending} onPress={() => setConfirming(false)}>
              {basic('cancel')}
            </Button>
          </div>
        ) : (
          <>
            <Button onPress={() => setConfirming(true)}>{t('remove')}</Button>
            <Failure title={importing('failed')} error={removing.error} onRetry={() => removing.mutate()} />
          </>
        )
      }
    >
      {t('text')}
    </Notice>
  )
}
