// The canvas a world is drawn on: one Pixi renderer on a given element, drawing when told and never by itself.
// Owns size, theme and the loss of the graphics context; what is drawn is the view's business.
import 'pixi.js/unsafe-eval';
import { autoDetectRenderer, Container, loadTextures, type Renderer } from 'pixi.js';
import type { Editor, EnvView, ViewFrame, ViewTheme } from '../../envs/view.ts';
import { viewOf } from '../../envs/views.ts';

/** Pixels at each side that the page keeps for its own controls over the canvas. */
export interface Insets {
  readonly top: number;
  readonly bottom: number;
}

export interface Stage {
  /** Shows another world, empty until the next frame. */
  show(world: string): void;
  draw(frame: ViewFrame): void;
  setTheme(theme: ViewTheme): void;
  setInsets(insets: Insets): void;
  /** How the world on stage is drawn by hand; undefined where it is not. */
  editor(): Editor | undefined;
  /** From a place on the page, in CSS pixels, to the picture's own. */
  toPicture(x: number, y: number): readonly [number, number];
  /** What a person who cannot see the canvas is told it shows. */
  describe(sentence: string): void;
  destroy(): void;
}

/** Longer gaps (a hidden tab, a breakpoint) are not animated through. */
const longestGap = 0.1;
/** Seconds a lost graphics context may take to come back before the canvas is made anew. */
const patience = 2;
const maxResolution = 2;
const smallest = 160; // px

const resolutionNow = (): number => Math.min(maxResolution, window.devicePixelRatio || 1);

async function createRenderer(theme: ViewTheme, preference: ('webgl' | 'canvas')[]): Promise<Renderer> {
  // No images are loaded, and a worker made from a blob would break the page's content-security policy.
  if (loadTextures.config) loadTextures.config.preferWorkers = false;
  const renderer = await autoDetectRenderer({
    preference,
    width: 1,
    height: 1,
    resolution: resolutionNow(),
    autoDensity: true,
    antialias: true,
    backgroundColor: theme.background,
    eventMode: 'none',
  });
  // Pixi takes all touches for itself; the page must still scroll when a finger starts on the world.
  renderer.canvas.style.touchAction = 'pan-y';
  renderer.canvas.style.display = 'block';
  return renderer;
}

/** WebGL emulated on the processor stalls the page for every frame; the plain canvas is many times faster there. */
function isEmulated(): boolean {
  const context = document.createElement('canvas').getContext('webgl');
  const info = context?.getExtension('WEBGL_debug_renderer_info');
  const name = context && info ? String(context.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}

/** Canvas text falls back to another font for good if drawn before its own is there. */
async function loadFonts(): Promise<void> {
  const faces = [
    '400 13px "Inter Variable"',
    '600 13px "Inter Variable"',
    '400 12px "JetBrains Mono Variable"',
  ];
  const limit = new Promise((resolve) => setTimeout(resolve, 1500));
  await Promise.race([Promise.allSettled(faces.map((face) => document.fonts.load(face))), limit]);
}

export async function createStage(
  host: HTMLElement,
  firstTheme: ViewTheme,
  onProblem: (sentence: string) => void,
  firstInsets: Insets = { top: 52, bottom: 68 },
): Promise<Stage> {
  let theme = firstTheme;
  let insets = firstInsets;
  let world: string | undefined;
  let view: EnvView | undefined;
  let last: ViewFrame | undefined;
  let description = 'The world, not yet shown';
  let gone = false;
  let rescue: ReturnType<typeof setTimeout> | undefined;
  const root = new Container({ eventMode: 'none', interactiveChildren: false });

  await loadFonts();
  let renderer: Renderer;
  try {
    renderer = await createRenderer(theme, isEmulated() ? ['canvas'] : ['webgl', 'canvas']);
  } catch (cause) {
    onProblem('This browser offers no canvas to draw on; training works, but the world cannot be shown.');
    throw cause;
  }
  attach();

  const observer = new ResizeObserver(fitHost);
  observer.observe(host);
  fitHost();

  function attach(): void {
    const canvas = renderer.canvas;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', description);
    canvas.addEventListener('webglcontextlost', onLost);
    canvas.addEventListener('webglcontextrestored', onRestored);
    host.append(canvas);
  }

  function detach(): void {
    const canvas = renderer.canvas;
    canvas.removeEventListener('webglcontextlost', onLost);
    canvas.removeEventListener('webglcontextrestored', onRestored);
    canvas.remove();
  }

  function fitHost(): void {
    const width = Math.max(1, host.clientWidth);
    const height = Math.max(1, host.clientHeight);
    const resolution = resolutionNow();
    const { screen } = renderer;
    if (screen.width !== width || screen.height !== height || renderer.resolution !== resolution) {
      renderer.resize(width, height, resolution);
    }
    place();
    redraw();
  }

  function place(): void {
    if (!view) return;
    view.root.y = insets.top;
    // A stage that is hidden or still unmeasured has no size; views are not asked to draw into nothing.
    const height = renderer.screen.height - insets.top - insets.bottom;
    view.resize(Math.max(smallest, renderer.screen.width), Math.max(smallest, height));
  }

  function rebuild(): void {
    view?.destroy();
    view = undefined;
    if (world === undefined) return;
    view = viewOf(world)(theme);
    // Nothing stands in its place before the first frame.
    view.root.visible = last !== undefined;
    root.addChild(view.root);
    place();
  }

  /** The last frame again, standing still: after a change of size, theme or context. */
  function redraw(): void {
    if (gone) return;
    if (view && last) view.draw({ ...last, secondsSinceLast: 0 });
    renderer.render(root);
  }

  function onLost(): void {
    clearTimeout(rescue);
    rescue = setTimeout(() => void replaceRenderer(), patience * 1000);
  }

  function onRestored(): void {
    clearTimeout(rescue);
    if (gone) return;
    rebuild();
    redraw();
  }

  /** The graphics context did not come back by itself: start again on a new canvas, without WebGL if need be. */
  async function replaceRenderer(): Promise<void> {
    if (gone) return;
    try {
      view?.destroy();
      view = undefined;
      detach();
      renderer.destroy();
      renderer = await createRenderer(theme, ['canvas']);
      if (gone) {
        renderer.destroy();
        return;
      }
      attach();
      fitHost();
      rebuild();
      redraw();
    } catch {
      onProblem(
        'The graphics card stopped answering and the world cannot be drawn; training goes on. Reload to see it.',
      );
    }
  }

  return {
    show(next) {
      world = next;
      last = undefined;
      rebuild();
      redraw();
    },
    draw(frame) {
      if (gone || !view) return;
      const seconds = Math.min(longestGap, Math.max(0, frame.secondsSinceLast));
      last = seconds === frame.secondsSinceLast ? frame : { ...frame, secondsSinceLast: seconds };
      view.root.visible = true;
      view.draw(last);
      renderer.render(root);
    },
    setTheme(next) {
      theme = next;
      renderer.background.color = next.background;
      view?.setTheme(next);
      redraw();
    },
    setInsets(next) {
      insets = next;
      place();
      redraw();
    },
    editor: () => view?.editor,
    toPicture(x, y) {
      const { left, top } = renderer.canvas.getBoundingClientRect();
      return [x - left, y - top - insets.top];
    },
    describe(sentence) {
      description = sentence;
      renderer.canvas.setAttribute('aria-label', sentence);
    },
    destroy() {
      gone = true;
      clearTimeout(rescue);
      observer.disconnect();
      view?.destroy();
      detach();
      renderer.destroy();
      root.destroy();
    },
  };
}
