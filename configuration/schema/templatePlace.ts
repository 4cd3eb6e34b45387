import { z } from "zod";
import { text } from "./text";

/** Where in a region the template is built, or copied to. */
export const templatePlaceSchema = z.strictObject({
  cluster: text.optional().meta({
    description: "The cluster, relative to the datacenter's host folder or as a full path.",
    examples: ["x1_cluster_prod"],
    computedDefault: "the cluster of the region's first zone",
  }),
  host: text.optional().meta({
    description: "A host of the cluster, by name. Needed for a cluster without DRS.",
    examples: ["esxi-01.example.com"],
    computedDefault: "vCenter chooses",
  }),
  resourcePool: text.optional().meta({
    description: "The resource pool, relative to the cluster's root pool. It must exist.",
    examples: ["packer"],
    computedDefault: "the cluster's root pool",
  }),
  datastore: text.optional().meta({
    description: "The datastore, relative to the datacenter's datastore folder or as a full path.",
    examples: ["x1_root"],
    computedDefault: "the masters' datastore, otherwise the first one of the first zone",
  }),
  folder: text.optional().meta({
    description: "The folder for templates in this region.",
    examples: ["Templates"],
    computedDefault: "`templateImage.folder`",
  }),
  network: text.optional().meta({
    description:
      "The network of the template, relative to the datacenter's network folder or as a full path. A build needs " +
      "DHCP there, a route to this machine, and access to Ubuntu's packages.",
    examples: ["k8s-nodes"],
    computedDefault: "the main network of the masters",
  }),
});
