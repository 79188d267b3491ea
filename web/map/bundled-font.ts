import sheetAddress from '@fontsource-variable/noto-sans-sc/index.css?url'

/** Milliseconds between two tries, at most. */
const longestPause = 60_000

let loaded: Promise<void> | undefined

/**
 * Adds the style sheet of the bundled font to the page, once. It is asked for again until it has come: a wall that
 * starts while the server is away would be without Chinese type for weeks, and a failed `import()` stays failed.
 */
export function loadBundledFont(): Promise<void> {
  return (loaded ??= keepTrying())
}

async function keepTrying(): Promise<void> {
  for (let pause = 2_000; !(await addSheet()); pause = Math.min(2 * pause, longestPause))
    await new Promise((resume) => setTimeout(resume, pause))
}

function addSheet(): Promise<boolean> {
  return new Promise((resolve) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = sheetAddress
    link.addEventListener('load', () => resolve(true))
    link.addEventListener('error', () => {
      link.remove()
      resolve(false)
    })
    document.head.append(link)
  })
}
