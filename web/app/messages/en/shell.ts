import type { Shape } from '../shape.ts'
import type { shell as zh } from '../zh/shell.ts'

export const shell: Shape<typeof zh> = {
  product: 'Minqing Map',
  loading: 'Loading…',
  retry: 'Try again',
  reload: 'Reload the page',
  home: 'Back to the map',
  notFoundTitle: 'No such page',
  notFoundText: 'There is nothing at “{path}”. Check the link, or go back to the map.',
  crashTitle: 'Something broke on this page',
  crashText:
    'The interface met an unexpected error; no data is lost. Reload; if it happens again, send this line to the administrator.',
  outdatedTitle: 'A new version is installed',
  outdatedText: 'The server has been updated. Reload to go on.',
  errorUnreachable: 'The server cannot be reached. Check the network, or try again shortly.',
  errorAnswer: 'The server could not answer ({status}). Try again; if it happens again, tell the administrator.',
  toLanguage: '切换到中文 (switch to Chinese)',
  toDark: 'Switch to dark',
  toLight: 'Switch to light',
}
