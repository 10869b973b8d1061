// The progress line: rewritten in place on a terminal, a line now and then elsewhere. On stderr, so that what a
// command prints stays clean.
import type { Session } from '../training/session.ts';

export interface Progress {
  show(session: Session, seconds: number): void;
  done(): void;
}

export function createProgress(label: string): Progress {
  const live = process.stderr.isTTY === true;
  const everySeconds = live ? 0.1 : 5;
  let next = 0;
  return {
    show(session, seconds) {
      if (seconds < next) return;
      next = seconds + everySeconds;
      const { lead, text } = session.words();
      const line = `${label}: update ${session.updates}, ${session.steps} steps, ${seconds.toFixed(1)} s. ${lead} ${text}`;
      if (live) process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns ?? 120) - 1)}`);
      else process.stderr.write(`${line}\n`);
    },
    done() {
      if (live) process.stderr.write('\r\x1b[K');
    },
  };
}
