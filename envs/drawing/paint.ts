// Colours by role. Shapes are drawn white once and tinted, so that a theme change moves no geometry.
import { type Container, Text } from 'pixi.js';
import type { ViewTheme } from '../view.ts';

export type Role = 'background' | 'line' | 'ink' | 'soft' | 'faint' | 'accent' | 'positive' | 'negative';

export interface Paint {
  readonly theme: ViewTheme;
  /** Gives `node` the colour of a role, now and after every change of theme. */
  tint<T extends Container>(node: T, role: Role): T;
  apply(theme: ViewTheme): void;
}

/** Text takes its colour as fill: Pixi's canvas renderer keeps the first picture of a tinted text for ever. */
function colour(node: Container, value: number): void {
  if (node instanceof Text) node.style.fill = value;
  else node.tint = value;
}

export function createPaint(first: ViewTheme): Paint {
  const roles = new Map<Container, Role>();
  let theme = first;
  return {
    get theme() {
      return theme;
    },
    tint(node, role) {
      if (roles.get(node) !== role) {
        roles.set(node, role);
        colour(node, theme[role]);
      }
      return node;
    },
    apply(next) {
      theme = next;
      for (const [node, role] of roles) colour(node, theme[role]);
    },
  };
}

/** Between two colours, 0: a, 1: b. */
export function mix(a: number, b: number, t: number): number {
  let out = 0;
  for (let shift = 16; shift >= 0; shift -= 8) {
    const from = (a >> shift) & 255;
    out |= Math.round(from + (((b >> shift) & 255) - from) * t) << shift;
  }
  return out;
}

// Told apart by people with any colour vision (after Okabe and Ito), darkened for paper. Groups beyond the
// eighth repeat a colour; the badge's number is what names a group.
const onDark = [0x56b4e9, 0xe69f00, 0x2fbfa6, 0xf0e442, 0xcc79a7, 0xd55e00, 0x9d8cf5, 0xb8c4d0];
const onLight = [0x1f6fb5, 0xa86a00, 0x0f8a77, 0x7d7400, 0xa8447d, 0xb54a00, 0x6a55d8, 0x5b6570];

export const clusterColour = (theme: ViewTheme, cluster: number): number =>
  (theme.dark ? onDark : onLight)[((cluster % 8) + 8) % 8]!;

/** The colour of a lane: its group's, or another one where it is in none. */
export const laneColour = (theme: ViewTheme, cluster: number | undefined, otherwise: number): number =>
  cluster === undefined ? otherwise : clusterColour(theme, cluster);
