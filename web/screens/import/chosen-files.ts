/** Files beside a Shapefile that are not read: indexes, styles and metadata of other programs. */
const unread = /\.(sbn|sbx|qix|qpj|qmd|qml|sld|lyr|fix|fbn|fbx|ain|aih|ixs|mxs|atx|cst|xml|lock|ds_store)$/i

/** Files in the order of upload: of a Shapefile the `.shp` first, without the files that are not read. */
export function inOrder(files: readonly File[]): File[] {
  const leads = (file: File) => Number(/\.shp$/i.test(file.name))
  const shapefile = files.some(leads)
  return files
    .filter(({ name }) => !shapefile || !unread.test(name))
    .toSorted((left, right) => leads(right) - leads(left))
}

/** The files of a drop, including those of dropped folders. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<File[]> {
  // Read before the first await: the list is empty afterwards.
  const entries = [...items].map((item) => item.webkitGetAsEntry?.() ?? null)
  const found = [...files]
  if (!entries.some((entry) => entry?.isDirectory)) return found
  const inside = await Promise.all(
    entries.map(async (entry, index) =>
      entry?.isDirectory ? filesIn(entry as FileSystemDirectoryEntry) : [found[index]],
    ),
  )
  return inside.flat().filter((file) => file !== undefined)
}

async function filesIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    // Browsers return a hundred entries at most per call.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) break
    entries.push(...some)
  }
  const plain = entries.filter((entry) => entry.isFile) as FileSystemFileEntry[]
  return Promise.all(plain.map((entry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))))
}
