import type { Host, HostMount } from "../vcenter";
import { hostNames } from "./zones";

/** What a datastore lacks on hosts of a cluster. */
export interface MountLack {
  /** Errors where a host that runs nodes now lacks it: others may come back with it. */
  readonly severity: "error" | "warning";
  /** `it is not mounted on 1 of the 2 hosts of /X1/host/x1_cluster_prod: esx-1` */
  readonly wrong: string;
}

/**
 * Compares the hosts of a cluster with the mounts of a datastore: each has to have it mounted, reachable and writable.
 *
 * @param path of the cluster
 * @returns undefined when nothing is lacking
 */
export function mountLack(
  hosts: readonly Host[],
  mounts: ReadonlyMap<string, HostMount>,
  path: string,
): MountLack | undefined {
  const lacking = hosts.flatMap((host) => lackOf(host, mounts));
  if (lacking.length === 0) return undefined;
  return {
    severity: lacking.some(({ host }) => !host.isInMaintenance && host.isConnected)
      ? "error"
      : "warning",
    wrong: [...new Set(lacking.map(({ lack }) => lack))]
      .map((lack) => {
        const those = lacking.filter((one) => one.lack === lack).map(({ host }) => host);
        return `${lack} on ${countOf(those, hosts.length)} of ${path}: ${namesWithState(those)}`;
      })
      .join("; "),
  };
}

/** What a check says of datastores whose hosts could not be read; undefined of none. */
export function unreadMounts(count: number): string | undefined {
  if (count === 0) return undefined;
  const datastores = `${count} datastore${count === 1 ? "" : "s"}`;
  return `the hosts of ${datastores} could not be read (System.Read on them)`;
}

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
