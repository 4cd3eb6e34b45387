import type { Sample, SamplePreview, SampleRegion } from "./previewEvents";

/** A preview, and how it is reviewed. */
export interface ReviewCase extends SamplePreview {
  /** What the golden file is called. */
  readonly name: string;
  /** What the engine printed, when the preview failed. */
  readonly failed?: string;
}

const [x1, x2] = ["k8s-region-x1", "k8s-region-x2"] as const;
const [a, b, c] = ["k8s-zone-x1-a", "k8s-zone-x1-b", "k8s-zone-x2-a"] as const;
const path = (name: string): string => `/${name.slice(0, 2).toUpperCase()}/datastore/${name}`;
const [prod, stage] = ["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"] as const;
const lun = (number: number): string => path(`x1_lun_${number}`);
const account = "deckhouse@vsphere.local";

const regionX1: SampleRegion = {
  datacenter: "/X1",
  zones: { [a]: [prod, lun(1), lun(2)], [b]: [stage, lun(3), lun(4)] },
};
const regionX2: SampleRegion = {
  datacenter: "/X2",
  zones: { [c]: ["/X2/host/x2_cluster_prod", path("x2_lun_1")] },
};

function grant(
  place: string,
  changes: Partial<Sample["grants"][number]> = {},
): Sample["grants"][number] {
  return { path: place, principal: account, roleName: "kubernetes", propagate: true, ...changes };
}

function documents(kubernetesVersion: string, zones: readonly string[]): Record<string, string> {
  const cluster = [
    "---",
    "apiVersion: deckhouse.io/v1",
    "kind: ClusterConfiguration",
    `kubernetesVersion: ${kubernetesVersion}`,
    "clusterDomain: cluster.local",
    "",
  ].join("\n");
  const provider = [
    "---",
    "apiVersion: deckhouse.io/v1",
    "kind: VsphereClusterConfiguration",
    "zones:",
    ...zones.map((zone) => `  - ${zone}`),
    "",
  ].join("\n");
  return {
    "bootstrap.yaml": cluster + provider,
    "cluster-configuration.yaml": cluster,
    "vsphere-cluster-configuration.yaml": provider,
  };
}

/** The stack that all cases start from. */
export const sample: Sample = {
  regions: { [x1]: regionX1, [x2]: regionX2 },
  descriptions: {},
  categories: { "k8s-region": "Kubernetes region", "k8s-zone": "Kubernetes zone" },
  role: {
    name: "kubernetes",
    rolePrivileges: ["Datastore.AllocateSpace", "Datastore.Browse", "Network.Assign"],
  },
  grants: [grant("/X1"), grant("/X2")],
  documents: { [x1]: documents("Automatic", [a, b]), [x2]: documents("Automatic", [c]) },
  templates: {},
  making: {},
  others: {},
};

const checked = "686 facts of vCenter checked: nothing is wrong";

/** A preview of the sample with some changes. */
function changed(
  name: string,
  changes: Partial<Sample>,
  more: Partial<ReviewCase> = {},
): ReviewCase {
  return { name, before: sample, after: { ...sample, ...changes }, said: [checked], ...more };
}

/** The sample with other zones in its first region. */
function zones(changes: Readonly<Record<string, SampleRegion["zones"][string]>>): Partial<Sample> {
  return { regions: { ...sample.regions, [x1]: { ...regionX1, zones: changes } } };
}

function drifted(name: string, drift: ReviewCase["drift"]): ReviewCase {
  const lines = [...(drift?.attachments ?? []), ...Object.values(drift?.permissions ?? {})];
  return changed(name, {}, { drift: drift ?? {}, said: [...lines, checked] });
}

/** The inputs of a Command that makes a template. */
function making(
  region: "X1" | "X2",
  template: string,
  more: Readonly<Record<string, unknown>> = {},
  copyFrom?: string,
): Readonly<Record<string, unknown>> {
  const request = {
    name: template,
    place: { datacenter: `/${region}`, folder: `/${region}/vm/Templates` },
    timeouts: { fetch: 600, init: 600, build: 7200, copy: 5400, cleanUp: 180 },
    ...(copyFrom === undefined ? { build: {} } : { copyFrom }),
  };
  const environment = { DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: JSON.stringify(request) };
  return { create: "node templateImage.js make", environment, triggers: [template], ...more };
}

const ubuntu = (fingerprint: string): string => `ubuntu-24.04-${fingerprint}`;
const built = (fingerprint: string, more = {}): Partial<Sample> => ({
  templates: { [x1]: `Templates/${ubuntu(fingerprint)}`, [x2]: `Templates/${ubuntu(fingerprint)}` },
  making: {
    [x1]: making("X1", ubuntu(fingerprint), more),
    [x2]: making("X2", ubuntu(fingerprint), more, `/X1/vm/Templates/${ubuntu(fingerprint)}`),
  },
});
const withTemplate = (fingerprint: string, more = {}): Sample => ({
  ...sample,
  ...built(fingerprint, more),
});

/** Each kind of change and drift that a review tells, by itself. */
export const reviewCases: readonly ReviewCase[] = [
  changed("first-up", {}, { before: undefined }),
  changed("nothing", {}),
  changed("datastore-moves", zones({ [a]: [prod, lun(1), lun(2), lun(3)], [b]: [stage, lun(4)] })),
  changed(
    "datastore-joins",
    zones({ [a]: [prod, lun(1), lun(2), lun(5)], [b]: [stage, lun(3), lun(4)] }),
  ),
  changed("datastore-leaves", zones({ [a]: [prod, lun(1)], [b]: [stage, lun(3), lun(4)] })),
  changed(
    "datastore-shared",
    zones({ [a]: [prod, lun(1), lun(2), lun(3)], [b]: [stage, lun(3), lun(4)] }),
  ),
  changed("zone-added", {
    ...zones({
      [a]: [prod, lun(1), lun(2)],
      [b]: [stage, lun(3), lun(4)],
      "k8s-zone-x1-c": ["/X1/host/x1_cluster_test", lun(5)],
    }),
    documents: { ...sample.documents, [x1]: documents("Automatic", [a, b, "k8s-zone-x1-c"]) },
  }),
  changed("zone-removed", {
    ...zones({ [a]: [prod, lun(1), lun(2)] }),
    documents: { ...sample.documents, [x1]: documents("Automatic", [a]) },
  }),
  changed(
    "zone-renamed",
    {
      ...zones({ "k8s-zone-x1-new": [prod, lun(1), lun(2)], [b]: [stage, lun(3), lun(4)] }),
      documents: { ...sample.documents, [x1]: documents("Automatic", ["k8s-zone-x1-new", b]) },
    },
    { renamed: { "k8s-zone-x1-new": a } },
  ),
  changed(
    "zone-replaced",
    zones({ "k8s-zone-x1-new": [prod, lun(1), lun(2)], [b]: [stage, lun(3), lun(4)] }),
  ),
  changed(
    "zone-renamed-and-changed",
    zones({ "k8s-zone-x1-new": [prod, lun(1), lun(3)], [b]: [stage, lun(2), lun(4)] }),
    { renamed: { "k8s-zone-x1-new": a } },
  ),
  changed(
    "region-renamed",
    { regions: { "k8s-region-new": regionX1, [x2]: regionX2 } },
    { renamed: { "k8s-region-new": x1 } },
  ),
  changed("region-replaced", { regions: { "k8s-region-new": regionX1, [x2]: regionX2 } }),
  changed(
    "zone-on-another-cluster",
    zones({
      [a]: ["/X1/host/x1_cluster_new", lun(1), lun(2)],
      [b]: [stage, lun(3), lun(4)],
    }),
  ),
  changed("region-added", {}, { before: { ...sample, regions: { [x1]: regionX1 } } }),
  changed("region-removed", { regions: { [x1]: regionX1 } }),
  changed("tag-description", { descriptions: { [a]: "Zone A, hall 3" } }),
  changed("category-description", { categories: { ...sample.categories, "k8s-zone": "Zones" } }),
  changed(
    "tag-of-others-goes",
    { announced: { [`id of ${a}`]: ["/X1/host/x1_cluster_old"] } },
    {
      said: [
        `${a} will be detached from /X1/host/x1_cluster_old: it does not belong there, and the state does not say that this stack attached it`,
        checked,
      ],
    },
  ),
  changed("privileges", {
    role: {
      ...sample.role,
      rolePrivileges: ["Network.Assign", "Folder.Create", "Datastore.Browse", "Cns.Searchable"],
    },
  }),
  changed("role-renamed", { role: { ...sample.role, name: "kubernetes-prod" } }),
  changed("permissions-move-to-root", { grants: [grant("/")] }),
  changed("permission-added", {
    grants: [...sample.grants, grant("/X1/vm/k8s", { propagate: false })],
  }),
  changed("permission-removed", { grants: [grant("/X1")] }),
  changed("permission-of-another-role", {
    grants: [grant("/X1", { roleName: "kubernetes-read-only" }), grant("/X2")],
  }),
  changed(
    "permission-propagates",
    {},
    {
      before: { ...sample, grants: [grant("/X1", { propagate: false }), grant("/X2")] },
    },
  ),
  changed("another-account", {
    grants: [
      grant("/X1", { principal: "k8s@vsphere.local" }),
      grant("/X2", { principal: "k8s@vsphere.local" }),
    ],
  }),
  changed("kubernetes-version", {
    documents: { [x1]: documents('"1.33"', [a, b]), [x2]: documents('"1.33"', [c]) },
  }),
  changed("template-first", built("5c0d878c")),
  changed("template-changes", built("11aa22bb"), {
    before: withTemplate("5c0d878c"),
    replaced: [`template-${x1}`, `template-${x2}`],
  }),
  changed(
    "template-removed",
    {},
    {
      before: withTemplate("5c0d878c", { delete: "node templateImage.js remove" }),
    },
  ),
  changed("resource-of-another-program", { others: { "random:index:RandomPet": { length: 2 } } }),
  drifted("drift-tag-taken-off", { attachments: [`${a} is no longer attached to ${prod}`] }),
  drifted("drift-tag-changed", {
    present: { [`topology-${a}`]: { description: "changed by hand" } },
  }),
  drifted("drift-tag-deleted", {
    present: { [`topology-${c}`]: null },
    attachments: [`${c} is no longer attached to /X2/host/x2_cluster_prod`],
  }),
  drifted("drift-privileges", {
    present: { "kubernetes-role": { rolePrivileges: ["Datastore.Browse", "Host.Config.Network"] } },
  }),
  drifted("drift-permission-role", {
    permissions: {
      [`kubernetes-${account}-on-/X1`]:
        "/X1: the permission of deckhouse@vsphere.local has the role Admin instead of kubernetes",
    },
  }),
  drifted("drift-permission-gone", { present: { [`kubernetes-${account}-on-/X2`]: null } }),
  changed(
    "drift-and-change",
    zones({ [a]: [prod, lun(1), lun(2), lun(3)], [b]: [stage, lun(4)] }),
    {
      drift: { attachments: [`${c} is no longer attached to ${path("x2_lun_1")}`] },
    },
  ),
  changed("warnings", {}, {
    said: [
      "warning: /X1/datastore/x1_lun_2: 4 GiB are free, and a node's root disk needs 50 GiB: free some, or name another",
      "not checked by storagePolicies: this account cannot read them",
      "312 facts of vCenter checked: 1 warning",
    ],
    descriptions: {},
    after: { ...sample, descriptions: { [a]: "Zone A" } },
  } as Partial<ReviewCase>),
  changed("account-that-reads", {}, {
    said: [
      'warning: vsphere:user: found "reader@vsphere.local": it lacks Authorization.ModifyRoles on /, and pulumi up would ' +
        "stop there, half done: grant it, or use another account",
      "312 facts of vCenter checked: 1 warning",
    ],
    descriptions: {},
    after: { ...sample, descriptions: { [a]: "Zone A" } },
  } as Partial<ReviewCase>),
  changed(
    "failed-in-vcenter",
    {},
    {
      failed: "error: preview failed",
      said: [
        {
          severity: "error",
          message:
            "pulumi-nodejs:dynamic/vCenter:VCenter resource 'vcenter' has a problem: 1 fault in vCenter; nothing was changed there:\n" +
            'regions[0].zones[0].datastores[0]: found "/X1/datastore/none": no such object in vCenter: correct the path',
        },
        "313 facts of vCenter checked: 1 fault",
      ],
    },
  ),
];

/** Names that want to be more than names. */
const nasty = {
  region: 'x"]; click n0 "javascript:alert(1)"; n9["',
  zone: "```\n</details><script>alert(1)</script> @everyone #1",
  datastore: "/X1/datastore/`` ` ``| **bold** [link](https://evil.example) \u202Etxt ![](x)",
};

/** Many of everything, and names that want to be markup: for limits and for what must not happen. */
export const nastyCase: ReviewCase = changed(
  "nasty",
  {
    regions: {
      [nasty.region]: { datacenter: "/X1", zones: { [nasty.zone]: [prod, nasty.datastore] } },
    },
    grants: [grant("/X1", { principal: "`@all`" })],
  },
  { said: ["warning: </details> ```\n@everyone", "~~~ <b>note</b>"] },
);

/** A stack with this many datastores, in one zone each of the sample's first region. */
export function withDatastores(count: number, name: string): Sample {
  const luns = Array.from({ length: count }, (_, index) => path(`x1_${name}_${index}`));
  return { ...sample, ...zones({ [a]: [prod, ...luns], [b]: [stage, lun(3)] }) };
}
