/** Something the user must put right before the command can run: one line, exit status 2, never a stack trace. */
export class Failure extends Error {}

export const STATUS = { clean: 0, findings: 1, failed: 2 } as const;
