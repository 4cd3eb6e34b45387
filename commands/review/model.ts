import type { Part } from "../../findings/change";
import type { Words } from "../../findings/words";
import type { PictureRegion } from "../../components/regionZoneTagging/changes/model";

/** A file of the documents that Deckhouse gets. */
export interface DocumentChange {
  readonly region: string;
  readonly file: string;
  /** Whether other files of the region have the same changed lines. */
  readonly isRepeated: boolean;
  /** The changed lines as a unified diff; absent where others show them, or where they are too many to read. */
  readonly diff?: string;
  readonly added: number;
  readonly removed: number;
}

/** What the preflight and the providers said. */
export interface Said {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** `686 facts of vCenter checked: nothing is wrong`; absent when it did not come to that. */
  readonly checked?: string;
  readonly notes: readonly string[];
}

/** A step of the engine that changes something. */
export interface EngineStep {
  readonly operation: string;
  readonly type: string;
  readonly name: string;
}

/** All that a preview tells, in the words of the domain. */
export interface Review {
  readonly stack: string;
  readonly succeeded: boolean;
  /** Whether nothing of the stack was there before. */
  readonly isFirst: boolean;
  /** What the configuration asks for and the last `up` did not make. */
  readonly intent: Part;
  /** What somebody else changed in vCenter since the last `up`, a sentence each, without its end. */
  readonly drift: readonly Words[];
  readonly documents: readonly DocumentChange[];
  readonly picture: readonly PictureRegion[];
  readonly said: Said;
  readonly steps: readonly EngineStep[];
  /** What the engine printed; only of a preview that failed. */
  readonly output?: string;
}
