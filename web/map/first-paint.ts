/** Milliseconds after which a page that says nothing of its paints gets its map all the same. */
const patience = 10_000

/** Settles when the page has painted something, at once where it already has: the map's bytes come after that. */
export function firstPaint(): Promise<void> {
  // A tab in the background paints nothing until it is looked at.
  if (document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) done()
    })
    const timer = setTimeout(done, patience)
    function done() {
      observer.disconnect()
      clearTimeout(timer)
      resolve()
    }
    observer.observe({ type: 'paint', buffered: true })
  })
}
