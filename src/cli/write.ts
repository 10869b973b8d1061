// Writing a file whole or not at all: first beside its place, then moved there.
import { renameSync, writeFileSync } from 'node:fs';

export function writeWhole(file: string, bytes: Uint8Array | string): void {
  try {
    const partial = `${file}.partial`;
    writeFileSync(partial, bytes);
    renameSync(partial, file);
  } catch (error) {
    throw new Error(`Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
