import { z } from "zod";
import { text } from "./text";

/** Where in a region the template is built, or copied to. */
export const templatePlaceSchema = z.strictObject({
  cluster: text.optional().meta({
    description: "The cluster, below the datacenter's host folder or as a full path.",
    examples: ["x1_cluster_prod"],
    computedDefault: "the cluster of the region's first zone",
  }),
  host: text.optional().meta({
    description: "A host of the cluster, by its name; needed for a cluster without DRS.",
    examples: ["esxi-01.example.com"],
    computedDefault: "vCenter chooses",
  }),
  resourcePool: text.optional().meta({
    description: "The resource pool, below the cluster's root pool. It has to exist.",
    examples: ["packer"],
    computedDefault: "the cluster's root pool",
  }),
  datastore: text.optional().meta({
    description: "The datastore, below the datacenter's datastore folder or as a full path.",
    examples: ["x1_root"],
    computedDefault: "the datastore of the masters, else the first of the first zone",
  }),
  folder: text.optional().meta({
    description: "The folder for templates in this region.",
    examples: ["Templates"],
    computedDefault: "`templateImage.folder`",
  }),
  network: text.optional().meta({
    description:
      "The network of the template, below the datacenter's network folder or as a full path. For a build it " +
      "needs DHCP, a way to this machine, and one to Ubuntu's packages.",
    examples: ["k8s-nodes"],
    computedDefault: "the main network of the masters",
  }),
});
