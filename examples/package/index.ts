// One region with one zone, and the role of the cluster's account: what the components of deckhouse-vsphere do in a
// program of your own. Address, user and password come from VSPHERE_SERVER, VSPHERE_USER and VSPHERE_PASSWORD, or from the
// keys of the namespace `vsphere` in the stack's configuration.
import * as pulumi from "@pulumi/pulumi";
import { KubernetesRole, RegionZoneTagging, rolePrivileges } from "deckhouse-vsphere/components";

const topology = new RegionZoneTagging("topology", {
  regionCategory: { name: "k8s-region" },
  zoneCategory: { name: "k8s-zone" },
  regions: [
    {
      name: "k8s-region-x1",
      datacenter: "/X1",
      zones: [
        {
          name: "k8s-zone-x1-a",
          cluster: "/X1/host/x1_cluster_prod",
          datastores: ["/X1/datastore/x1_lun_1", "/X1/datastore/x1_lun_2"],
        },
      ],
    },
  ],
});

const role = new KubernetesRole(
  "kubernetes",
  {
    name: "kubernetes",
    privileges: rolePrivileges({ preset: "current" }),
    principals: [{ name: "deckhouse@vsphere.local" }],
    grants: { "/X1": { path: "/X1", propagate: true } },
  },
  { dependsOn: topology },
);

export const zones: pulumi.Output<string>[] = Object.values(topology.zoneTagIds);
export const roleIds = role.roleIds;
