// Where each number of the lander's row stands. Three rigid bodies in the units of the original (metres, seconds,
// radians), the ground below them, and what the rules have to remember. There is nothing else to know.

/** Numbers of a body: the place of its origin, its angle, the velocity of its centre of mass, its turning rate. */
export const bodySize = 6;

/** Corners of the ground, evenly spaced from the left edge of the world to the right one. */
export const corners = 11;

/** A leg's number is that of Gymnasium: 0 stands on the right of the hull, 1 on the left. */
export const landerAt = {
  hull: 0,
  leg: [bodySize, 2 * bodySize],
  ground: 3 * bodySize,
  /** 1 while a leg counts as touching the ground: what is seen and paid for. */
  down: [3 * bodySize + corners, 3 * bodySize + corners + 1],
  /** Which pieces of ground a leg touches, one bit each. */
  touches: [3 * bodySize + corners + 2, 3 * bodySize + corners + 3],
  /** For how many steps of this flight the main engine and the side engines burnt. */
  burntMain: 3 * bodySize + corners + 13,
  burntSide: 3 * bodySize + corners + 14,
  /** What each leg's motor gave in the last step, N m s. */
  motor: [3 * bodySize + corners + 11, 3 * bodySize + corners + 12],
  /** 1 once the hull touched the ground. */
  crashed: 3 * bodySize + corners + 4,
  /** For how many seconds nothing has moved. */
  still: 3 * bodySize + corners + 5,
  /** 1 once all has been still for long enough. */
  asleep: 3 * bodySize + corners + 6,
  /** What the reward compares the next state with. */
  shaping: 3 * bodySize + corners + 7,
  /** Clocks of the wind and of the turbulence that turns the hull. */
  wind: 3 * bodySize + corners + 8,
  turbulence: 3 * bodySize + corners + 9,
  /** The engine that burnt in the last step: 0 none, 1 pushing left, 2 main, 3 pushing right. */
  engine: 3 * bodySize + corners + 10,
} as const;

const bodyNames = ['x', 'y', 'angle', 'vx', 'vy', 'omega'];

export const landerState: readonly string[] = [
  ...['hull', 'rightLeg', 'leftLeg'].flatMap((body) => bodyNames.map((name) => `${body} ${name}`)),
  ...Array.from({ length: corners }, (_, i) => `ground${i}`),
  ...['rightDown', 'leftDown', 'rightTouches', 'leftTouches'],
  ...[
    'crashed',
    'still',
    'asleep',
    'shaping',
    'wind',
    'turbulence',
    'engine',
    'rightMotor',
    'leftMotor',
    'burntMain',
    'burntSide',
  ],
];
