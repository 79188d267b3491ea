import { useState } from 'react'

/**
 * How often the server has come back after it was lost. A map that asked for its worker or its tiles meanwhile does not
 * ask again by itself: this number as its key makes a new one.
 */
export function useReturns(lost: boolean): number {
  const [state, setState] = useState({ lost, returns: 0 })
  // Adjusted while rendering, as React advises for what follows from a changed input.
  if (state.lost !== lost) setState({ lost, returns: state.returns + (lost ? 0 : 1) })
  return state.returns
}
