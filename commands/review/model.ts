import type { Words } from "./words";

/** What happens to the thing of a line: it comes, goes, changes, or is only there to show where the lines below belong. */
export type Mark = "+" | "-" | "~" | " ";

/** A line of the tree of all that changes. */
export interface Line {
  /** How far it is indented; 0 for a heading. */
  readonly depth: number;
  readonly mark: Mark;
  readonly words: Words;
}

/** What may harm a cluster that runs in this vCenter. ./verdict.ts has the consequence of each. */
export type DangerKind =
  | "regionRemoved"
  | "zoneRemoved"
  | "zoneRenamed"
  | "zoneMoved"
  | "datastoreMoved"
  | "datastoreLeft"
  | "foreignTag"
  | "tagsOfRunningCluster"
  | "privilegesLost"
  | "privilegesGained"
  | "roleDeleted"
  | "roleRenamed"
  | "permissionRemoved"
  | "permissionOnRoot"
  | "permissionFromRoot"
  | "otherRole"
  | "templateBuild"
  | "otherTemplate"
  | "templateRemoved"
  | "deletion"
  | "replacement";

/** One thing to look at closely. */
export interface Danger {
  readonly kind: DangerKind;
  /** What happens, as a sentence without its end. */
  readonly words: Words;
}

/** What a part of the stack would change. */
export interface Part {
  /** Its lines of the tree. */
  readonly lines: readonly Line[];
  /** The same in sentences, without their ends. */
  readonly sentences: readonly Words[];
  readonly dangers: readonly Danger[];
}

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

/** A region in the picture of the topology. */
export interface PictureRegion {
  readonly name: string;
  readonly mark: Mark;
  readonly zones: readonly PictureZone[];
}

/** A zone in the picture of the topology. */
export interface PictureZone {
  readonly name: string;
  readonly mark: Mark;
  readonly objects: readonly PictureObject[];
}

/** A cluster or a datastore in the picture of the topology. */
export interface PictureObject {
  readonly kind: "cluster" | "datastore";
  readonly path: string;
  readonly mark: Mark;
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
