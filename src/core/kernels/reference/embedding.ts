// Rows of a table, looked up by number.
import type { EmbeddingKernels } from '../contract/embedding.ts';
import type { From } from './common.ts';

const isId = (id: number, vocabulary: number): boolean => Number.isInteger(id) && id >= 0 && id < vocabulary;

export const embedding = (from: From): EmbeddingKernels => ({
  embedding(yPtr, idsPtr, wPtr, count, vocabulary, size) {
    const [y, ids, w] = [from(yPtr), from(idsPtr), from(wPtr)];
    for (let row = 0; row < count; row++) {
      const id = ids[row]!;
      const known = isId(id, vocabulary);
      for (let i = 0; i < size; i++) y[row * size + i] = known ? w[id * size + i]! : NaN;
    }
  },

  embeddingBackward(dwPtr, dyPtr, idsPtr, count, vocabulary, size) {
    const [dw, dy, ids] = [from(dwPtr), from(dyPtr), from(idsPtr)];
    for (let row = 0; row < count; row++) {
      const id = ids[row]!;
      if (!isId(id, vocabulary)) continue;
      for (let i = 0; i < size; i++) dw[id * size + i]! += dy[row * size + i]!;
    }
  },
});
