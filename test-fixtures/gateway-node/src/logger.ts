const LEVELS = { debug: 10, info: 20, warn: 30, error: 40 } as const;
type Level = keyof typeof LEVELS;
type Fields = Record<string, unknown>;

const wanted = process.env.LOG_LEVEL ?? '';
const threshold = Object.hasOwn(LEVELS, wanted) ? LEVELS[wanted as Level] : LEVELS.info;

function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 500);
}

export function createLogger(scope: string) {
  const write = (level: Level, message: string, fields: Fields = {}): void => {
    if (LEVELS[level] < threshold) return;
    const record = { at: new Date().toISOString(), level, scope, message: clean(message), ...fields };
    process.stdout.write(`${JSON.stringify(record)}\n`);
  };
  return {
    debug: (message: string, fields?: Fields) => write('debug', message, fields),
    info: (message: string, fields?: Fields) => write('info', message, fields),
    warn: (message: string, fields?: Fields) => write('warn', message, fields),
    error: (message: string, error: unknown, fields: Fields = {}) =>
      write('error', message, { ...fields, cause: error instanceof Error ? clean(error.message) : 'unknown' }),
  };
}
