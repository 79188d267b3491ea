import { useLayoutEffect, useRef, useState } from 'react'
import { droppedFiles } from './chosen-files.ts'

/**
 * Files may be dropped anywhere on the screen: beside the place that asks for them the browser would leave the page for
 * the file. Tells whether one is being held over it.
 */
export function useDrop(onDrop: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const take = useRef(onDrop)
  useLayoutEffect(() => {
    take.current = onDrop
  })
  // Before the screen is painted: a file that is dropped as soon as it asks for one must not be missed.
  useLayoutEffect(() => {
    const hold = (event: DragEvent) => {
      if (event.dataTransfer === null) return
      event.preventDefault()
      setOver(event.dataTransfer.types.includes('Files'))
    }
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const drop = (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer !== null) void droppedFiles(event.dataTransfer).then((files) => take.current(files))
    }
    addEventListener('dragover', hold)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', hold)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  return over
}
