import { useIssueReceipt } from '../../api/intake.ts'
import { defineMessages, useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { SecretOnce } from '../../ui/secret-once.tsx'
import { PanelSection } from '../map/panel-parts.tsx'
import styles from './case.module.css'

const messages = defineMessages({
  zh: {
    title: '查询码',
    text: '反映人凭查询码查看办理进度并作评价。查询码遗失或由外部导入的案件，可另行出具；此前的查询码仍然有效。',
    issue: '出具查询码',
    failed: '查询码未出具',
    code: '查询码（只显示这一次）',
    address: '查询网址：{address}',
  },
  en: {
    title: 'Code for the reporter',
    text: 'Whoever reported the case follows and rates it by a code. Issue another where it was lost, or for an imported case; earlier codes stay valid.',
    issue: 'Issue a code',
    failed: 'No code was issued',
    code: 'Code (shown this once)',
    address: 'Address: {address}',
  },
})

/** Issues another receipt of a case, as a code and as a picture of its address. */
export function ReceiptCode({ street, number }: { street: string; number: string }) {
  const t = useMessages(messages)
  const issue = useIssueReceipt(street, number)
  const address = new URL('/r', location.href).href
  return (
    <PanelSection title={t('title')}>
      <p className={styles.quiet}>{t('text')}</p>
      <Failure title={t('failed')} error={issue.error} />
      {issue.data === undefined ? (
        <div>
          <Button disabled={issue.isPending} onPress={() => issue.mutate()}>
            {t('issue')}
          </Button>
        </div>
      ) : (
        <>
          <SecretOnce name={t('code')} secret={issue.data.receipt} />
          <p className={styles.quiet}>{t('address', { address })}</p>
          <div className={styles.receipt}>
            <QrCode text={`${address}#${issue.data.receipt}`} name={t('code')} />
          </div>
        </>
      )}
    </PanelSection>
  )
}
