// The craft and its world in numbers: shapes, masses and hinges as Gymnasium's LunarLander gives them (metres,
// kilograms). All follows from the outlines below; the masses agree with those that were recorded.

export const secondsPerStep = 1 / 50;
export const worldWidth = 20;
export const worldHeight = 40 / 3;
/** Height of the ground before it is smoothed; the pad ends up a little lower. */
export const padHeight = worldHeight / 4;
/** How far below its origin the hull stands on its legs, as the observation has it. */
export const legDown = 18 / 30;

/** Corners of the hull [x0, y0, x1, y1, ...], anticlockwise, from its origin. */
export const hullOutline: readonly number[] = [-14, 17, -17, 0, -17, -10, 17, -10, 17, 0, 14, 17].map(
  (v) => v / 30,
);
const hullDensity = 5;
const legDensity = 1;

/** Half the width and the height of a leg. */
export const legHalfWidth = 2 / 30;
export const legHalfHeight = 8 / 30;

/** Area, height of the centroid, and second moment about the origin of a polygon that is its own mirror image. */
function measure(outline: readonly number[]) {
  let area = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < outline.length; i += 2) {
    const j = (i + 2) % outline.length;
    const [ax, ay, bx, by] = [outline[i]!, outline[i + 1]!, outline[j]!, outline[j + 1]!];
    const cross = ax * by - ay * bx;
    area += cross / 2;
    first += (cross * (ay + by)) / 6;
    second += (cross * (ax * ax + ax * bx + bx * bx + ay * ay + ay * by + by * by)) / 12;
  }
  return { area, centroidY: first / area, second };
}
const hull = measure(hullOutline);

export const hullMass = hullDensity * hull.area;
/** The hull's centre of mass is this far above its origin. */
export const hullCentre = hull.centroidY;
/** About the centre of mass. */
export const hullInertia = hullDensity * hull.second - hullMass * hullCentre * hullCentre;

export const legMass = legDensity * 4 * legHalfWidth * legHalfHeight;
export const legInertia = (legMass / 3) * (legHalfWidth * legHalfWidth + legHalfHeight * legHalfHeight);

/** Gymnasium's number of a leg's side: -1 for leg 0, which stands on the right, 1 for leg 1. */
export const legSide = [-1, 1] as const;
/** Where the hinge is, from the middle of a leg; in the hull it is the origin, for both legs. */
export const hingeX = [(-1 * 20) / 30, 20 / 30] as const;
export const hingeY = 18 / 30;

/** A leg starts turned by 0.05 the wrong way, and its hinge measures from there: 0.4 to 0.9, or the mirror image. */
export const legTilt = [-0.05, 0.05] as const;
/** How far a leg may be turned from the hull, and the rate at which its motor would turn it. */
export const hingeLow = [0.4 - 0.05, -0.9 + 0.05] as const;
export const hingeHigh = [0.9 - 0.05, -0.4 + 0.05] as const;
export const motorRate = [-0.3, 0.3] as const;
/** What the motor can do in one step: 40 N m for 1/50 s. */
export const motorImpulse = 40 * secondsPerStep;

/** Geometric mean of a leg's 0.2 and the ground's 0.1. */
export const friction = Math.sqrt(0.2 * 0.1);
