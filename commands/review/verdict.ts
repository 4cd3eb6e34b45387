import type { Danger, DangerKind, Review } from "./model";
import { isAboutTheAccount } from "./said";
import { counted, countedText, say, type Words } from "./words";

/** What a reviewer should do about a plan. */
export type Level = "nothing" | "safe" | "closely" | "failed";

/** A reason to look closely: everything of one kind. */
export interface Reason {
  /** What happens, a sentence each, without its end. */
  readonly happenings: readonly Words[];
  /** What that means for a cluster that runs, or for the person who runs `up`. */
  readonly consequence: string;
}

/** What to think of a plan, and why. */
export interface Verdict {
  readonly level: Level;
  readonly heading: string;
  readonly summary: string;
  readonly reasons: readonly Reason[];
}

/**
 * What each kind of change does to a running cluster.
 *
 * Sources: deckhouse/deckhouse, the vSphere provider's ENVIRONMENT.md and its discovery (a StorageClass for each datastore,
 * whose topology is the zones of the datastore); Kubernetes, Persistent Volumes (the node affinity of a volume cannot be
 * changed) and Well-Known Labels (zone and region of a node are set when it registers).
 */
const consequences: Readonly<Record<DangerKind, string>> = {
  regionRemoved:
    "Deckhouse no longer finds a cluster of this region: no machine and no volume can be made there any more. Delete the Kubernetes cluster of the region first.",
  zoneRemoved:
    "Deckhouse can make no machine and no volume there any more. Nodes and volumes that exist keep the zone in their labels, so pods with those volumes start nowhere else. Empty the zone first.",
  zoneRenamed:
    "Labels of nodes and the node affinity of volumes keep the old name, and the affinity cannot be changed: pods with these volumes find no new node. The cluster's configuration has to name the new one.",
  zoneMoved:
    "New machines are made in the other cluster. Those that exist stay where they are, with the same zone in their labels.",
  datastoreMoved:
    "Volumes on it keep the old zone in their node affinity, so their pods stay in the old zone, and only as long as its hosts reach the datastore. New volumes on it belong to the new zone.",
  datastoreLeft:
    "Deckhouse drops its StorageClass or the zone in it: claims that ask for it there stay pending. Volumes that exist stay on it.",
  foreignTag: "Somebody else put it there: ask who relies on it before it goes.",
  tagsOfRunningCluster:
    "Deckhouse and the CSI driver read these tags all the time: what they make from now on goes by the new ones.",
  privilegesLost:
    "Whatever the cluster does with them fails as soon as `up` is done, with an error of vCenter in its logs.",
  privilegesGained: "The cluster's account may do more from then on: check that you want that.",
  roleDeleted: "Every permission with this role goes with it, also those of others.",
  roleRenamed: "Permissions keep the role. Scripts that look for the old name do not find it.",
  permissionRemoved:
    "The account can no longer do there what no other permission lets it do; machines and volumes there can then not be changed.",
  permissionOnRoot: "It is for the root object itself, in every datacenter's path.",
  permissionFromRoot:
    "The account may do everything that the role allows with every object of this vCenter, also those of others.",
  otherRole: "What the former role allowed and this one does not fails as soon as `up` is done.",
  templateBuild:
    "`up` runs for so long, needs Packer on its machine for a build, and loads the datastore and the network meanwhile.",
  otherTemplate:
    "Machines made from then on are cloned from it. Those that exist change when the cluster's configuration names it, which replaces them one after the other.",
  templateRemoved: "Instance classes that still name it can make no machine.",
  deletion: "What is deleted does not come back by itself.",
  replacement: "It is deleted and made anew: until `up` is done it may be missing.",
};

/** Judges a plan. */
export function verdictOf(review: Review): Verdict {
  const { succeeded, intent, drift, documents, said, steps } = review;
  // A preview may be made by an account that only reads: what it lacks for an up says nothing of the change.
  const warnings = said.warnings.filter((text) => !isAboutTheAccount(text));
  const reasons = [
    ...reasonsFor(intent.dangers),
    ...(drift.length > 0 ? [driftReason(drift.length)] : []),
    ...(warnings.length > 0 ? [warningReason(warnings.length)] : []),
  ];
  if (!succeeded) {
    return {
      ...{ level: "failed", heading: "The preview failed", reasons: [] },
      summary: "It does not tell what `pulumi up` would do. The reason is below.",
    };
  }
  const changes = intent.sentences.length + drift.length + documents.length + steps.length;
  if (changes === 0) {
    return {
      ...{ level: "nothing", heading: "Nothing changes", reasons: [] },
      summary: "vCenter is as the configuration says.",
    };
  }
  if (reasons.length > 0) {
    return {
      ...{ level: "closely", heading: "Look closely", reasons },
      summary: `${countedText(reasons.length, "reason")} to read before you approve.`,
    };
  }
  return { ...{ level: "safe", heading: "Safe", reasons }, summary: safeSummary(review) };
}

function safeSummary({ intent, documents, isFirst }: Review): string {
  if (intent.sentences.length > 0) {
    return isFirst
      ? "Everything is new, and nothing of others is touched."
      : "Nothing is taken away, and nothing that runs depends on what changes.";
  }
  return documents.length === 0
    ? "Nothing changes in vCenter, only what the stack keeps of it."
    : "Nothing changes in vCenter. Deckhouse's documents change, which a running cluster gets from you alone.";
}

function reasonsFor(dangers: readonly Danger[]): Reason[] {
  const kinds = [...new Set(dangers.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    happenings: dangers.filter((danger) => danger.kind === kind).map(({ words }) => words),
    consequence: consequences[kind],
  }));
}

/** How many happenings of one kind are told. */
const mostHappenings = 5;

/**
 * What happens of one kind, in one sentence.
 *
 * @param shown writes one of them
 */
export function joinedHappenings(
  happenings: readonly Words[],
  shown: (words: Words) => string,
): string {
  const more = happenings.length - mostHappenings;
  const told = happenings.slice(0, mostHappenings).map(shown).join("; ");
  return more > 0 ? `${told}; and ${more.toLocaleString("en-US")} more like that` : told;
}

function driftReason(count: number): Reason {
  return {
    happenings: [say`somebody else changed vCenter: ${counted(count, "difference")}`],
    consequence:
      "`up` undoes that. What should stay as it is now has to go into the configuration first.",
  };
}

function warningReason(count: number): Reason {
  return {
    happenings: [say`the preflight has ${counted(count, "warning")}`],
    consequence: "Each is below, with what to do.",
  };
}
