// Rows of a table, looked up by number.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface EmbeddingKernels {
  /**
   * y[count,size] = w[ids[count],size]; the ids are whole numbers kept as float32. A row of NaN where an id is none
   * of 0 ... vocabulary - 1, so that a wrong one is found and nothing outside the table is read.
   */
  embedding(y: number, ids: number, w: number, count: number, vocabulary: number, size: number): void;

  /** dw[ids] += dy, in the order of the rows; rows of wrong ids are left out. */
  embeddingBackward(
    dw: number,
    dy: number,
    ids: number,
    count: number,
    vocabulary: number,
    size: number,
  ): void;
}
