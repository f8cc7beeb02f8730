import { encode } from 'jpeg-js';
import { type Context, make } from 'pureimage';
import { CAPTCHA_GLYPHS } from './captcha-glyphs.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A random whole number from 0 up to, not including, `maxExclusive`. */
export type RandomInt = (maxExclusive: number) => number;

export interface CaptchaDrawing {
  /** Characters of the captcha alphabet. */
  readonly answer: string;
  readonly randomInt: RandomInt;
}

const WIDTH = 200;
const HEIGHT = 72;
/** Free space left and right of the text, in pixels. */
const MARGIN = 14;
const PAPER = 236;
const JPEG_QUALITY = 60;

/** Font units of Roboto Mono Bold: height of capitals and width of every glyph. */
const CAP_HEIGHT = 1456;
const ADVANCE = 1229;

/** Height of capitals in pixels before scaling. */
const TEXT_HEIGHT = 39;

/** Straight pieces that one quadratic curve is drawn with. */
const PIECES = 5;

/** Dark and light dots over the whole picture: one to about 18 pixels. */
const SPECKS = Math.round((WIDTH * HEIGHT) / 18);

const grey = (level: number): string => `rgb(${level},${level},${level})`;

type Transform = (point: Point) => Point;

/** Random numbers in steps of a thousandth of the range, both ends included. */
const between = (randomInt: RandomInt, low: number, high: number): number =>
  low + ((high - low) * randomInt(1001)) / 1000;

const quadratic = (from: Point, control: Point, to: Point): readonly Point[] =>
  Array.from({ length: PIECES }, (_, index) => {
    const t = (index + 1) / PIECES;
    const mix = (a: number, b: number, c: number) => (1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c;
    return { x: mix(from.x, control.x, to.x), y: mix(from.y, control.y, to.y) };
  });

/** Straight lines are cut into pieces too, so that they bend with the picture. */
const segment = (from: Point, numbers: readonly number[]): readonly Point[] => {
  const [x1 = 0, y1 = 0, x2, y2] = numbers;
  if (x2 !== undefined && y2 !== undefined) return quadratic(from, { x: x1, y: y1 }, { x: x2, y: y2 });
  const to = { x: x1, y: y1 };
  return quadratic(from, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, to);
};

/** Turns path data (`M x y`, then `L x y` and `Q cx cy x y`) into one polygon a contour. */
const polygonsOf = (path: string): readonly (readonly Point[])[] =>
  path
    .split('M')
    .slice(1)
    .map((contour) => {
      const [start = [], ...segments] = contour.split(/[LQ]/).map((part) => part.split(' ').map(Number));
      const points: Point[] = [{ x: start[0] ?? 0, y: start[1] ?? 0 }];
      for (const numbers of segments) points.push(...segment(points.at(-1) ?? { x: 0, y: 0 }, numbers));
      return points;
    });

/** Bends the whole picture with two slow waves, so that no two pictures place a shape on the same pixels. */
const warp = (randomInt: RandomInt): Transform => {
  const wave = (length: number) => ({
    reach: between(randomInt, 2, 3.5),
    turn: (2 * Math.PI) / between(randomInt, 0.8 * length, 1.3 * length),
    phase: between(randomInt, 0, 2 * Math.PI),
  });
  const [down, across] = [wave(90), wave(60)];
  return ({ x, y }) => ({
    x: x + across.reach * Math.sin(across.turn * y + across.phase),
    y: y + down.reach * Math.sin(down.turn * x + down.phase),
  });
};

/** Places a glyph with its middle at `x`: scaled, slanted, turned up to 18 degrees either way, off the line. */
const placement = (x: number, randomInt: RandomInt): Transform => {
  const angle = between(randomInt, -0.32, 0.32);
  const slant = between(randomInt, -0.2, 0.2);
  const scale = (TEXT_HEIGHT * between(randomInt, 0.9, 1.15)) / CAP_HEIGHT;
  const widen = between(randomInt, 1.05, 1.25);
  const middle = { x, y: HEIGHT / 2 + between(randomInt, -5, 5) };
  return (point) => {
    const up = (point.y - CAP_HEIGHT / 2) * scale;
    const right = (point.x - ADVANCE / 2) * scale * widen + slant * up;
    return {
      x: middle.x + right * Math.cos(angle) + up * Math.sin(angle),
      y: middle.y + right * Math.sin(angle) - up * Math.cos(angle),
    };
  };
};

const fillPolygons = (context: Context, polygons: readonly (readonly Point[])[], ink: number): void => {
  context.fillStyle = grey(ink);
  context.beginPath();
  for (const [first, ...others] of polygons) {
    if (!first) continue;
    context.moveTo(first.x, first.y);
    for (const point of others) context.lineTo(point.x, point.y);
    context.closePath();
  }
  context.fill();
};

/** Curves from edge to edge: `ink` decides whether they hide in the paper or cross the text. */
const drawCurves = (context: Context, randomInt: RandomInt, count: number, ink: number): void => {
  for (let drawn = 0; drawn < count; drawn += 1) {
    const height = (margin: number): number => between(randomInt, margin, 1 - margin) * HEIGHT;
    context.strokeStyle = grey(ink);
    context.lineWidth = between(randomInt, 1.6, 2.6);
    context.beginPath();
    context.moveTo(0, height(0.15));
    context.bezierCurveTo(
      between(randomInt, 0.2, 0.4) * WIDTH,
      height(-0.2),
      between(randomInt, 0.6, 0.8) * WIDTH,
      height(-0.2),
      WIDTH,
      height(0.15),
    );
    context.stroke();
  }
};

const drawSpecks = (context: Context, randomInt: RandomInt): void => {
  for (let drawn = 0; drawn < SPECKS; drawn += 1) {
    context.fillStyle = grey(60 + randomInt(160));
    context.fillRect(randomInt(WIDTH), randomInt(HEIGHT), 1, 1);
  }
};

/**
 * Draws a captcha: a JPEG of 200 x 72 pixels that a person can read and a simple character recogniser cannot cut
 * apart. The characters are bent, turned, slanted, nearly touching, and crossed by curves of their own ink.
 *
 * @throws RangeError for a character that has no outline.
 */
export const drawCaptcha = ({ answer, randomInt }: CaptchaDrawing): Uint8Array => {
  const outlines = new Map(CAPTCHA_GLYPHS);
  const picture = make(WIDTH, HEIGHT);
  const context = picture.getContext('2d');
  context.fillStyle = grey(PAPER);
  context.fillRect(0, 0, WIDTH, HEIGHT);
  drawCurves(context, randomInt, 3, 190);
  const bend = warp(randomInt);
  const step = (WIDTH - 2 * MARGIN) / answer.length;
  for (const [index, character] of Array.from(answer).entries()) {
    const path = outlines.get(character);
    if (path === undefined) throw new RangeError('a captcha answer may only hold characters of the captcha alphabet');
    const place = placement(MARGIN + (index + 0.5) * step + between(randomInt, -3, 3), randomInt);
    const polygons = polygonsOf(path).map((polygon) => polygon.map((point) => bend(place(point))));
    fillPolygons(context, polygons, 40 + randomInt(40));
  }
  drawCurves(context, randomInt, 2, 70);
  drawSpecks(context, randomInt);
  return encode({ data: picture.data, width: WIDTH, height: HEIGHT }, JPEG_QUALITY).data;
};
