// Facts of Points and Heights: where points lie, what a drawing means, what the row remembers.
import { describe, expect, it } from 'vitest';
import { type HeightsParams, heightAt, heights, heightsAt } from '../../envs/heights/dynamics.ts';
import { drawingProblem, drawnPoints, withPoint } from '../../envs/points/drawn.ts';
import { kept, keptLength, type PointsParams, points, pointsAt } from '../../envs/points/dynamics.ts';
import { classesOf, edge, samplePoint, shapes } from '../../envs/points/shapes.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom } from '../../src/core/random.ts';

const paramsOf = (given: Readonly<Record<string, unknown>>): PointsParams =>
  worldParams(points, given) as PointsParams;

function sample(
  given: Readonly<Record<string, unknown>>,
  count = 2000,
): (readonly [number, number, number])[] {
  const params = paramsOf(given);
  const random = createRandom('sample');
  const out = new Float64Array(3);
  return Array.from({ length: count }, () => {
    samplePoint(out, 0, random, params);
    return [out[0]!, out[1]!, out[2]!] as const;
  });
}

describe('the shapes of Points', () => {
  it.each(shapes)(
    '%s: every class is as frequent as the others, on the plane, and has an action',
    (shape) => {
      const params = paramsOf({ shape });
      const classes = classesOf(params);
      const { action } = createLanes(points, params, 1).def;
      expect(action.kind === 'discrete' && action.names.length).toBe(classes);
      const found = sample({ shape, noise: 2 });
      const counts = Array.from(
        { length: classes },
        (_, label) => found.filter((p) => p[2] === label).length,
      );
      // The face has as many points outside as inside, but not exactly.
      for (const count of counts) expect(count).toBeGreaterThan((0.8 * found.length) / classes);
      for (const [x, y] of found) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(edge);
    },
  );

  it('xor has the sign of the product, circles the distance, and the arms of the spiral face each other', () => {
    for (const [x, y, label] of sample({ shape: 'xor', noise: 0 })) expect(label).toBe(x * y < 0 ? 1 : 0);
    for (const [x, y, label] of sample({ shape: 'circles', noise: 0 }))
      expect(label).toBe(x * x + y * y > 6.25 ? 1 : 0);
    // A half turn carries one arm onto the other: no point of one is near a point of the other.
    const spiral = sample({ noise: 0 }, 600);
    let nearest = Infinity;
    for (const [x, y, label] of spiral) {
      for (const [u, v, other] of spiral)
        if (label !== other) nearest = Math.min(nearest, (x - u) ** 2 + (y - v) ** 2);
    }
    expect(Math.sqrt(nearest)).toBeGreaterThan(0.75);
  });

  it('turns anticlockwise', () => {
    const plain = sample({ shape: 'moons', noise: 0 }, 5);
    const turned = sample({ shape: 'moons', noise: 0, turn: 90 }, 5);
    plain.forEach(([x, y], i) => {
      expect(turned[i]![0]).toBeCloseTo(-y, 12);
      expect(turned[i]![1]).toBeCloseTo(x, 12);
    });
  });
});

describe('points drawn by hand', () => {
  it('are columns, rows and classes in base 36', () => {
    const { points: found, count, classes } = drawnPoints('000zz1i02');
    expect([count, classes]).toEqual([3, 3]);
    const places = [-35 / 36, -35 / 36, 0, 35 / 36, 35 / 36, 1, 1 / 36, -35 / 36, 2];
    places.forEach((place, i) => {
      expect(found[i]).toBeCloseTo(place, 12);
    });
  });

  it('are put down, replaced and taken away', () => {
    let text = withPoint('', -1, -1, 0);
    text = withPoint(text, 0.99, 0.99, 1);
    expect(text).toBe('000zz1');
    expect(withPoint(text, -0.99, -0.97, 3)).toBe('zz1003');
    expect(withPoint(text, 1, 1, -1)).toBe('000');
  });

  it('say what is wrong with them', () => {
    expect(drawingProblem(points.params.drawn.default)).toBeUndefined();
    expect(drawingProblem('')).toMatch(/without points/);
    expect(drawingProblem('00')).toMatch(/three signs/);
    expect(drawingProblem('00000A')).toMatch(/base|written/);
    expect(drawingProblem('004')).toMatch(/classes 0 to 3/);
    expect(drawingProblem('000'.repeat(601))).toMatch(/600 points/);
    expect(() => worldParams(points, { drawn: '0' })).toThrow(/Points: drawn: every point/);
  });
});

describe('what the rows remember', () => {
  it('Points: the last answers beside the truth, also beyond the end of an episode', () => {
    const lanes = createLanes(points, paramsOf({}), 1);
    lanes.resetAll(createRandom('a'));
    const expected: number[][] = [];
    for (let t = 0; t < 60; t++) {
      const seen = [...lanes.rows.slice(0, 3)];
      lanes.step([t % 2]);
      expected.push([...seen, t % 2]);
    }
    expect(lanes.rows[pointsAt.total]).toBe(60);
    for (let t = 60 - kept; t < 60; t++) {
      const slot = pointsAt.last + keptLength * (t % kept);
      expect([...lanes.rows.slice(slot, slot + keptLength)]).toEqual(expected[t]);
    }
  });

  it('Heights: the last answers, and the sum of the errors', () => {
    const lanes = createLanes(heights, worldParams(heights, {}), 1);
    lanes.resetAll(createRandom('a'));
    let error = 0;
    for (let t = 0; t < 7; t++) {
      error += Math.abs(0.25 - lanes.rows[heightsAt.height]!);
      lanes.step([0.25]);
    }
    expect(lanes.rows[heightsAt.error]).toBe(error);
    expect(lanes.rows[heightsAt.last + 3]).toBe(0.25);
  });
});

describe('the landscapes of Heights', () => {
  it.each(heights.params.landscape.kind === 'choice' ? heights.params.landscape.options : [])(
    '%s: reaches well up and well down, and never beyond -1 and 1',
    (landscape) => {
      const params = worldParams(heights, { landscape }) as HeightsParams;
      let [low, high] = [0, 0];
      for (let x = -5; x <= 5; x += 0.25) {
        for (let y = -5; y <= 5; y += 0.25) {
          low = Math.min(low, heightAt(x, y, params));
          high = Math.max(high, heightAt(x, y, params));
        }
      }
      expect(low).toBeLessThan(-0.85);
      expect(high).toBeGreaterThan(0.85);
      expect(Math.max(high, -low)).toBeLessThanOrEqual(1);
    },
  );

  it('turn anticlockwise', () => {
    const plain = worldParams(heights, {}) as HeightsParams;
    expect(heightAt(-1.5, 3, { ...plain, turn: 90 })).toBeCloseTo(heightAt(3, 1.5, plain), 12);
  });
});
