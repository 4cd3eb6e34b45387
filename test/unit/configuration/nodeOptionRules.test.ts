import { nodeOptionRules } from "../../../configuration/rules/cluster/nodeOptions";
import { elsewhere } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const group = "ephemeralNodeGroups[0]";
const withKey = (key: string, value: unknown, others: object = {}): RuleCase => [
  { [`${group}.${key}`]: value, ...others },
];
const fault = (key: string, value: unknown, path: string, line: string): RuleCase => [
  ...withKey(key, value),
  `@.${group}.${path}: ${line}`,
];
const noEffect = "and this would have no effect";
const manyPods = (found: number, prefix: number, addresses: number, others = {}): RuleCase => [
  ...withKey("kubelet.maxPods", found, others),
  `@.${group}.kubelet.maxPods: found ${found}: podSubnetNodeCIDRPrefix is ${prefix}, so a node has ${addresses} addresses, and ` +
    `further pods would not start: write ${addresses} or less, or a smaller podSubnetNodeCIDRPrefix`,
];
const reservation = "kubelet.resourceReservation";
const notSaid = (value: object, found: string): RuleCase =>
  fault(
    reservation,
    value,
    `${reservation}.static`,
    `found ${found}: mode is Static, which says that it is written here, and Deckhouse would refuse the group: write cpu, ` +
      "memory or ephemeralStorage; or Auto as mode, and Deckhouse finds a measure",
  );
const notUsed = (mode: string | undefined): RuleCase =>
  fault(
    reservation,
    { mode, static: { cpu: "1m" } },
    `${reservation}.static`,
    `found an object: mode is ${mode ?? "Auto"}, ${noEffect}: write Static as mode, or remove it`,
  );
const topology = (kubelet: object, key: string, line: string): RuleCase =>
  fault("kubelet", kubelet, `kubelet.topologyManager.${key}`, line);
const withoutTopology = (found: string): string =>
  `found "${found}": enabled is not true, ${noEffect}: set enabled to true, or remove it`;
const window = { from: "8:00", to: "10:00" };
const drained = (approvalMode: string): RuleCase =>
  fault(
    "disruptions",
    { approvalMode, drainBeforeApproval: true },
    "disruptions.drainBeforeApproval",
    `found true: it belongs to the mode Automatic, and Deckhouse has no place for it with ${approvalMode}: remove it, or ` +
      "write Automatic as approvalMode",
  );

describeClusterRules("options of ephemeral nodes", nodeOptionRules, {
  criHasOptionsOfItsType: {
    "downloads of what Deckhouse does not manage": fault(
      "cri",
      { type: "NotManaged", maxConcurrentDownloads: 5 },
      "cri.maxConcurrentDownloads",
      "found 5: Deckhouse does not configure what runs containers with NotManaged, and this would have no effect: remove " +
        "it, or write Containerd or ContainerdV2 as type",
    ),
    "the socket of what Deckhouse manages": fault(
      "cri",
      { type: "ContainerdV2", criSocketPath: "/run/cri.sock" },
      "cri.criSocketPath",
      'found "/run/cri.sock": Deckhouse itself installs what runs containers with ContainerdV2, and this would have no ' +
        "effect: remove it, or write NotManaged as type",
    ),
    "downloads of the older containerd are accepted": withKey("cri", {
      type: "Containerd",
      maxConcurrentDownloads: 5,
    }),
    "a socket of one's own is accepted": withKey("cri", {
      type: "NotManaged",
      criSocketPath: "/run/cri.sock",
    }),
  },
  podsHaveAddresses: {
    "more than a node has by default": manyPods(255, 24, 254),
    "more than a node has": manyPods(63, 26, 62, { podSubnetNodeCIDRPrefix: 26 }),
    "as many as there are, are accepted": withKey("kubelet.maxPods", 254),
    "any number is accepted where the masters are elsewhere": withKey("kubelet.maxPods", 999, {
      "@": elsewhere,
    }),
  },
  reservationsAreSaid: {
    "nothing at all": notSaid({ mode: "Static" }, "nothing"),
    "an empty list": notSaid({ mode: "Static", static: {} }, "an object"),
    "with the mode Auto": notUsed("Auto"),
    "with the mode Off": notUsed("Off"),
    "without a mode": notUsed(undefined),
    "one of the three is accepted": withKey(reservation, {
      mode: "Static",
      static: { ephemeralStorage: "1Gi" },
    }),
  },
  topologyManagerWorks: {
    "nothing is set aside": topology(
      { resourceReservation: { mode: "Off" }, topologyManager: { enabled: true, scope: "Pod" } },
      "enabled",
      "found true: resourceReservation is Off, and Deckhouse would refuse the group: write Auto or Static as its mode",
    ),
    "no processors are set aside": topology(
      {
        resourceReservation: { mode: "Static", static: { memory: "1Gi" } },
        topologyManager: { enabled: true },
      },
      "enabled",
      "found true: resourceReservation sets no cpu aside, and Deckhouse would refuse the group: add cpu to what it sets aside",
    ),
    "a scope of what does not run": topology(
      { topologyManager: { scope: "Pod" } },
      "scope",
      withoutTopology("Pod"),
    ),
    "a policy of what does not run": topology(
      { topologyManager: { enabled: false, policy: "None" } },
      "policy",
      withoutTopology("None"),
    ),
    "Deckhouse's own reservation is accepted": withKey("kubelet.topologyManager", {
      enabled: true,
      scope: "Pod",
      policy: "None",
    }),
    "nothing needs to be set aside where it does not run": withKey("kubelet", {
      resourceReservation: { mode: "Off" },
      topologyManager: { enabled: false },
    }),
  },
  disruptionsHaveOptionsOfTheirMode: {
    "draining with the mode Manual": drained("Manual"),
    "draining with the mode RollingUpdate": drained("RollingUpdate"),
    "windows with the mode Manual": fault(
      "disruptions",
      { approvalMode: "Manual", windows: [window] },
      "disruptions.windows",
      "found a list of 1: with the mode Manual, somebody approves each update at a time of their own, and Deckhouse has no " +
        "place for windows: remove it, or write Automatic or RollingUpdate as approvalMode",
    ),
    "windows with the mode RollingUpdate are accepted": withKey("disruptions", {
      approvalMode: "RollingUpdate",
      windows: [window],
    }),
    "both with the mode Automatic are accepted": withKey("disruptions", {
      approvalMode: "Automatic",
      drainBeforeApproval: false,
      windows: [window],
    }),
  },
  disruptionWindowsAreWindows: {
    "a window that ends before it begins": fault(
      "disruptions",
      { approvalMode: "Automatic", windows: [window, { from: "22:00", to: "4:00" }] },
      "disruptions.windows[1].to",
      'found "4:00": the window begins at 22:00, so it would never be open: write a later time; for a window over midnight, ' +
        "write two: one until 23:59, one from 00:00",
    ),
  },
  standbyHoldersHaveNodes: {
    "nobody stands by": fault(
      "standbyHolder",
      { overprovisioningRate: 70 },
      "standbyHolder",
      `found an object: standby is not set, so no nodes stand by, ${noEffect}: say with standby how many nodes stand by, or ` +
        "remove it",
    ),
    "a percentage is accepted": withKey(
      "standbyHolder",
      { overprovisioningRate: 70 },
      {
        [`${group}.standby`]: "10%",
      },
    ),
  },
});
