import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import { ConfigError, type TlsFiles } from './config.ts'

type Pair = { cert: Buffer; key: Buffer }

/** Milliseconds between two looks at the files: a certificate is renewed days before it expires. */
const lookEvery = 60_000

/** @throws ConfigError naming the variable whose file cannot be used. */
export function readTls({ cert, key }: TlsFiles): Pair {
  const pair = { cert: read('TLS_CERT', cert), key: read('TLS_KEY', key) }
  try {
    createSecureContext(pair)
  } catch {
    throw new ConfigError(
      'TLS_CERT 与 TLS_KEY 不是 PEM 格式的证书及其私钥 · TLS_CERT and TLS_KEY are no certificate and its private key in PEM format',
    )
  }
  return pair
}

/**
 * Takes a renewed certificate into use while the server runs; connections that are open keep theirs. What cannot be used,
 * as when one file of the two has been replaced, is reported, and the former pair stays until the next change.
 *
 * @returns a function that stops looking.
 */
export function renewTls(
  server: Pick<Server, 'setSecureContext'>,
  files: TlsFiles,
  logError: (error: unknown) => void,
  interval = lookEvery,
): () => void {
  const renew = () => {
    try {
      server.setSecureContext(readTls(files))
    } catch (error) {
      logError(error)
    }
  }
  const paths = [files.cert, files.key]
  for (const path of paths) watchFile(path, { interval, persistent: false }, renew)
  return () => {
    for (const path of paths) unwatchFile(path, renew)
  }
}

function read(variable: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new ConfigError(
      `环境变量 ${variable} 所指的文件无法读取（${(error as NodeJS.ErrnoException).code ?? ''}）：${path} · The file that ${variable} names cannot be read: ${path}`,
    )
  }
}
