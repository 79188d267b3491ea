/**
 * The order of the modules inside each package. A module is a folder directly below a package; it may import itself and
 * the modules of earlier lines, types included, so that there can be no cycle. Modules of one line do not import each
 * other. Tests beside their files may import anything.
 *
 * `*` stands for every module that is named nowhere: in `server`, a resource of the API that no other one reads.
 *
 * Root files of a package are one module, `root`, above all others; those that read the surroundings and know no module
 * (`leaves`) are below all.
 */
export const moduleOrder: Record<'data' | 'server' | 'web', { leaves: readonly string[]; order: string[][] }> = {
  data: {
    leaves: [],
    order: [['domain'], ['geo'], ['stats'], ['formats'], ['addresses'], ['duplicates'], ['tables', 'demo']],
  },
  server: {
    leaves: [
      'allowed-hosts.ts',
      'config.ts',
      'launcher.ts',
      'log.ts',
      'source-hash.ts',
      'stop-signals.ts',
      'trusted-proxies.ts',
      'version.ts',
    ],
    order: [
      ['leaves'],
      ['processes'],
      ['store'],
      ['access'],
      ['http'],
      ['counts'],
      ['audit'],
      ['writing'],
      ['migrations'],
      ['features'],
      ['tiles'],
      ['base', 'areas'],
      ['buildings', 'facilities', 'incidents'],
      ['summary', 'published', 'clocks'],
      ['analysis'],
      ['*', 'imports'],
      ['exports', 'intake'],
      ['demo'],
      ['resources'],
      ['commands'],
      ['root'],
    ],
  },
  web: {
    leaves: [],
    order: [
      ['build', 'contract'],
      ['theme', 'i18n'],
      ['view'],
      ['api'],
      ['map'],
      ['ui'],
      ['screens'],
      ['app'],
      ['root'],
    ],
  },
}
