import { codeAt } from '../../../server/accounts/second-factor.ts'
import { password } from '../world/people.ts'
import type { Page } from './screen.ts'

export async function typeCredentials(page: Page, login: string, given = password): Promise<void> {
  await page.getByRole('textbox', { name: /^(账号|Account)$/ }).fill(login)
  await page.getByLabel(/^(密码|Password)$/).fill(given)
  await page.keyboard.press('Enter')
}

/** The code that an authenticator app with the secret shows at a time: each is good once. */
export async function giveCode(page: Page, secret: string, at = new Date()): Promise<void> {
  await page.getByLabel(/^(验证码|Code)$/).fill(codeAt(secret, at))
  await page.keyboard.press('Enter')
}

/** The button that says who is signed in. */
export function accountMenu(page: Page) {
  return page.getByRole('button', { name: /^(账号：|Account: )/ })
}
