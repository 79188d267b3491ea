import { defineMessages, useMessages } from '../../../i18n/messages.ts'
import { AsOfField } from '../../../ui/as-of-field.tsx'
import { useFreshness, useViewState } from '../map-page.ts'
import styles from './filters.module.css'

const messages = defineMessages({
  zh: { hint: '只按该时刻前已记录的办理步骤显示案件及其状态、类型、风险与时限；不填为现在' },
  en: { hint: 'Cases with their status, type, risk and due time as the steps recorded by then say; empty means now' },
})

/** As of when the map shows the cases of a street. */
export function AsOfChoice() {
  const t = useMessages(messages)
  const { asOf } = useFreshness()
  const { change } = useViewState()
  return (
    <div className={styles.asOf}>
      <AsOfField asOf={asOf} hint={t('hint')} onChoose={(minute) => change({ asOf: minute === '' ? null : minute })} />
    </div>
  )
}
