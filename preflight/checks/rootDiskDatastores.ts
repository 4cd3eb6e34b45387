import { objectKey } from "../../vcenter/offline";
import type { Finding } from "../../findings/finding";
import type { Check } from "../check";
import { mountLack, unreadMounts } from "../mounts";
import { rootDisksOf } from "../rootDisks";
import { zonesWithClusters } from "../zones";

/**
 * Each datastore for root disks is mounted, reachable and writable on every host of the clusters in which nodes have their
 * root disks there: an instance class names one datastore, and its nodes can run on every host of its zones. What is a
 * zone's datastore for volumes as well is told once, as that.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`.
 */
export const rootDiskDatastores: Check = {
  name: "rootDiskDatastores",
  run(wanted, facts) {
    const zones = new Map(zonesWithClusters(wanted, facts).map((zone) => [zone.name, zone]));
    const isTold = wanted.configuration.preflight.volumeDatastores === undefined;
    const findings: Finding[] = [];
    const unread = new Set<string>();
    let looked = 0;
    for (const { at, path, zones: used } of rootDisksOf(wanted)) {
      const object = facts.inventory.find(path, "Datastore");
      if (object === undefined) continue;
      const key = objectKey(object);
      for (const zone of used.flatMap(({ name }) => zones.get(name) ?? [])) {
        const { hosts } = zone.cluster;
        const mounts = facts.datastores.get(key);
        const isVolumes = zone.datastores.some((one) => objectKey(one.object) === key);
        if (mounts === undefined) {
          if (!isVolumes) unread.add(key);
          continue;
        }
        looked += hosts.length;
        const lack = mountLack(hosts, mounts, zone.path);
        if (lack === undefined || (isVolumes && isTold)) continue;
        findings.push({
          ...lack,
          where: at,
          found: JSON.stringify(object.path),
          consequence: "and nodes there could not have their root disks on it",
          remedy:
            "mount it there for reading and writing, use a datastore that all hosts mount, or leave the zone out of the " +
            "group's zones",
        });
      }
    }
    return { findings, facts: looked, skipped: unreadMounts(unread.size) };
  },
};
