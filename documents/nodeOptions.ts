import type { EphemeralNodeGroup } from "../configuration/clusterTypes";
import { unlessEmpty } from "./inputs";

/** What runs containers; each type but one has a section of its own. */
type CriDocument =
  | { readonly type: "Containerd"; readonly containerd?: CriDownloads }
  | { readonly type: "ContainerdV2"; readonly containerdV2?: CriDownloads }
  | { readonly type: "NotManaged"; readonly notManaged?: { readonly criSocketPath?: string } };

interface CriDownloads {
  readonly maxConcurrentDownloads?: number;
}

/** Times of the day or the week, in UTC. */
type Windows = readonly {
  readonly from: string;
  readonly to: string;
  readonly days?: readonly string[];
}[];

/** How updates are approved; each mode but one has a section of its own, and Deckhouse refuses those of others. */
type DisruptionsDocument =
  | { readonly approvalMode: "Manual" }
  | {
      readonly approvalMode: "Automatic";
      readonly automatic?: { readonly drainBeforeApproval?: boolean; readonly windows?: Windows };
    }
  | {
      readonly approvalMode: "RollingUpdate";
      readonly rollingUpdate?: { readonly windows?: Windows };
    };

/**
 * The part of a `NodeGroup` about what Deckhouse does on its nodes. Source: deckhouse/deckhouse
 * `modules/040-node-manager/crds/node_group.yaml`.
 */
export interface NodeOptionsDocument {
  readonly cri?: CriDocument;
  readonly kubelet?: {
    readonly maxPods?: number;
    readonly rootDir?: string;
    readonly containerLogMaxSize?: string;
    readonly containerLogMaxFiles?: number;
    readonly resourceReservation?: {
      readonly mode?: "Off" | "Auto" | "Static";
      readonly static?: {
        /** In thousandths: `500m`. */
        readonly cpu?: string;
        readonly memory?: string;
        readonly ephemeralStorage?: string;
      };
    };
    readonly topologyManager?: {
      readonly enabled?: boolean;
      readonly scope?: "Container" | "Pod";
      readonly policy?: "None" | "BestEffort" | "Restricted" | "SingleNumaNode";
    };
  };
  readonly disruptions?: DisruptionsDocument;
  readonly nodeDrainTimeoutSecond?: number;
  /** A number, or a percentage: `10%`. */
  readonly update?: { readonly maxConcurrent: number | string };
}

/** Builds the part of a group's document about what Deckhouse does on its nodes. */
export function nodeOptions(group: EphemeralNodeGroup): NodeOptionsDocument {
  return {
    cri: group.cri && criDocument(group.cri),
    kubelet: group.kubelet && kubeletDocument(group.kubelet),
    disruptions: group.disruptions && disruptionsDocument(group.disruptions),
    nodeDrainTimeoutSecond: group.nodeDrainTimeoutSecond,
    update: group.update && { maxConcurrent: group.update.maxConcurrent },
  };
}

function criDocument({
  type,
  maxConcurrentDownloads,
  criSocketPath,
}: NonNullable<EphemeralNodeGroup["cri"]>): CriDocument {
  switch (type) {
    case "Containerd":
      return { type, containerd: unlessEmpty({ maxConcurrentDownloads }) };
    case "ContainerdV2":
      return { type, containerdV2: unlessEmpty({ maxConcurrentDownloads }) };
    case "NotManaged":
      return { type, notManaged: unlessEmpty({ criSocketPath }) };
  }
}

function kubeletDocument({
  resourceReservation,
  topologyManager,
  ...kubelet
}: NonNullable<EphemeralNodeGroup["kubelet"]>): NodeOptionsDocument["kubelet"] {
  return unlessEmpty({
    maxPods: kubelet.maxPods,
    rootDir: kubelet.rootDir,
    containerLogMaxSize: kubelet.containerLogMaxSize,
    containerLogMaxFiles: kubelet.containerLogMaxFiles,
    resourceReservation: unlessEmpty({ ...resourceReservation }),
    topologyManager: unlessEmpty({ ...topologyManager }),
  });
}

function disruptionsDocument({
  approvalMode,
  drainBeforeApproval,
  windows,
}: NonNullable<EphemeralNodeGroup["disruptions"]>): DisruptionsDocument {
  switch (approvalMode) {
    case "Automatic":
      return { approvalMode, automatic: unlessEmpty({ drainBeforeApproval, windows }) };
    case "RollingUpdate":
      return { approvalMode, rollingUpdate: unlessEmpty({ windows }) };
    case "Manual":
      return { approvalMode };
  }
}
