import type { SandboxFaultChanges } from '../../src/sandbox/index.js';
import type { FrameOptions, PageOptions } from '../situations/documents.js';
import type { Scene } from './scene.js';

/** A page that goes while a part of the widget is on its way to it. */
export const interrupted = /could not be loaded\. TypeError: Failed to fetch dynamically imported module/;

/** When something is done: before the first click, while the window opens, at the platform, once it has its answer, once connected. */
export type Moment = 'before' | 'opened' | 'platform' | 'answered' | 'usable';

interface Named {
  /** Its number among the twenty-five of the list this soak is about. */
  readonly part: number;
  readonly name: string;
  /** What it may leave on a console: every line that nothing allows is a violation. */
  readonly says?: readonly RegExp[];
}

/** The page is another one, for all the attempts on it. */
export interface PageFault extends Named {
  readonly page?: (world: PageWorld) => PageOptions;
  readonly frame?: FrameOptions;
  /** Its policy lets nothing in that does not belong to it. */
  readonly isClosed?: boolean;
  /** What an earlier page had begun is forgotten by a reload: nothing can be kept. */
  readonly keepsNothing?: boolean;
  /** Behind it is a server of its own, and behind that Open Wearables. */
  readonly isClub?: boolean;
  /** Attempts cannot begin here. */
  readonly isUnable?: boolean;
  /** Attempts begin here, and not even one that nothing else disturbs is sure to end in a connection. */
  readonly endsOtherwise?: boolean;
}

export interface PageWorld {
  readonly platform: string;
  readonly ledger: string;
  readonly nonce: string;
}

/** The platform answers otherwise, for one attempt. */
export interface PlatformFault extends Named {
  readonly set: SandboxFaultChanges;
  /** Needs to know the attempt: done when the window is at the platform. */
  readonly known?: (scene: Scene) => Promise<SandboxFaultChanges>;
}

/** Somebody does something: most often the visitor. */
export interface VisitFault extends Named {
  readonly at: readonly Moment[];
  /** Gives false where there was nothing to do it to: then it has not been played. */
  readonly act: (scene: Scene) => Promise<void | boolean>;
  /** Not on a page that lets nothing in, or in a frame, where this cannot be done. */
  readonly inTheOpen?: boolean;
}

export type Fault = PageFault | PlatformFault | VisitFault;

export const labelOf = ({ part, name }: Named): string => `F${part} ${name}`;
