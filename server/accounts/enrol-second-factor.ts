import { ProblemError } from '@minqing/data/domain/problem'
import { appendAudit } from '../audit/append-audit.ts'
import { type Accounts, withAccounts } from './account-transaction.ts'
import { enrolmentUri, makeSecret, stepOfCode } from './second-factor.ts'
import { actingIn, type Client, type OpenSession, replaceToken } from './sessions.ts'
import { prove } from './sign-in.ts'

/** What an authenticator app is given: the same twice, once to be typed. */
export type Enrolment = { uri: string; secret: string }

/**
 * Begins with a secret that counts only once a code of it was given.
 *
 * @throws ProblemError `forbidden` for a wrong password.
 */
export async function beginEnrolment(
  accounts: Accounts,
  session: OpenSession,
  password: string,
  client: Client,
): Promise<Enrolment> {
  await prove(accounts, session.account, { password }, client)
  const secret = makeSecret()
  await withAccounts(
    accounts.database,
    (transaction) => transaction`update account set totp_pending = ${secret} where id = ${session.account}`,
  )
  return { uri: enrolmentUri(secret, session.login), secret }
}

/**
 * @returns the session's new token: it has given its second factor now.
 * @throws ProblemError `forbidden` for a wrong code, `conflict` where nothing was begun.
 */
export async function completeEnrolment(
  { database, now }: Accounts,
  session: OpenSession,
  code: string,
  client: Client,
): Promise<string> {
  return withAccounts(database, async (transaction) => {
    const [held] = await transaction<{ totpPending: string | null }[]>`
      select totp_pending from account where id = ${session.account} for update`
    const secret = held?.totpPending ?? undefined
    if (secret === undefined) throw notBegun()
    const step = stepOfCode(secret, code, now(), 0)
    if (step === undefined) throw wrongCode()
    await transaction`
      update account set totp = totp_pending, totp_pending = null, totp_step = ${step} where id = ${session.account}`
    const token = await replaceToken(transaction, session.id, { secondFactor: true })
    await appendAudit(transaction, actingIn(session, client), { action: 'enrol', object: 'second_factor' }, 'done')
    return token
  })
}

function notBegun(): ProblemError {
  return new ProblemError(
    'conflict',
    { zh: '没有正在进行的绑定', en: 'No enrolment has been begun' },
    { remedy: { zh: '请先获取二维码', en: 'Ask for the QR code first' } },
  )
}

function wrongCode(): ProblemError {
  return new ProblemError(
    'forbidden',
    { zh: '验证码不正确', en: 'The code is wrong' },
    {
      parameter: 'code',
      remedy: {
        zh: '请核对手机时间是否准确，再输入当前的六位验证码',
        en: 'Check that the clock of the phone is right, and enter the present six-digit code',
      },
    },
  )
}
