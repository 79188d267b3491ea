import { ProblemError } from '@minqing/data/domain/problem'
import { plainName } from '../../http/file-names.ts'

/** What may lie beside a file: the parts of a Shapefile. */
const parts = ['.shp', '.shx', '.dbf', '.prj', '.cpg']

/** The place of a part of a Shapefile. @throws ProblemError `bad_parameter` for anything else */
export function besideName(text: string): string {
  const { extension } = plainName(text)
  if (parts.includes(extension)) return `file${extension}`
  throw new ProblemError(
    'bad_parameter',
    {
      zh: `“${text.slice(0, 100)}”不能与另一个文件一起导入`,
      en: `“${text.slice(0, 100)}” cannot be imported together with another file`,
    },
    {
      parameter: 'name',
      remedy: {
        zh: `只有 Shapefile 的各部分（${parts.join('、')}）可以一起选择；其他文件请逐个导入`,
        en: `Only the parts of a Shapefile (${parts.join(', ')}) go together; import other files one by one`,
      },
    },
  )
}
