import { documentLimits } from '@minqing/data/domain/incident-document'
import { ProblemError } from '@minqing/data/domain/problem'

const megabytes = (bytes: number) => bytes / 1_000_000

export function notTaken(): ProblemError {
  return new ProblemError(
    'unsupported_media_type',
    {
      zh: '文件不是可以接收的图片或 PDF（以文件内容为准，与名称无关）',
      en: 'The file is no image or PDF that is taken (its content counts, not its name)',
    },
    {
      parameter: 'file',
      remedy: {
        zh: '请上传 JPEG、PNG、WebP、HEIC、AVIF 图片或 PDF；其他文件请先打印或另存为 PDF',
        en: 'Send a JPEG, PNG, WebP, HEIC or AVIF image, or a PDF; print or save anything else as PDF first',
      },
    },
  )
}

export function fileTooLarge(): ProblemError {
  const most = megabytes(documentLimits.file)
  return new ProblemError(
    'too_large',
    { zh: `文件超过 ${most} MB 的上限`, en: `The file exceeds the limit of ${most} MB` },
    {
      parameter: 'file',
      remedy: {
        zh: '请降低扫描分辨率或分成几个文件后重新上传',
        en: 'Scan it at a lower resolution, or split it, and send it again',
      },
    },
  )
}

export function fileEmpty(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '请求不带文件', en: 'The request holds no file' },
    {
      parameter: 'file',
      remedy: { zh: '请把文件内容作为请求的正文', en: 'Send the file as the body of the request' },
    },
  )
}

export function tooManyFiles(): ProblemError {
  return new ProblemError(
    'conflict',
    {
      zh: `该事件已有 ${documentLimits.files} 份材料，达到上限`,
      en: `The case has ${documentLimits.files} documents, which is the limit`,
    },
    {
      remedy: {
        zh: '请撤回不再需要的材料，或把多页合并成一个 PDF',
        en: 'Withdraw what is no longer needed, or join pages into one PDF',
      },
    },
  )
}

export function tooManyBytes(): ProblemError {
  const most = megabytes(documentLimits.total)
  return new ProblemError(
    'conflict',
    { zh: `该事件的材料合计不能超过 ${most} MB`, en: `The documents of a case may have ${most} MB together` },
    {
      remedy: {
        zh: '请撤回不再需要的材料，或缩小文件',
        en: 'Withdraw what is no longer needed, or make files smaller',
      },
    },
  )
}

export function withdrawnBefore(): ProblemError {
  return new ProblemError(
    'conflict',
    { zh: '这份材料已撤回', en: 'The document has been withdrawn' },
    { remedy: { zh: '请刷新后查看撤回原因', en: 'Read the list again for the reason' } },
  )
}
