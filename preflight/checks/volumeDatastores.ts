import { objectKey } from "../../vcenter/offline";
import type { Host, HostMount } from "../../vcenter";
import type { Finding } from "../../findings/finding";
import type { Check } from "../check";
import { hostNames, zonesWithClusters } from "../zones";

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
        const datastore = datastores.get(objectKey(object));
        if (datastore === undefined) {
          unread += 1;
          continue;
        }
        facts += hosts.length;
        const lacking = hosts.flatMap((host) => lackOf(host, datastore));
        const isUrgent = lacking.some(({ host }) => !host.isInMaintenance && host.isConnected);
        if (lacking.length === 0) continue;
        findings.push({
          severity: isUrgent ? "error" : "warning",
          where: at,
          found: JSON.stringify(object.path),
          wrong: [...new Set(lacking.map(({ lack }) => lack))]
            .map((lack) => {
              const those = lacking.filter((one) => one.lack === lack).map(({ host }) => host);
              return `${lack} on ${countOf(those, hosts.length)} of ${zone.path}: ${namesWithState(those)}`;
            })
            .join("; "),
          consequence: "and a volume on it could not be attached to a node that runs there",
          remedy:
            "mount it there for reading and writing, or take it out of the zone (datastores on which every host can write)",
        });
      }
    }
    return {
      findings,
      facts,
      skipped:
        unread === 0
          ? undefined
          : `the hosts of ${unread} datastores could not be read (System.Read on them)`,
    };
  },
};

interface Lack {
  readonly host: Host;
  readonly lack: string;
}

function lackOf(host: Host, mounts: ReadonlyMap<string, HostMount>): Lack[] {
  const mount = mounts.get(host.key);
  if (mount === undefined || !mount.isMounted) return [{ host, lack: "it is not mounted" }];
  if (!mount.isWritable) return [{ host, lack: "it is mounted for reading alone" }];
  return mount.isAccessible ? [] : [{ host, lack: "its storage cannot be reached" }];
}

function countOf(hosts: readonly Host[], all: number): string {
  return hosts.length === all ? `all ${all} hosts` : `${hosts.length} of the ${all} hosts`;
}

function namesWithState(hosts: readonly Host[]): string {
  const inMaintenance = hosts.filter((host) => host.isInMaintenance).length;
  const names = hostNames(hosts);
  return inMaintenance === 0 ? names : `${names} (${inMaintenance} in maintenance)`;
}
