// Max pooling over images, channels last.
import type { PoolingKernels } from '../contract/pooling.ts';
import { type From, integersFrom } from './common.ts';

export const pooling = (from: From): PoolingKernels => ({
  maxPool2d(yPtr, winnersPtr, xPtr, n, height, width, channels, size, stride) {
    const [y, x, winners] = [from(yPtr), from(xPtr), integersFrom(from, winnersPtr)];
    const outHeight = Math.floor((height - size) / stride) + 1;
    const outWidth = Math.floor((width - size) / stride) + 1;
    let to = 0;
    for (let row = 0; row < n; row++) {
      const image = row * height * width * channels;
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++) {
          for (let channel = 0; channel < channels; channel++, to++) {
            const at = (ky: number, kx: number): number =>
              ((oy * stride + ky) * width + ox * stride + kx) * channels + channel;
            let winner = at(0, 0);
            for (let ky = 0; ky < size; ky++) {
              for (let kx = 0; kx < size; kx++) {
                const value = x[image + at(ky, kx)]!;
                if (value > x[image + winner]! || Number.isNaN(value)) winner = at(ky, kx);
              }
            }
            winners[to] = winner;
            y[to] = x[image + winner]!;
          }
        }
      }
    }
  },

  maxPool2dBackward(dxPtr, dyPtr, winnersPtr, n, image, pooled) {
    const [dx, dy, winners] = [from(dxPtr), from(dyPtr), integersFrom(from, winnersPtr)];
    for (let row = 0; row < n; row++) {
      for (let i = row * pooled; i < (row + 1) * pooled; i++) dx[row * image + winners[i]!]! += dy[i]!;
    }
  },
});
