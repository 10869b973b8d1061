// The shop: customers come by with what they bought as columns, and one of six products is recommended to each. Beside them stands
// what the network gets: the shares of all purchases, one column of the picture to each shelf.
import type { Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPixels } from '../drawing/pixels.ts';
import { besidePixels, createBestNote, createSorter, sureness } from '../drawing/sorter.ts';
import type { ViewFrame } from '../view.ts';
import {
  shopAt as at,
  customerAt,
  productCount,
  recommendations,
  type ShopParams,
  segmentChances,
  segmentCount,
  segments,
  shopBayesRate,
} from './dynamics.ts';
import { createCustomer, createIcons, productSign } from './pieces.ts';
import { createWall } from './wall.ts';

export const createShopView = pictureOf(1.5, createCloseUp, createWall);

/** A share of purchases this large is drawn as bright as can be. */
const brightest = 0.3;
const shelves = 6;
const perShelf = productCount / shelves;
const seen = new Float32Array(productCount);

/** The observation with the products of a shelf below each other. */
function byShelves({ observation }: ViewFrame): Float32Array {
  for (let c = 0; c < productCount; c++) {
    seen[(c % perShelf) * shelves + Math.floor(c / perShelf)] = observation[c]! / brightest;
  }
  return seen;
}

const chances = new Float64Array(segmentCount);

/** What Bayes' rule makes of the purchases under the scanner. */
function purchasesSay({ hero, params }: ViewFrame, narrow: boolean): string {
  segmentChances(hero, at.item, params as ShopParams, chances);
  const best = chances.indexOf(Math.max(...chances));
  const sure = sureness(chances[best]!);
  return narrow ? `${recommendations[best]!} ${sure}` : `they say ${recommendations[best]!}, ${sure}`;
}

function createCloseUp(paint: Paint): Look {
  const picture = createPixels(paint, shelves, `sees ${productCount} shares`, perShelf);
  const icons = createIcons();
  const best = createBestNote(shopBayesRate);
  const sorter = createSorter(paint, {
    at,
    signs: icons.map((icon, chute) => productSign(paint, icon, chute)),
    pitch: 100,
    aspect: 1.5,
    face: () => createCustomer(paint),
    beside: besidePixels(picture, shelves, byShelves),
    linked: true,
    was: (row) => `that was a ${segments[row[at.lastItem + customerAt.segment]!]!.slice(0, -1)}`,
    lines: 2,
    note: (line, frame, narrow) => (line === 0 ? best(frame, narrow) : purchasesSay(frame, narrow)),
  });
  return {
    ...sorter,
    destroy() {
      sorter.destroy();
      picture.destroy();
      for (const icon of icons) icon.destroy();
    },
  };
}
