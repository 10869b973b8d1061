// The fingerprint of a brain: SHA-256 of its named numbers, in the order given. Two runs that learned the same
// have the same one on every machine. Synchronous, and needs no secure context (crypto.subtle would).
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { NamedTensor } from '../core/safetensors.ts';

/** 64 lower-case hexadecimal digits. `Object.entries(tensors)` is what it takes. */
export function fingerprintOf(tensors: Iterable<readonly [name: string, tensor: NamedTensor]>): string {
  const hash = sha256.create();
  for (const [name, { shape, data }] of tensors) {
    // The length in bytes ends the label, so that no two lists of tensors run together into the same bytes.
    hash.update(utf8ToBytes(`${JSON.stringify([name, shape, data.byteLength])}\n`));
    // Memory as it is: JavaScript engines are little-endian wherever they run.
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return bytesToHex(hash.digest());
}

export const isFingerprint = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
