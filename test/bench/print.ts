// Tables of text: the first column to the left, numbers to the right.

export function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all) {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
    console.log(`  ${cells.join('  ').trimEnd()}`);
  }
}

export const title = (text: string): void => console.log(`\n${text}`);
export const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
export const times = (ratio: number): string =>
  ratio >= 10 ? `${ratio.toFixed(0)}x` : `${ratio.toFixed(1)}x`;
/** Milliseconds, to three digits. */
export const ms = (value: number): string => {
  const shown = Number(value.toPrecision(3));
  return `${shown >= 0.1 ? shown : shown.toFixed(4)} ms`;
};
