// The same digit written a little elsewhere: shifted and tilted, each pixel read between its neighbours (Simard, Steinkraus & Platt 2003).
import { cos, sin } from '../../src/core/math.ts';
import type { RandomSource } from '../../src/core/random.ts';

/** At most so many pixels to a side, and so far around the middle in radians. */
const mostShift = 1;
const mostTilt = 0.2;

/** Of a picture of side x side at picture[at...], in place; beyond its edge there is paper. Draws three numbers. */
export function shiftAndTilt(picture: Float32Array, at: number, side: number, random: RandomSource): void {
  const [dx, dy] = [mostShift * (2 * random.next() - 1), mostShift * (2 * random.next() - 1)];
  const angle = mostTilt * (2 * random.next() - 1);
  const [c, s] = [cos(angle), sin(angle)];
  const middle = (side - 1) / 2;
  const before = picture.slice(at, at + side * side);
  const ink = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= side || y >= side ? 0 : before[y * side + x]!;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const fromX = middle + c * (x - middle) + s * (y - middle) - dx;
      const fromY = middle - s * (x - middle) + c * (y - middle) - dy;
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [right, low] = [fromX - left, fromY - top];
      picture[at + y * side + x] =
        (1 - low) * ((1 - right) * ink(left, top) + right * ink(left + 1, top)) +
        low * ((1 - right) * ink(left, top + 1) + right * ink(left + 1, top + 1));
    }
  }
}
