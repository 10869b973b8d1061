// Things of a list that come, go and move on: the list itself only says where something is now, so each drawn one is matched with
// the nearest that may have come from it. Keeps where each is shown, between two steps too.
import type { Container } from 'pixi.js';
import { approach } from './motion.ts';

export interface Member {
  readonly node: Container;
  /** Where it is, in cells, and the way it goes. */
  x: number;
  y: number;
  way: number;
  /** Where it is shown. */
  shownX: number;
  /** s since it came. */
  age: number;
  active: boolean;
  matched: boolean;
}

export interface Crowd {
  readonly members: readonly Member[];
  /** Before the list is read anew. */
  begin(): void;
  /** One entry of the list. `mostSteps`: how many cells it may have moved on since. */
  see(x: number, y: number, way: number, mostSteps: number): void;
  /** After it: `gone` is told of each that is there no more. */
  end(gone: (member: Member) => void): void;
  move(seconds: number, tau: number): void;
  clear(): void;
}

/** At most as many as there are nodes are shown; these are handed in hidden. */
export function createCrowd(nodes: readonly Container[]): Crowd {
  const members: Member[] = nodes.map((node) => ({
    node,
    x: 0,
    y: 0,
    way: 1,
    shownX: 0,
    age: 0,
    active: false,
    matched: false,
  }));
  return {
    members,
    begin() {
      for (const member of members) member.matched = false;
    },
    see(x, y, way, mostSteps) {
      let found: Member | undefined;
      let least = mostSteps + 0.5;
      for (const member of members) {
        if (!member.active || member.matched || member.y !== y || member.way !== way) continue;
        const moved = (x - member.x) * way;
        if (moved < 0 || moved >= least) continue;
        least = moved;
        found = member;
      }
      if (!found) {
        found = members.find((member) => !member.active);
        if (!found) return;
        Object.assign(found, { y, way, shownX: x, age: 0, active: true });
      }
      found.x = x;
      found.matched = true;
    },
    end(gone) {
      for (const member of members) {
        if (!member.active || member.matched) continue;
        member.active = false;
        gone(member);
      }
    },
    move(seconds, tau) {
      for (const member of members) {
        member.node.visible = member.active;
        if (!member.active) continue;
        member.age += seconds;
        member.shownX = approach(member.shownX, member.x, seconds, tau);
      }
    },
    clear() {
      for (const member of members) member.active = false;
    },
  };
}
