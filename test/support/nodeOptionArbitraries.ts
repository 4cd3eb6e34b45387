import fc from "fast-check";
import { defined, maybe, type RawCluster } from "./arbitraries";

type RawGroup = NonNullable<RawCluster["ephemeralNodeGroups"]>[number];
type RawKubelet = NonNullable<RawGroup["kubelet"]>;
type RawOptions = Pick<
  RawGroup,
  | "cri"
  | "kubelet"
  | "disruptions"
  | "nodeDrainTimeoutSecond"
  | "update"
  | "standby"
  | "standbyHolder"
  | "priority"
>;

const numberOrPercent = fc.constantFrom<number | string>(1, 7, "1%", "100%");

const kubelet = fc
  .record({
    // Of the smallest network that a node may have for its pods here, two addresses are not for pods.
    maxPods: maybe(fc.constantFrom(1, 2)),
    rootDir: maybe(fc.constantFrom("/mnt/kubelet", "/k")),
    containerLogMaxSize: maybe(fc.constantFrom("1Ki", "100M", "2Gi")),
    containerLogMaxFiles: maybe(fc.constantFrom(2, 20)),
    resources: fc.constantFrom<RawKubelet>(
      {},
      { resourceReservation: { mode: "Off" }, topologyManager: { enabled: false } },
      { resourceReservation: {}, topologyManager: { enabled: true, scope: "Pod" } },
      {
        resourceReservation: { mode: "Static", static: { cpu: "500m" } },
        topologyManager: { enabled: true, policy: "SingleNumaNode" },
      },
      {
        resourceReservation: {
          mode: "Static",
          static: { memory: "1Gi", ephemeralStorage: "2G" },
        },
      },
    ),
  })
  .map(({ resources, ...rest }) => defined({ ...rest, ...resources }) as RawKubelet);

/** What Deckhouse does on the nodes of an ephemeral group, and how it orders them. */
export const nodeOptions: fc.Arbitrary<RawOptions> = fc
  .record({
    cri: maybe(
      fc.constantFrom<NonNullable<RawGroup["cri"]>>(
        { type: "Containerd" },
        { type: "ContainerdV2", maxConcurrentDownloads: 5 },
        { type: "NotManaged" },
        { type: "NotManaged", criSocketPath: "/run/cri.sock" },
      ),
    ),
    kubelet: maybe(kubelet),
    disruptions: maybe(
      fc.constantFrom<NonNullable<RawGroup["disruptions"]>>(
        { approvalMode: "Automatic" },
        {
          approvalMode: "Automatic",
          drainBeforeApproval: false,
          windows: [{ from: "8:00", to: "15:30", days: ["Tue", "Sat"] }],
        },
        { approvalMode: "Manual" },
        { approvalMode: "RollingUpdate", windows: [{ from: "00:00", to: "23:59" }] },
      ),
    ),
    nodeDrainTimeoutSecond: maybe(fc.integer({ min: 1, max: 86_400 })),
    update: maybe(fc.record({ maxConcurrent: numberOrPercent })),
    standing: fc.constantFrom<RawOptions>(
      {},
      { standby: 1 },
      { standby: "10%", standbyHolder: { overprovisioningRate: 80 } },
    ),
    priority: maybe(fc.integer({ min: 1, max: 100 })),
  })
  .map(({ standing, ...options }) => defined({ ...options, ...standing }) as RawOptions);
