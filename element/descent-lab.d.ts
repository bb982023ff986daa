/** How the page is coloured. */
export type Theme = "auto" | "light" | "dark" | "projector";

export interface DescentLabEvents {
  /** It is there and takes commands. */
  ready: CustomEvent<null>;
  /** Something that is seen has changed, by whatever hand; at most four times a second. */
  change: CustomEvent<{ link: string }>;
  /** Playing has come to the last step. */
  finish: CustomEvent<{ step: number }>;
  /** A link that cannot be used in full, or a part that could not be loaded. */
  error: CustomEvent<{ message: string }>;
}

/** `<descent-lab link="…">`. */
export class DescentLab extends HTMLElement {
  /** What is shown, as a link without an address; set it to show something else. */
  link: string;
  theme: Theme | "";
  /** `"1"`, `"0"` or `"visible"`. */
  autoplay: string;
  /** `"none"`, `"min"` or `"full"`. */
  controls: string;
  /** What is left out, as in links. */
  hide: string;
  /** What cannot be changed, as in links. */
  lock: string;
  /** `"0"` where nothing that is still to come is drawn. */
  ahead: string;
  /** The address of a picture that is shown until the element is there. */
  poster: string;
  /** A length, or a number of pixels. */
  height: string;
  /** The step that the cursor stands on. */
  readonly currentStep: number;
  readonly playing: boolean;

  play(): void;
  pause(): void;
  /** Goes some steps on, or back with a negative number, and rests. */
  step(by?: number): void;
  /** Goes to a step and rests there. */
  seek(step: number): void;
  /** Shows again what `link` said at last. */
  reset(): void;
  getLink(): string;
  setLink(link: string): void;

  addEventListener<K extends keyof DescentLabEvents>(
    type: K,
    listener: (this: DescentLab, event: DescentLabEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof DescentLabEvents>(
    type: K,
    listener: (this: DescentLab, event: DescentLabEvents[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The attributes, as JSX writes them. */
export interface DescentLabAttributes {
  link?: string;
  theme?: Theme;
  autoplay?: string | boolean;
  controls?: string;
  hide?: string;
  lock?: string;
  poster?: string;
  height?: string | number;
  id?: string;
  class?: string;
  className?: string;
  style?: unknown;
  title?: string;
  slot?: string;
  hidden?: boolean;
  children?: unknown;
  ref?: unknown;
  key?: string | number;
}

declare global {
  interface HTMLElementTagNameMap {
    "descent-lab": DescentLab;
  }
  namespace JSX {
    interface IntrinsicElements {
      "descent-lab": DescentLabAttributes;
    }
  }
}
