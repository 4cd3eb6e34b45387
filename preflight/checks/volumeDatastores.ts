import { objectKey } from "../../vcenter/offline";
import type { Finding } from "../../findings/finding";
import type { Check } from "../check";
import { mountLack, unreadMounts } from "../mounts";
import { zonesWithClusters } from "../zones";

/**
 * Each datastore of a zone is mounted, reachable and writable on every host of the zone's cluster, and each zone has one
 * that is. Hosts in maintenance are told apart: they come back.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`: "datastores on all
 * hosts"; Kubernetes vSphere CSI driver, topology.
 */
export const volumeDatastores: Check = {
  name: "volumeDatastores",
  run(wanted, { inventory, clusters, datastores }) {
    const findings: Finding[] = [];
    let facts = 0;
    let unread = 0;
    for (const zone of zonesWithClusters(wanted, { inventory, clusters })) {
      const { hosts } = zone.cluster;
      for (const { at, object } of zone.datastores) {
        const mounts = datastores.get(objectKey(object));
        if (mounts === undefined) {
          unread += 1;
          continue;
        }
        facts += hosts.length;
        const lack = mountLack(hosts, mounts, zone.path);
        if (lack === undefined) continue;
        findings.push({
          ...lack,
          where: at,
          found: JSON.stringify(object.path),
          consequence: "and a volume on it could not be attached to a node that runs there",
          remedy:
            "mount it there for reading and writing, or take it out of the zone (datastores on which every host can write)",
        });
      }
    }
    return { findings, facts, skipped: unreadMounts(unread) };
  },
};
