import { defineMessages } from '../i18n/messages.ts'

/** Messages that every screen shows. */
export const basicMessages = defineMessages({
  zh: {
    product: '民情地图',
    loading: '正在加载…',
    retry: '重试',
    close: '关闭',
    cancel: '取消',
    confirm: '确定',
    toMap: '返回地图',
    toHome: '返回首页',
    demo: '演示数据',
  },
  en: {
    product: 'Minqing Map',
    loading: 'Loading…',
    retry: 'Retry',
    close: 'Close',
    cancel: 'Cancel',
    confirm: 'Confirm',
    toMap: 'Back to the map',
    toHome: 'Back to the start',
    demo: 'Demo data',
  },
})
