import type { ImportChoices } from '@minqing/data/domain/import'

/**
 * The choices after a column was said to hold a field, or none. A field that is said by hand takes no other column, and
 * a column holds one field.
 */
export function withColumn(choices: ImportChoices, column: string, field: string | null): ImportChoices {
  const others = (choices.map ?? []).filter((pair) => {
    const at = pair.indexOf('=')
    return pair.slice(at + 1) !== column && pair.slice(0, at) !== field
  })
  const ignored = (choices.ignore ?? []).filter((name) => name !== column)
  return field === null
    ? { ...choices, map: others, ignore: [...ignored, column] }
    : { ...choices, map: [...others, `${field}=${column}`], ignore: ignored }
}

export function withType(choices: ImportChoices, word: string, code: string): ImportChoices {
  const others = (choices.type ?? []).filter((pair) => pair.slice(0, pair.lastIndexOf('=')) !== word)
  return { ...choices, type: [...others, `${word}=${code}`] }
}
