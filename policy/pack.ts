import { PolicyPack } from "@pulumi/policy";
import { insecureConnection } from "./insecureConnection";
import { showPlainProperties } from "./plainProperties";
import { plainSecrets } from "./plainSecrets";
import { rolePrivileges } from "./rolePrivileges";
import { rootPermissions } from "./rootPermissions";
import { unprotectedProduction } from "./unprotectedProduction";

/** The policies of the pack, in the order of docs/policy.md. */
export const policies = [
  rolePrivileges,
  rootPermissions,
  insecureConnection,
  unprotectedProduction,
  plainSecrets,
];

/** Serves the policies to the engine that started this process (./index.js). */
export function start(): void {
  showPlainProperties();
  new PolicyPack("deckhouse-vsphere", { policies });
}
