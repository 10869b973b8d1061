// Driver: circuits that can be driven, rays that see what is there, tyres that hold as much as they should, and a driver who
// gets round every track there is.
import { describe, expect, it } from 'vitest';
import { circuit, firstTestTrack, mostTracks } from '../../envs/driver/circuits.ts';
import { drawingOf, drawingProblem, drawnLine } from '../../envs/driver/drawn.ts';
import { type DriverParams, driver, driverAt, secondsPerStep } from '../../envs/driver/dynamics.ts';
import {
  apart,
  bendAt,
  closest,
  crossesItself,
  lengthOf,
  loopProblem,
  tightest,
} from '../../envs/driver/loop.ts';
import { cellOf, offRoad, type Road, rayTo, roadOf, wide } from '../../envs/driver/road.ts';
import { environmentById } from '../../envs/registry.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { cos, sin } from '../../src/core/math.ts';
import { createRandom } from '../../src/core/random.ts';

const paramsOf = (given: Partial<DriverParams> = {}): DriverParams =>
  worldParams(environmentById('driver'), given) as DriverParams;

/** The nearest edge along a ray, by asking every piece of both edges. */
function bruteForce({ sections: s, count }: Road, x: number, y: number, dx: number, dy: number): number {
  let nearest = Infinity;
  for (let i = 0; i < count; i++) {
    for (const edge of [4, 6]) {
      const [ux, uy] = [s[i * wide + edge]!, s[i * wide + edge + 1]!];
      const [vx, vy] = [s[(i + 1) * wide + edge]! - ux, s[(i + 1) * wide + edge + 1]! - uy];
      const across = dx * vy - dy * vx;
      if (across === 0) continue;
      const far = ((ux - x) * vy - (uy - y) * vx) / across;
      const share = ((ux - x) * dy - (uy - y) * dx) / across;
      if (far >= 0 && share >= 0 && share <= 1) nearest = Math.min(nearest, far);
    }
  }
  return nearest;
}

describe('circuits', () => {
  const ids = [...Array(150).keys(), ...Array.from({ length: 100 }, (_, i) => firstTestTrack + i)];

  it('never cross themselves, bend gently enough and keep their stretches apart', () => {
    for (const id of ids) {
      const line = circuit(id);
      expect(crossesItself(line), `track ${id}`).toBe(false);
      expect(closest(line), `track ${id}`).toBeGreaterThanOrEqual(apart);
      expect(loopProblem(line), `track ${id}`).toBeUndefined();
    }
  });

  it('are the same for ever, and no two alike', () => {
    expect(circuit(7)).toEqual(circuit(7));
    expect(new Set(ids.map((id) => circuit(id).join())).size).toBe(ids.length);
  });

  it('turn to the left as often as to the right', () => {
    const turning = ids.map((id) => {
      const line = circuit(id);
      return Math.sign(
        Array.from({ length: line.length / 2 }, (_, i) => bendAt(line, i)).reduce((a, b) => a + b),
      );
    });
    expect(Math.abs(turning.reduce((a, b) => a + b, 0))).toBeLessThan(ids.length / 4);
  });

  it('for training and for testing have no number in common', () => {
    const drawn = (given: Partial<DriverParams>): Set<number> => {
      const random = createRandom('draws');
      const s = new Float64Array(driver.state.length);
      const seen = new Set<number>();
      for (let i = 0; i < 300; i++) {
        driver.reset(s, random, paramsOf(given));
        seen.add(s[driverAt.track]!);
      }
      return seen;
    };
    expect([...drawn({ tracks: 5 })].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(Math.max(...drawn({ tracks: mostTracks }))).toBeLessThan(firstTestTrack);
    expect(Math.min(...drawn({ unseen: 1 }))).toBeGreaterThanOrEqual(firstTestTrack);
  });
});

describe('rays', () => {
  it('see the edge where asking every piece of it finds it', () => {
    const random = createRandom('rays');
    for (let trial = 0; trial < 4000; trial++) {
      const p = paramsOf({ roadWidth: 4 + 4 * random.integer(3) });
      const road = roadOf(random.integer(20), p);
      const cell = random.integer(road.count);
      // Anywhere between the two sections and the two edges.
      const [t, w] = [random.next(), random.next()];
      const place = (d: number): number => {
        const [a, b] = [cell * wide + d, (cell + 1) * wide + d];
        const left = road.sections[a + 4]! * (1 - t) + road.sections[b + 4]! * t;
        const right = road.sections[a + 6]! * (1 - t) + road.sections[b + 6]! * t;
        return left * (1 - w) + right * w;
      };
      const [x, y] = [place(0), place(1)];
      const angle = 2 * Math.PI * random.next();
      const [dx, dy] = [cos(angle), sin(angle)];
      expect(cellOf(road, x, y, (cell + 3) % road.count)).toBe(cell);
      expect(offRoad(road, x, y, cell)).toBe(false);
      expect(rayTo(road, x, y, dx, dy, cell)).toBeCloseTo(bruteForce(road, x, y, dx, dy), 6);
    }
  });

  it('see nothing from beyond the edge', () => {
    const road = roadOf(0, paramsOf());
    const s = road.sections;
    const [x, y] = [s[0]! + 3 * (s[6]! - s[0]!), s[1]! + 3 * (s[7]! - s[1]!)];
    expect(offRoad(road, x, y, cellOf(road, x, y, 0))).toBe(true);
    expect(rayTo(road, x, y, s[2]!, s[3]!, 0)).toBe(0);
  });
});

describe('the car', () => {
  const started = (p: DriverParams): Float64Array => {
    const s = new Float64Array(driver.state.length);
    driver.reset(s, createRandom('start'), p);
    return s;
  };

  it('turns no harder than its tyres can', () => {
    for (const grip of [0.3, 1, 2]) {
      const p = paramsOf({ grip });
      const s = started(p);
      s[driverAt.speed] = 20;
      for (let i = 0; i < 20; i++) {
        const [dx, dy] = [s[driverAt.dirX]!, s[driverAt.dirY]!];
        const v = s[driverAt.speed]!;
        driver.step(s, Float64Array.of(1, 0), createRandom(''), p);
        const turned = dx * s[driverAt.dirY]! - dy * s[driverAt.dirX]!;
        expect((v * turned) / secondsPerStep).toBeLessThan(grip * 9.81 * 1.001);
        expect(s[driverAt.dirX]! ** 2 + s[driverAt.dirY]! ** 2).toBeCloseTo(1, 12);
      }
      expect(s[driverAt.slide]).toBeGreaterThan(0);
    }
  });

  it('brakes to a stand and stays there', () => {
    const p = paramsOf();
    const s = started(p);
    s[driverAt.speed] = 3;
    for (let i = 0; i < 20; i++) driver.step(s, Float64Array.of(0, -1), createRandom(''), p);
    expect(s[driverAt.speed]).toBe(0);
    expect(driver.step(s, Float64Array.of(1, 0), createRandom(''), p)).toBeCloseTo(-0.1, 12);
  });

  it('is paid nothing for a metre forward and the same metre back, and a hundred less for leaving', () => {
    const p = paramsOf();
    const s = started(p);
    s[driverAt.speed] = 10;
    const there = driver.step(s, Float64Array.of(0, 0), createRandom(''), p);
    s[driverAt.dirX] = -s[driverAt.dirX]!;
    s[driverAt.dirY] = -s[driverAt.dirY]!;
    const back = driver.step(s, Float64Array.of(0, 0), createRandom(''), p);
    expect(there).toBeGreaterThan(0.5);
    expect(there + back).toBeCloseTo(-0.2, 9);
    let last = 0;
    for (let i = 0; i < 200 && !driver.terminated(s, p); i++) {
      last = driver.step(s, Float64Array.of(-1, 1), createRandom(''), p);
    }
    expect(s[driverAt.off]).toBe(1);
    expect(last).toBeLessThan(-90);
  });

  it('is paid a thousand for a lap, less a tenth a step', () => {
    const lanes = createLanes(environmentById('driver'), paramsOf({ unseen: 1 }), 4);
    lanes.resetAll(createRandom('laps'));
    const actions = new Float32Array(8);
    let laps = 0;
    while (laps < 8) {
      for (let i = 0; i < 4; i++) lanes.expert(i, actions, 2 * i);
      lanes.step(actions);
      for (let i = 0; i < 4; i++) {
        if (lanes.terminated[i] === 0) continue;
        laps++;
        expect(lanes.finishedReturns[i]).toBeCloseTo(1000 - 0.1 * lanes.finishedLengths[i]!, 6);
      }
    }
  });

  it('driven by the expert gets round sixty tracks that no training run can draw', () => {
    const lanes = createLanes(environmentById('driver'), paramsOf({ unseen: 1 }), 60);
    lanes.resetAll(createRandom('unseen'));
    const actions = new Float32Array(120);
    const returns = new Float64Array(60);
    while (returns.some((value) => value === 0)) {
      for (let i = 0; i < 60; i++) lanes.expert(i, actions, 2 * i);
      lanes.step(actions);
      for (let i = 0; i < 60; i++) {
        if (lanes.terminated[i] === 1 || lanes.truncated[i] === 1) returns[i] ||= lanes.finishedReturns[i]!;
      }
    }
    expect(Math.min(...returns)).toBeGreaterThan(900);
  });
});

describe('a drawn track', () => {
  const circle = (radius: number, count = 60): number[] =>
    Array.from({ length: 2 * count }, (_, i) => {
      const angle = (2 * Math.PI * (i >> 1)) / count;
      return radius * (i % 2 === 0 ? cos(angle) : sin(angle));
    });

  it('goes through its text and back: what was drawn is what is driven', () => {
    for (const id of [1, 2, 3, 4, 5]) {
      const line = circuit(id);
      const text = drawingOf([...line]);
      expect(drawingProblem(text)).toBeUndefined();
      expect(text.length).toBeLessThan(300);
      const again = drawnLine(text);
      expect(lengthOf(again) / lengthOf(line)).toBeGreaterThan(0.93);
      for (let i = 0; i < again.length; i += 2) {
        let nearest = Infinity;
        for (let k = 0; k < line.length; k += 2) {
          nearest = Math.min(nearest, (again[i]! - line[k]!) ** 2 + (again[i + 1]! - line[k + 1]!) ** 2);
        }
        expect(Math.sqrt(nearest)).toBeLessThan(2);
      }
    }
  });

  it('replaces every other, and its text is a setting like any other', () => {
    const track = drawingOf(circle(35));
    const p = paramsOf({ track });
    expect(roadOf(0, p)).toBe(roadOf(0, p));
    expect(roadOf(0, p).length).toBeCloseTo(2 * Math.PI * 34.7, 0);
    const lanes = createLanes(environmentById('driver'), p, 1);
    lanes.resetAll(createRandom('drawn'));
    const action = new Float32Array(2);
    do {
      lanes.expert(0, action, 0);
      lanes.step(action);
    } while (lanes.terminated[0] === 0);
    expect(lanes.finishedReturns[0]).toBeGreaterThan(900);
  });

  it('that cannot be driven is refused in a sentence', () => {
    expect(drawingProblem('')).toBeUndefined();
    expect(drawingProblem('zz!')).toMatch(/corners/);
    expect(drawingProblem(drawingOf(circle(14)))).toMatch(/m long; it must be at least/);
    const eight = circle(1).map((value, i) => (i % 2 === 0 ? 60 * value : 0));
    for (let i = 0; i < eight.length; i += 2) eight[i + 1] = 36 * sin((4 * Math.PI * (i / 2)) / 60);
    expect(drawingProblem(drawingOf(eight))).toMatch(/crosses itself/);
    const thin = circle(1).map((value, i) => value * (i % 2 === 0 ? 60 : 6));
    expect(drawingProblem(drawingOf(thin))).toMatch(/^(The t|Two s)/);
    for (const text of ['zz!', drawingOf(circle(14)), drawingOf(eight)]) {
      expect(() => paramsOf({ track: text })).toThrow(/^Driver: track: .*\.$/);
    }
  });

  it('is never tighter than a car can turn', () => {
    const square = [-50, -30, 50, -30, 50, 30, -50, 30];
    const line = drawnLine(drawingOf(square));
    expect(loopProblem(line)).toBeUndefined();
    const bends = Array.from({ length: line.length / 2 }, (_, i) => Math.abs(bendAt(line, i)));
    expect(1 / Math.max(...bends)).toBeGreaterThanOrEqual(tightest);
  });
});
