import type { Label } from './label.ts'

/** GB/T 22239 level 3, as its assessment asks for it: long enough, of several kinds of characters, not to be guessed. */
export const shortestPassword = 8
/** Characters; a longer one is a mistake, and hashing it would only cost time. */
export const longestPassword = 128
/** Of capital letters, small letters, digits and everything else. */
const leastKinds = 3
/** How many passwords of an account, its present one included, may not be chosen again. */
export const rememberedPasswords = 5

export type PasswordFault = 'short' | 'long' | 'kinds' | 'name' | 'common' | 'used'

export const passwordFaults: Record<PasswordFault, Label> = {
  short: {
    zh: `密码至少 ${shortestPassword} 个字符`,
    en: `The password needs at least ${shortestPassword} characters`,
  },
  long: { zh: `密码最多 ${longestPassword} 个字符`, en: `The password may have ${longestPassword} characters at most` },
  kinds: {
    zh: '密码须包含大写字母、小写字母、数字、其他符号中的至少三类',
    en: 'The password needs three of: capital letters, small letters, digits, other characters',
  },
  name: { zh: '密码不能包含账号名', en: 'The password may not contain the name of the account' },
  common: { zh: '密码过于常见，容易被猜到', en: 'The password is a common one and easily guessed' },
  used: {
    zh: `不能与最近 ${rememberedPasswords} 次用过的密码相同`,
    en: `The password is one of the last ${rememberedPasswords}`,
  },
}

/** As passwords are compared: two ways of typing one character are one (RFC 8265 §4.2). */
export function preparePassword(typed: string): string {
  return typed.normalize('NFC')
}

/** What is wrong with a new password, apart from having been used before. */
export function passwordFault(password: string, login: string): Exclude<PasswordFault, 'used'> | undefined {
  const { length } = Array.from(password)
  if (length < shortestPassword) return 'short'
  if (length > longestPassword) return 'long'
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((kind) => kind.test(password))
  if (kinds.length < leastKinds) return 'kinds'
  const lower = password.toLowerCase()
  const names = [login, Array.from(login).toReversed().join('')].map((name) => name.toLowerCase())
  if (login.length > 2 && names.some((name) => lower.includes(name))) return 'name'
  return isCommon(lower) ? 'common' : undefined
}

/** Letters that digits and signs are written for. */
const readAs: ReadonlyMap<string, string> = new Map([
  ['@', 'a'],
  ['4', 'a'],
  ['3', 'e'],
  ['!', 'i'],
  ['1', 'i'],
  ['0', 'o'],
  ['$', 's'],
  ['5', 's'],
])

/** What the common passwords of published lists are made of, once digits and signs around them are left out. */
const commonWords = new Set(
  `a aa aaa aaaa ab abc abcd abcde abcdef abcdefg admin administrator asd asdf asdfgh changeme default dragon guest
  hello huawei iloveyou letmein login manager master minqing monkey oracle passwd password postgres pwd qaz qazwsx qwe
  qwer qwert qwerty qwertyuiop root server shequ super superman system test user wangge welcome woaini woaiwojia
  xiaoming zaq zhongguo zxc zxcv zxcvbn zxcvbnm`.split(/\s+/),
)

/** Columns of the keyboard, typed downwards. */
const keyboardWalks = /^(?:[1!]qaz|[2@]wsx|[3#]edc|[4$]rfv|[5%]tgb|[6^]yhn|[7&]ujm|zaq[1!]|xsw[2@]|cde[3#]){2,}\W*\d*$/

function isCommon(lower: string): boolean {
  if (keyboardWalks.test(lower)) return true
  const bare = (text: string) => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const spell = (text: string) => Array.from(text, (character) => readAs.get(character) ?? character).join('')
  const spelled = spell(lower)
  // `Admin@123`, `123.Abc` as they are typed, `P@ssw0rd` as it is read, its digits at the end apart.
  const inner = spell(bare(lower))
  return [bare(lower), inner, bare(spelled)].some((word) => commonWords.has(word))
}
