import { defineMessages } from '../../i18n/messages.ts'

export const messages = defineMessages({
  zh: {
    title: '登录',
    again: '请重新登录',
    ended: '登录已失效。已填写的内容仍然保留，重新登录后自动继续；换用其他账号或身份登录，页面会重新打开。',
    login: '账号',
    password: '密码',
    signIn: '登录',
    signingIn: '正在登录…',
    code: '验证码',
    codeHint: '打开手机上的身份验证器应用，输入当前的六位数字',
    confirm: '确定',
    otherAccount: '换一个账号登录',
    present: '当前密码',
    newPassword: '新密码',
    repeated: '再次输入新密码',
    differ: '两次输入的新密码不一致，请重新输入',
    rules:
      '至少 {shortest, number} 个字符，包含大写字母、小写字母、数字、其他符号中的至少三类，不含账号名，且与最近 {remembered, number} 次用过的密码不同',
    change: '更换密码',
    changing: '正在更换…',
    enrolText:
      '在手机上安装任意一个支持 TOTP 的身份验证器应用。点击下面的按钮后用它扫描二维码，再输入它显示的六位数字。',
    enrol: '显示二维码',
    scan: '用身份验证器应用扫描此二维码',
    secret: '无法扫描时手工输入密钥：',
    complete: '完成绑定',
  },
  en: {
    title: 'Sign in',
    again: 'Sign in again',
    ended:
      'Your sign-in has ended. What you have typed is still there, and the page goes on once you have signed in again; with another account or role it is opened again.',
    login: 'Account',
    password: 'Password',
    signIn: 'Sign in',
    signingIn: 'Signing in…',
    code: 'Code',
    codeHint: 'Open the authenticator app on your phone and enter the six digits that it shows now',
    confirm: 'Confirm',
    otherAccount: 'Use another account',
    present: 'Present password',
    newPassword: 'New password',
    repeated: 'New password again',
    differ: 'The two new passwords differ: enter them again',
    rules:
      'At least {shortest, number} characters of three of these kinds: capital letters, small letters, digits, others; without the name of the account, and none of the last {remembered, number}',
    change: 'Change password',
    changing: 'Changing…',
    enrolText:
      'Install any authenticator app that supports TOTP on your phone. Press the button below, scan the QR code with it, and enter the six digits that it shows.',
    enrol: 'Show the QR code',
    scan: 'Scan this QR code with the authenticator app',
    secret: 'If you cannot scan it, type this key:',
    complete: 'Complete',
  },
})
