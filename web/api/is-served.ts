/** Whether the server answers now. A page that reloads while it is away is replaced by the browser's own error page. */
export async function isServed(): Promise<boolean> {
  try {
    return (await fetch('/', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
