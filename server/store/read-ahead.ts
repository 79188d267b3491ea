/**
 * The batches of a cursor, the next one fetched while the last one is worked on: the database and we compute side by
 * side. Whoever stops early closes the cursor.
 */
export async function* readAhead<Batch>(cursor: AsyncIterable<Batch>): AsyncGenerator<Batch, void, undefined> {
  const iterator = cursor[Symbol.asyncIterator]()
  // Its failure is thrown when the reader gets to it, and ignored when the reader has stopped before.
  const fetchNext = () => {
    const coming = Promise.resolve(iterator.next())
    coming.catch(() => {})
    return coming
  }
  let coming = fetchNext()
  try {
    for (;;) {
      // One after the other is what a cursor is.
      const { value, done } = await coming
      if (done === true) return
      coming = fetchNext()
      yield value
    }
  } finally {
    // A cursor can be closed when what was asked for has come.
    await coming.catch(() => {})
    await iterator.return?.()
  }
}
