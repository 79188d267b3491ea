const spaceBesideChinese = /(?<=\p{Script=Han})\s+|\s+(?=\p{Script=Han})/gu

/** `what_where_when.extension`, without characters that file systems refuse. */
export function fileNameOf(parts: { what: string; where: string; period: string; extension: string }): string {
  const stem = [parts.what, parts.where, parts.period]
    .map((part) => part.replaceAll(spaceBesideChinese, '').replaceAll(/[\\/:*?"<>|\s]+/g, '-'))
    .filter((part) => part !== '')
    .join('_')
  return `${stem}.${parts.extension}`
}
